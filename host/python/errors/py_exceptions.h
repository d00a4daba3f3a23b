/* py_exceptions — the exception types of lutist.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_ERRORS_PY_EXCEPTIONS_H
#define LUTIST_PYTHON_ERRORS_PY_EXCEPTIONS_H

#include "python/module/py_state.h"

/* Add the types to a new module. Not 0: exception set. */
int py_exceptions_add(PyObject *module, State *state);
/* The module's references to the types, for the collector; NULL past the last. */
PyObject **py_exceptions_slot(State *state, int index);
/* The type of an error; borrowed. */
PyObject *py_exceptions_type(const State *state, const Err *err);

#endif
