/* resource — where the installed files lie: relative to the program, so that a build
 * tree and an installation are found the same way.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_PYTHON_RESOURCE_H
#define LUTIST_PYTHON_RESOURCE_H

/* New string: <program's folder>/../share/lutist/NAME, a folder or a file. */
char *resource_folder(const char *name);
/* New string: the program lutist-python, in the program's folder. */
char *resource_python(void);

#endif
