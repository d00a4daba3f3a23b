/* py_apply — _lutist.apply: stages, an image and a mode make a new image.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_FUNCTIONS_PY_APPLY_H
#define LUTIST_PYTHON_FUNCTIONS_PY_APPLY_H

#include "python/module/py.h"

/* For Pipeline.apply; see lutist/pipeline.py. */
PyObject *py_apply(PyObject *module, PyObject *args);

#endif
