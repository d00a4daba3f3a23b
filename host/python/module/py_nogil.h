/* py_nogil — a stretch of C that runs without the GIL.
 *
 *     do {
 *         NoGil nogil = py_nogil_begin(state);
 *         … C values only; stops early where nogil.cancel is set …
 *         py_nogil_end(&nogil);
 *     } while (failed && py_nogil_retry(&err));
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL; between begin and end it does not.
 */
#ifndef LUTIST_PYTHON_MODULE_PY_NOGIL_H
#define LUTIST_PYTHON_MODULE_PY_NOGIL_H

#include "python/module/py_state.h"

typedef struct NoGil {
    PyThreadState *thread;
    ShutdownGate *gate;
    Cancel *cancel; /* set by an interrupt of the main thread, and at the end */
} NoGil;

/* Release the GIL. After Python has begun to end it returns only on the thread that
 * ends Python. */
NoGil py_nogil_begin(State *state);
/* Take the GIL back. */
void py_nogil_end(const NoGil *nogil);
/* A callback into Python between the two, on the same thread: hold the GIL from pause
 * to resume. PyGILState_Ensure does not know the interpreter of the call. */
void py_nogil_pause(NoGil *nogil);
void py_nogil_resume(NoGil *nogil);
/* True: make the call again; a signal cancelled it, and a handler of the job's has
 * dealt with the signal. False with an exception set: KeyboardInterrupt. */
bool py_nogil_retry(const Err *err);

/* _lutist.close, for atexit: wait for all calls without the GIL, and let no new one
 * begin; from then on Python handles no signals. */
PyObject *py_nogil_close(PyObject *module, PyObject *none);
/* _lutist.after_fork: in a child, where the other threads are gone. */
PyObject *py_nogil_after_fork(PyObject *module, PyObject *none);

#endif
