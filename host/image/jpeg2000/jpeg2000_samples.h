/* jpeg2000_samples — the components of a decoded JPEG 2000 picture as rows of pixels.
 *
 * Components may have different sizes, bits and signs. Each sample is spread over all
 * of 8 or 16 bits, rounded.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_JPEG2000_JPEG2000_SAMPLES_H
#define LUTIST_IMAGE_JPEG2000_JPEG2000_SAMPLES_H

#include <openjpeg.h>

#include "image/image.h"

/* Where a row's channels come from. */
typedef struct Jpeg2000Samples {
    const opj_image_t *image; /* borrowed, with its pixels */
    ImageInfo info;           /* of the rows */
    int component[4];         /* of each channel */
    bool is_ycc;              /* the first three are luma and two of colour */
} Jpeg2000Samples;

void jpeg2000_samples_row(const Jpeg2000Samples *samples, int y, uint8_t *row);

#endif
