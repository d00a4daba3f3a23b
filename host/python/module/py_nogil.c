#include "python/module/py_nogil.h"

#include <signal.h>
#include <unistd.h>

#include "base/thread/interrupt.h"
#include "python/module/py_host.h"

NoGil py_nogil_begin(State *state)
{
    ASSERT_GIL();
    NoGil nogil = {.gate = state->gate, .cancel = interrupt_cancel()};
    if (!shutdown_gate_enter(nogil.gate)) {
        PyEval_SaveThread();
        for (;;)
            pause();
    }
    if (!nogil.cancel)
        nogil.cancel = shutdown_gate_cancel(nogil.gate);
    nogil.thread = PyEval_SaveThread();
    return nogil;
}

void py_nogil_end(const NoGil *nogil)
{
    PyEval_RestoreThread(nogil->thread);
    shutdown_gate_leave(nogil->gate);
}

void py_nogil_pause(NoGil *nogil)
{
    PyEval_RestoreThread(nogil->thread);
}

void py_nogil_resume(NoGil *nogil)
{
    ASSERT_GIL();
    nogil->thread = PyEval_SaveThread();
}

/* Clear the cancel before the check: a signal that comes later sets it again. */
bool py_nogil_retry(const Err *err)
{
    ASSERT_GIL();
    if (err->kind != ERR_CANCELLED)
        return false;
    if (interrupt_cancel())
        interrupt_forget();
    return PyErr_CheckSignals() == 0;
}

/* signal.signal raises a pending interrupt: try again. */
static bool ignore(PyObject *module, int number)
{
    PyObject *done;
    do {
        PyErr_Clear();
        done = PyObject_CallMethod(module, "signal", "ii", number, 1 /* SIG_IGN */);
    } while (!done && PyErr_ExceptionMatches(PyExc_KeyboardInterrupt));
    Py_XDECREF(done);
    return done != NULL;
}

/* At its end Python restores the default handlers, under which a signal would kill the
 * process. It leaves ignored signals alone, so it is told to ignore ours. */
static void take_signal(PyObject *module, int number)
{
    PyObject *handler = PyObject_CallMethod(module, "getsignal", "i", number);
    if (handler && PyCallable_Check(handler) && ignore(module, number))
        interrupt_close(number);
    Py_XDECREF(handler);
    PyErr_Clear();
}

static void take_signals(void)
{
    PyObject *module = PyImport_ImportModule("_signal");
    for (int i = 0; module && i < N_INTERRUPTS; i++)
        take_signal(module, INTERRUPTS[i]);
    Py_XDECREF(module);
    PyErr_Clear();
}

PyObject *py_nogil_close(PyObject *module, PyObject *none)
{
    (void)none;
    ASSERT_GIL();
    State *state = PyModule_GetState(module);
    shutdown_gate_shut(state->gate);
    Py_BEGIN_ALLOW_THREADS
    shutdown_gate_wait(state->gate);
    Py_END_ALLOW_THREADS
    pool_free(py_host_take_pool(state)); /* its threads know no Python */
    py_host_close_opencl(state);
    if (interrupt_is_limited())
        take_signals();
    Py_RETURN_NONE;
}

PyObject *py_nogil_after_fork(PyObject *module, PyObject *none)
{
    (void)none;
    ASSERT_GIL();
    State *state = PyModule_GetState(module);
    state->gate = shutdown_gate_new();
    py_host_after_fork(state);
    interrupt_after_fork();
    py_state_begin_temps(state);
    Py_RETURN_NONE;
}
