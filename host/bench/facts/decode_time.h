/* decode_time — how long one thread takes to decode an image: beside the time until the
 * first picture is in the window.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BENCH_FACTS_DECODE_TIME_H
#define LUTIST_BENCH_FACTS_DECODE_TIME_H

#include "base/err.h"
#include "bench/bench_timing.h"

/* All rows, from open to close, in the calling thread, in the memory of a few: *count
 * times, as bench_timing_goes_on has it. Fails: as reader_open. */
bool decode_time(const char *path, double ms[LONG_RUNS], int *count, Err *err);

#endif
