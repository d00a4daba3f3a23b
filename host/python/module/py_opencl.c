#include "python/module/py_opencl.h"

#include "python/errors/py_err.h"
#include "python/module/py_nogil.h"

/* Of two threads that open it at the same time the later one closes its own again. */
OpenCl *py_opencl_get(State *state)
{
    ASSERT_GIL();
    Err err;
    OpenCl *known = atomic_load(&state->opencl);
    if (known)
        return known;
    NoGil nogil = py_nogil_begin(state);
    OpenCl *made = opencl_open(state->device, &err);
    if (made && !atomic_compare_exchange_strong(&state->opencl, &known, made)) {
        opencl_close(made);
        made = known;
    }
    py_nogil_end(&nogil);
    if (!made && err.kind == ERR_ENV)
        PyErr_SetString(state->mode_error, err.text);
    else if (!made)
        py_err_raise(state, &err);
    return made;
}
