/* bench_starts — how long further processes take to their first picture.
 *
 * Each is this command once more: it closes its window with the first picture, and
 * tells the time through a pipe. What it prints is not shown.
 * Threads: the process's main thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_LAUNCHER_BENCH_STARTS_H
#define LUTIST_LAUNCHER_BENCH_STARTS_H

#include "base/err.h"
#include "viewer/measure/latency.h"

/* Is this process one of them? */
bool bench_starts_is_one(void);
/* What it has measured. Fails: ERR_FILE. */
bool bench_starts_tell(double ms, Err *err);

/* Add their times to `log`, until it has as many as bench_timing_goes_on wants. Fails:
 * ERR_ENV. */
bool bench_starts_measure(LatencyLog *log, Err *err);

#endif
