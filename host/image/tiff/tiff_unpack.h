/* tiff_unpack — stored samples of a TIFF file become a row of ours.
 *
 * 8 and 16 bits stay bit for bit what they are; other depths are scaled to the next
 * larger of the two. Colours that were multiplied by alpha are divided by it again.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_TIFF_TIFF_UNPACK_H
#define LUTIST_IMAGE_TIFF_TIFF_UNPACK_H

#include "image/tiff/tiff_layout.h"

/* `count` pixels at `dst`, made of the ones that begin at row[plane]; not for
 * TIFF_YCBCR. Reads no byte behind the last pixel's. */
void tiff_unpack_row(const TiffLayout *layout, const uint8_t *const *row, int count,
                     uint8_t *dst);

#endif
