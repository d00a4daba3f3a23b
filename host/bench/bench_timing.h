/* bench_timing — medians of the times of several runs, and the times of plain copies.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BENCH_BENCH_TIMING_H
#define LUTIST_BENCH_BENCH_TIMING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/thread/pool.h"

/* The median of `count` times, which it sorts; *least (or NULL) is the smallest. */
double bench_timing_median(double *times, int count, double *least);

/* Is what may take long to be timed once more, after `done` runs, the first of which
 * was begun at `begin` (thread_clock_ms)? Up to LONG_RUNS times; after five seconds
 * none beyond the third. */
enum { LONG_RUNS = 7 };
bool bench_timing_goes_on(int done, double begin);

/* One long memcpy a thread of `pool`: libc then bypasses the caches, its fastest way.
 * Milliseconds. */
double bench_timing_copy_once(void *to, const void *from, size_t bytes, Pool *pool);
/* The same by the kernel whose stores bypass the caches. The better of both is the
 * limit of all that maps samples one to one. */
double bench_timing_stream_once(void *to, const void *from, size_t bytes, Pool *pool);
/* The median of `runs` copies by memcpy, after one that is not counted. */
double bench_timing_copy(void *to, const void *from, size_t bytes, Pool *pool,
                         int runs);

#endif
