/* py_param — parameters and their values between Python and plain C.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_MODULE_PY_PARAM_H
#define LUTIST_PYTHON_MODULE_PY_PARAM_H

#include "pipe/param.h"
#include "python/module/py.h"

/* The parameters of a Pipeline. NULL: exception set. */
ParamSet *py_param_set(PyObject *pipeline);
/* The value that Python has as a number, True, False or text, and has checked. On
 * failure an exception is set. */
ParamValue py_param_value(const Param *param, PyObject *plain);
/* Values as a new tuple for Python. NULL: exception set. */
PyObject *py_param_values(const ParamSet *set, const ParamValue *values);

#endif
