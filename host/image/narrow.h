/* narrow — a row of pixels converted to the nearest that a format can store.
 *
 * Alpha is dropped, colours stay as they are; 16 bits are rounded to 8; gray becomes
 * three equal samples.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_NARROW_H
#define LUTIST_IMAGE_NARROW_H

#include "image/image.h"

/* Convert one row. `to` has the channels of `from`, or RGB for its gray, with or
 * without its alpha, and its depth or 8. The rows are disjoint. */
void narrow_row(uint8_t *dst, ImageInfo to, const uint8_t *src, ImageInfo from);

#endif
