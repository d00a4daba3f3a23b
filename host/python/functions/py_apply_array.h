/* py_apply_array — _lutist.apply_array: stages and an array make a new array.
 *
 * The pixels go from the one array's memory to the other's. A view of each is held
 * meanwhile, so NumPy refuses to resize them; see docs/embedding.md.
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_FUNCTIONS_PY_APPLY_ARRAY_H
#define LUTIST_PYTHON_FUNCTIONS_PY_APPLY_ARRAY_H

#include "python/module/py.h"

/* For lutist/arrays.py. */
PyObject *py_apply_array(PyObject *module, PyObject *args);

#endif
