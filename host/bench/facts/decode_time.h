/* decode_time — how long one thread takes to decode an image: beside the time until the
 * first picture is in the window.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BENCH_FACTS_DECODE_TIME_H
#define LUTIST_BENCH_FACTS_DECODE_TIME_H

#include "base/err.h"

/* All rows, from open to close, in the calling thread; the median of seven, of fewer
 * where it takes long. In the memory of a few rows. Fails: as reader_open. */
bool decode_time(const char *path, double *ms, Err *err);

#endif
