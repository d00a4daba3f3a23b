/* cmd_bench — the benchmark that needs a script and an image of the user's.
 *
 * Threads: the process's main thread only.
 * Python:  started and stopped inside.
 */
#ifndef LUTIST_CMD_BENCH_CMD_BENCH_H
#define LUTIST_CMD_BENCH_CMD_BENCH_H

#include "bench/bench.h"
#include "options.h"

/* `lutist bench modes IMAGE`. */
bool cmd_bench_modes(const Options *options, const BenchOptions *bench, Err *err);

#endif
