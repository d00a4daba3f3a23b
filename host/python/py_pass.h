/* py_pass — passes for callers that hold the GIL. Private to this folder.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_PY_PASS_H
#define LUTIST_PYTHON_PY_PASS_H

#include "python/pass.h"
#include "python/py.h"

/* True: *done says whether the pass went through or was stopped. False: exception set.
 */
bool py_pass(const Pass *pass, bool *done);

/* Can it run here? False: exception set, ModeError or another. */
bool py_has_mode(Mode mode);

/* The mode that `object` names, or the host's where it is None. False: exception set.
 */
bool py_mode(const State *state, PyObject *object, Mode *mode);

/* _lutist.apply(stages, image, mode) */
PyObject *py_apply(PyObject *module, PyObject *args);

#endif
