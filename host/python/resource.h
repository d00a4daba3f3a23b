/* resource — where the installed files lie: below the prefix that the program is in, so
 * that a build tree and an installation are found the same way.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_PYTHON_RESOURCE_H
#define LUTIST_PYTHON_RESOURCE_H

/* New string: PREFIX/share/lutist/NAME, a folder or a file. */
char *resource_folder(const char *name);
/* New string: PREFIX/bin/lutist-python. */
char *resource_python(void);
/* New string: PREFIX/lib/lutist/lutist-view, the program with the viewer in it. */
char *resource_viewer(void);

#endif
