/* py_export — the engine of Pipeline.export.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_FUNCTIONS_PY_EXPORT_H
#define LUTIST_PYTHON_FUNCTIONS_PY_EXPORT_H

#include "python/module/py.h"

/* _lutist.export(pipeline, values, stages, path, wish, overwrite, inputs): the values
 * as plain ones, in the order of describe(); wish is (format or None, size); no file of
 * the paths `inputs` is replaced. Returns (kind, points, depth, largest, mean, at). */
PyObject *py_export(PyObject *module, PyObject *args);

#endif
