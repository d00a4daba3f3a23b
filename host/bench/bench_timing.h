/* bench_timing — medians of the times of several runs, and the time of a plain copy.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BENCH_BENCH_TIMING_H
#define LUTIST_BENCH_BENCH_TIMING_H

#include <stddef.h>

#include "base/thread/pool.h"

/* The median of `count` times, which it sorts; *least (or NULL) is the smallest. */
double bench_timing_median(double *times, int count, double *least);

/* One long memcpy a thread of `pool`: libc then bypasses the caches, its fastest way.
 * Milliseconds. */
double bench_timing_copy_once(void *to, const void *from, size_t bytes, Pool *pool);
/* The median of `runs` such copies, after one that is not counted. */
double bench_timing_copy(void *to, const void *from, size_t bytes, Pool *pool,
                         int runs);

#endif
