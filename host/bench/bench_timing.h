/* bench_timing — a row's figures out of the times of its runs, and what it is compared
 * with.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BENCH_BENCH_TIMING_H
#define LUTIST_BENCH_BENCH_TIMING_H

#include <stddef.h>

#include "base/thread/pool.h"

/* The median of `count` times, which are sorted; *least, where wanted, is the smallest.
 */
double bench_timing_median(double *times, int count, double *least);

/* One long memcpy a thread of `pool`: libc then stores past the caches, its fastest
 * way. Milliseconds. */
double bench_timing_copy_once(void *to, const void *from, size_t bytes, Pool *pool);
/* The median of `runs` of them, after one that is not counted. */
double bench_timing_copy(void *to, const void *from, size_t bytes, Pool *pool,
                         int runs);

#endif
