/* cmd_bench — the benchmarks that need a script and images of the user's.
 *
 * Threads: the process's main thread only.
 * Python:  started and stopped inside.
 */
#ifndef LUTIST_CMD_BENCH_CMD_BENCH_H
#define LUTIST_CMD_BENCH_CMD_BENCH_H

#include "bench/bench.h"
#include "options.h"
#include "python/script.h"

/* `lutist bench modes IMAGE`. */
bool cmd_bench_modes(const Options *options, const BenchOptions *bench, Err *err);
/* `lutist bench batch DIR`. */
bool cmd_bench_batch(const Options *options, const BenchOptions *bench, Err *err);
/* New: the values that the options ask for; those of the default script change
 * something. Fails: ERR_USAGE. */
ParamValue *cmd_bench_values(const Options *options, Script *script, Err *err);

#endif
