/* bench — how fast this machine does lutist's work, always beside its own memcpy.
 *
 * Threads: the calling thread and a pool of its own.
 * Python:  unaware.
 */
#ifndef LUTIST_BENCH_BENCH_H
#define LUTIST_BENCH_BENCH_H

#include <stdbool.h>

#include "base/err.h"

typedef struct BenchOptions {
    double megapixels; /* 0: 43.2, as 9600 × 4500 */
    int threads;       /* 0: one thread, then all processors */
    int runs;          /* counted runs of each row; 0: 9 */
    bool verify;       /* also compare every result with double precision */
    const char *json;  /* a file to write the rows to; NULL: none */
    const char *plot;  /* a file for the chart of the modes; NULL: none */
    const char *version;
} BenchOptions;

/* A table on stdout. Fails: ERR_MEMORY, ERR_FILE (the JSON file), or a row that
 * --verify finds wrong (ERR_FILE). */
bool bench_kernels(const BenchOptions *options, Err *err);

#endif
