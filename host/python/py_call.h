/* py_call — calls that do their work without the GIL.
 *
 *     do {
 *         Outside outside = py_let_go(state);
 *         … C values only; stops early where outside.cancel is set …
 *         py_take_back(&outside);
 *     } while (failed and py_again(&err));
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_PY_CALL_H
#define LUTIST_PYTHON_PY_CALL_H

#include "base/thread/door.h"
#include "python/py.h"

typedef struct Outside {
    PyThreadState *thread;
    Door *door;
    Cancel *cancel; /* set by an interrupt of the main thread, and at the end */
} Outside;

/* Release the GIL. When the end of Python has begun this does not return on another
 * thread than the one that ends it. */
Outside py_let_go(State *state);
void py_take_back(const Outside *outside);
/* Was it cancelled by a signal that a handler of the job's has dealt with, so that the
 * call has to be made again? False with an exception set: KeyboardInterrupt. */
bool py_again(const Err *err);

/* _lutist.close: for atexit. Wait for all that are outside, and let none out again;
 * signals are no more Python's. */
PyObject *py_close(PyObject *module, PyObject *none);
/* _lutist.after_fork: in a child; the other threads are gone. */
PyObject *py_after_fork(PyObject *module, PyObject *none);

#endif
