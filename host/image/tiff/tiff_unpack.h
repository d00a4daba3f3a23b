/* tiff_unpack — stored samples of a TIFF file as a row of an image.
 *
 * Samples of 8 and 16 bits stay the same; other depths are scaled to the next larger of
 * the two. Premultiplied colours are divided by alpha.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_TIFF_TIFF_UNPACK_H
#define LUTIST_IMAGE_TIFF_TIFF_UNPACK_H

#include "image/tiff/tiff_layout.h"

/* Convert `count` stored pixels, which begin at row[plane], into `dst`; not for
 * TIFF_YCBCR. Reads no byte behind the last pixel. */
void tiff_unpack_row(const TiffLayout *layout, const uint8_t *const *row, int count,
                     uint8_t *dst);

#endif
