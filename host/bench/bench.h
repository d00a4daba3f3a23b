/* bench — the speed of lutist's work on this machine, always beside its memcpy.
 *
 * The room host/bench: three benchmarks (bench_kernels, bench_tables, bench_modes),
 * their looks and pixels (bench_looks, bench_picture), times (bench_timing), and their
 * output (bench_results, bench_plot; facts/: what single benchmarks add to a row;
 * device/: the same looks on an OpenCL device).
 * Threads: the calling thread and a pool of its own.
 * Python:  unaware.
 */
#ifndef LUTIST_BENCH_BENCH_H
#define LUTIST_BENCH_BENCH_H

#include <stdbool.h>

#include "base/err.h"

typedef struct BenchOptions {
    double megapixels;  /* 0: 43.2, as 9600 × 4500 */
    int threads;        /* 0: one thread, then all processors */
    int runs;           /* counted runs of each measurement; 0: 9 */
    bool verify;        /* also compare every result with double precision, and run each
                         * look on an OpenCL device */
    const char *json;   /* a file to write the results to; NULL: none */
    const char *plot;   /* a file for the chart of the modes; NULL: none */
    const char *device; /* of the mode opencl, as opencl_open */
    const char *version;
} BenchOptions;

/* A table on stdout. Fails: ERR_MEMORY, ERR_FILE (the JSON file), or a result that
 * --verify finds wrong (ERR_FILE); as opencl_open and opencl_map, but that there is no
 * device. */
bool bench_kernels(const BenchOptions *options, Err *err);

#endif
