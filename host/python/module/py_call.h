/* py_call — a call of a function in lutist's Python half.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_MODULE_PY_CALL_H
#define LUTIST_PYTHON_MODULE_PY_CALL_H

#include "python/module/py.h"

/* Import `module` ("lutist.host.errors") and call its `function`. `format` makes a
 * tuple of arguments, as for Py_BuildValue: "(OO)". New reference; NULL: exception set.
 */
PyObject *py_call(const char *module, const char *function, const char *format, ...);

#endif
