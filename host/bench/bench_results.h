/* bench_results — the results of a benchmark: a table for people, JSON for programs.
 *
 * Threads: one.
 * Python:  unaware.
 */
#ifndef LUTIST_BENCH_BENCH_RESULTS_H
#define LUTIST_BENCH_BENCH_RESULTS_H

#include "base/err.h"
#include "base/file/outfile.h"
#include "bench/device/device_facts.h"
#include "bench/facts/mode_facts.h"
#include "bench/facts/window_facts.h"

typedef struct BenchResult {
    const char *op, *pixel, *mode;
    int tables, threads;
    double samples;
    double ms, ms_min;   /* median and best */
    double memcpy_ratio; /* ms of a copy with as many threads ÷ ms */
    double limit_ratio;  /* the same of the fastest copy; 0: not measured */
    bool verified;       /* `worst` was measured */
    double worst;        /* largest error, in LSBs */
    /* of "tables"; NULL: other rows */
    const char *slider;         /* first, middle, last */
    const char *curves;         /* recorded, sampled */
    double plan_ms, compile_ms; /* medians of the parts of ms */
    const ModeFacts *facts;     /* of "modes", borrowed; NULL: other rows */
    const DeviceFacts *device;  /* of a kernel on a device; likewise */
    const WindowFacts *window;  /* of "viewer", borrowed; NULL: other rows */
} BenchResult;

typedef struct BenchResults {
    BenchResult *rows;
    int count;
} BenchResults;

/* Print the machine. */
void bench_results_machine(const char *version);
/* Print the machine and the columns' names. */
void bench_results_heading(const char *version);
/* Keep the row. */
void bench_results_keep(BenchResults *rows, const BenchResult *row);
/* Keep the row and print it. */
void bench_results_add(BenchResults *rows, const BenchResult *row);
/* The file for bench_results_save: it replaces an earlier one, but no other file.
 * Fails: ERR_FILE, ERR_USAGE. */
Outfile *bench_results_open(const char *path, Err *err);
/* One JSON object: version, cpu, cores, level, rows. Fails: ERR_FILE. */
bool bench_results_save(const BenchResults *rows, const char *version, const char *path,
                        Err *err);
void bench_results_clear(BenchResults *rows);

#endif
