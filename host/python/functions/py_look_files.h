/* py_look_files — the files that a look reads, as calls of lutist's Python half name
 * them.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_FUNCTIONS_PY_LOOK_FILES_H
#define LUTIST_PYTHON_FUNCTIONS_PY_LOOK_FILES_H

#include "base/watch/watch_files.h"
#include "python/module/py.h"

/* Add a list's paths (str, bytes or os.PathLike) to *files, with stamps of zeros. A
 * path that cannot be encoded is no file and is passed over. No exception is left. */
void py_look_files_add(PyObject *paths, WatchFiles *files);

#endif
