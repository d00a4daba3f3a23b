/* py_host — what differs between the program lutist and an ordinary Python that has the
 * module from a wheel.
 *
 *                 in the program (interp.c)    in an ordinary Python
 *   threads       the program's, --threads     each interpreter's own: made at the
 * first use, one a processor, joined at the exit mode          --mode parallel forked
 * child  maps on the calling thread   makes threads of its own Ctrl-C        ends a
 * call in its middle    is seen after a call; a batch asks every 50 ms
 *
 * lutist/surroundings.py has what differs for the Python half.
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_MODULE_PY_HOST_H
#define LUTIST_PYTHON_MODULE_PY_HOST_H

#include "python/module/py_state.h"

/* Of the program, right after the module was made: its threads (borrowed; NULL: work in
 * the calling thread) and its mode. */
void py_host_equip(State *state, Pool *pool, Mode mode);

/* The threads for a call. NULL: work in the calling thread. Valid until the interpreter
 * ends. */
Pool *py_host_pool(State *state);
/* The interpreter's own threads, for pool_free at its end; NULL: none. The next call
 * makes new ones. */
Pool *py_host_take_pool(State *state);
/* In a forked child, which lacks the parent's threads. */
void py_host_after_fork(State *state);

#endif
