/* timing — a row's figures out of the times of its runs.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BENCH_TIMING_H
#define LUTIST_BENCH_TIMING_H

/* The median of `count` times, which are sorted; *least, where wanted, is the smallest.
 */
double timing_median(double *times, int count, double *least);

#endif
