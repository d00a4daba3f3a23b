/* py_opencl — the device of an interpreter's mode opencl.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_MODULE_PY_OPENCL_H
#define LUTIST_PYTHON_MODULE_PY_OPENCL_H

#include "opencl/opencl.h"
#include "python/module/py_state.h"

/* Opened at its first use; valid until the interpreter ends. NULL: exception set,
 * ModeError where it is missing. */
OpenCl *py_opencl_get(State *state);

#endif
