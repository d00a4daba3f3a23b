/* ctypes_parallel — a parallel for as a single call, for a job's own C code.
 *
 * Exported from the program, because ctypes finds it by name.
 * Threads: any that is not a pool's worker.
 * Python:  unaware; ctypes lets go of the GIL around the call.
 */
#ifndef LUTIST_BASE_THREAD_CTYPES_PARALLEL_H
#define LUTIST_BASE_THREAD_CTYPES_PARALLEL_H

#include "base/thread/pool.h"

/* fn(arg, i) for every i in [0, count), on a pool of `threads` (0: one a processor)
 * that lives for this call. False: a thread could not be started, and nothing was
 * called. */
__attribute__((visibility("default"))) bool lutist_parallel_for(int threads, int count,
                                                                pool_fn fn, void *arg);

#endif
