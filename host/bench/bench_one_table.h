/* bench_one_table — how long the kernel for one 8-bit table takes: beside what the
 * viewer takes to process a whole image.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BENCH_BENCH_ONE_TABLE_H
#define LUTIST_BENCH_BENCH_ONE_TABLE_H

#include <stdint.h>

#include "base/thread/pool.h"

/* The times of `runs` runs, in order, over so many bytes of a picture of three
 * channels; for more than those of 43 megapixels they are worked out from these. Fails:
 * ERR_MEMORY. */
bool bench_one_table(uint64_t bytes, Pool *pool, int runs, double *ms, Err *err);

#endif
