/* bench_tables — the time from a slider's move to new 16-bit tables.
 *
 * The look is a Python script of ten tones, three of them powers. One slider is moved
 * to and fro. The time is that of the script's call, its plan and the compiled tables.
 * Threads: the calling thread; the hook may use a pool.
 * Python:  unaware: the script is run by a hook.
 */
#ifndef LUTIST_BENCH_BENCH_TABLES_H
#define LUTIST_BENCH_BENCH_TABLES_H

#include "bench/bench.h"
#include "pipe/plan/plan.h"

/* TABLES_STAGES sliders, from -1 to 1, and whether the curves may be recorded: 1 or 0.
 */
enum { TABLES_STAGES = 10, TABLES_PARAMS };

/* The script's source; its parameters are the above, in that order. */
extern const char bench_tables_script[];

typedef struct TablesHook {
    /* The script's plan for these values, at 16 bits. */
    Plan *(*plan)(void *context, const double values[TABLES_PARAMS], Err *err);
    void *context;
    int threads; /* that `plan` uses */
} TablesHook;

/* A table on stdout. Fails: as the hook, ERR_MEMORY, ERR_FILE (the JSON file).
 */
bool bench_tables(const BenchOptions *options, const TablesHook *hook, Err *err);

#endif
