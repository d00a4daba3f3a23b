/* bench_picture — the samples that every benchmark works on, here and in tests/bench.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BENCH_BENCH_PICTURE_H
#define LUTIST_BENCH_BENCH_PICTURE_H

#include <stdbool.h>

#include "image/image.h"

/* Fill `info.height` rows, `stride` bytes apart, with samples that use the caches like
 * a photograph: slopes in both directions, another one in each channel, and grain of a
 * sixty-fourth of the range. With `noise` every sample is white noise instead: the
 * worst case of 16-bit tables, limited by the second-level cache. The same arguments
 * give the same samples on every machine. */
void bench_picture_fill(uint8_t *data, size_t stride, ImageInfo info, bool noise);

#endif
