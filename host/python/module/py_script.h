/* py_script — the pipeline of a Script, for the parts of it that have files of their
 * own.
 *
 * Threads: the script thread only.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_MODULE_PY_SCRIPT_H
#define LUTIST_PYTHON_MODULE_PY_SCRIPT_H

#include "python/module/py.h"

struct Script; /* python/script.h */

/* Borrowed. */
PyObject *py_script_pipeline(const struct Script *script);

#endif
