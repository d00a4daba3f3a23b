/* pool — persistent worker threads and one operation: a parallel for.
 *
 * Indices are handed out in order, each once. The calling thread works too, so a pool
 * of one thread has no workers and runs everything in the caller. Several threads may
 * call pool_for at once and share the workers. In a forked child the parent's pool runs
 * everything in the calling thread.
 * Threads: pool_for from any thread that is not one of the pool's workers.
 * Python:  unaware; call with the GIL released.
 */
#ifndef LUTIST_BASE_THREAD_POOL_H
#define LUTIST_BASE_THREAD_POOL_H

#include "base/err.h"
#include "base/thread/cancel.h"

typedef struct Pool Pool;
typedef void (*pool_fn)(void *arg, int index);

/* `threads` counts the caller: 1 and up; 0 means thread_cpus(). */
Pool *pool_new(int threads, Err *err);
/* Waits for every pool_for that is running and for the workers to end. None may be
 * called afterwards. NULL is fine. */
void pool_free(Pool *pool);
int pool_threads(const Pool *pool);

/* Call fn(arg, i) for every i in [0, count) and return when all have returned. False:
 * `cancel` was set and some indices were skipped. A NULL pool runs everything in the
 * caller. */
bool pool_for(Pool *pool, int count, pool_fn fn, void *arg, Cancel *cancel);

#endif
