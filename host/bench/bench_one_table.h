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

/* The median of several runs over so many bytes of a picture of three channels. Of more
 * than those of 43 megapixels it is worked out. Fails: ERR_MEMORY. */
bool bench_one_table(uint64_t bytes, Pool *pool, double *ms, Err *err);

#endif
