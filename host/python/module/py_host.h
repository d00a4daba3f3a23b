/* py_host — what differs between the program lutist and an ordinary Python that has the
 * module from a wheel.
 *
 * A pool: the program has one (--threads). An ordinary Python has one an interpreter,
 * made at its first use with a thread a processor, joined at the exit.
 * The mode: --mode; in an ordinary Python parallel.
 * A forked child: maps on the calling thread; in an ordinary Python it makes a pool.
 * Ctrl-C: ends a call in its middle. An ordinary Python sees it after the call; a batch
 * asks every 50 ms.
 * The Python half: lutist/surroundings.py.
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_MODULE_PY_HOST_H
#define LUTIST_PYTHON_MODULE_PY_HOST_H

#include "python/module/py_state.h"

/* Of the program, right after the module was made: its threads (borrowed; NULL: work in
 * the calling thread), its mode and its device (as opencl_open; borrowed). */
void py_host_equip(State *state, Pool *pool, Mode mode, const char *device);

/* The threads for a call. NULL: work in the calling thread. Valid until the interpreter
 * ends. */
Pool *py_host_pool(State *state);
/* Close the device of the mode opencl (py_opencl.h). Nobody may use it. */
void py_host_close_opencl(State *state);
/* The interpreter's own threads, for pool_free at its end; NULL: none. The next call
 * makes new ones. */
Pool *py_host_take_pool(State *state);
/* In a forked child, which lacks the parent's threads. */
void py_host_after_fork(State *state);

#endif
