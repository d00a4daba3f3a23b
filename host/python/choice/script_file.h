/* script_file — a script's file, found and read without Python.
 *
 * The room python/choice tells whether the viewer runs a script in a process of its
 * own: because the script asks for it (here), or because it has crashed one
 * (crash_mark).
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_PYTHON_CHOICE_SCRIPT_FILE_H
#define LUTIST_PYTHON_CHOICE_SCRIPT_FILE_H

#include <stdbool.h>

/* The absolute path of NAME or PATH[:FUNCTION], as lutist.script.loading finds it; new
 * string. NULL: there is no such file, or only Python knows where it is. */
char *script_file_find(const char *spec);
/* The folder of the user's scripts, which may not exist; new string. NULL: there is no
 * home folder. */
char *script_file_own_folder(void);
/* Does it ask for a process of its own? One of its first lines is a comment
 * "# lutist: isolate". */
bool script_file_asks(const char *path);

#endif
