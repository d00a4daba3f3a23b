/* installed — the paths of installed files: below the prefix of the running program, so
 * a build tree and an installation work alike.
 *
 * Each function gives a new string.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_FILE_INSTALLED_H
#define LUTIST_BASE_FILE_INSTALLED_H

/* PREFIX/share/lutist/NAME, a folder or a file. */
char *installed_share(const char *name);
/* PREFIX/bin/lutist, the program. */
char *installed_program(void);
/* PREFIX/bin/lutist-python. */
char *installed_python(void);
/* PREFIX/lib/lutist/NAME.so, a module of the program. */
char *installed_module(const char *name);

#endif
