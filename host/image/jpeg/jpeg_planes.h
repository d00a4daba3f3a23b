/* jpeg_planes — rows of RGB on their way into a JPEG file, as planes of Y, Cb and Cr.
 *
 * libjpeg would convert them, copy them to where its blocks begin, and then make the
 * blocks. Handed over in planes they are converted once, by a kernel, and not copied.
 * The file is the same to the byte.
 * Threads: a JpegPlanes belongs to the thread of its encoder.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_JPEG_JPEG_PLANES_H
#define LUTIST_IMAGE_JPEG_JPEG_PLANES_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <jpeglib.h>

#include "kernels.h"

/* Zeros: rows go to libjpeg as they are. */
typedef struct JpegPlanes {
    ycbcr_fn convert;
    JSAMPARRAY rows[3]; /* libjpeg's: a row of blocks of each plane */
    int count;          /* rows that are there */
} JpegPlanes;

/* With all parameters set, in the place of jpeg_start_compress: planes are used where
 * colour has full resolution. */
void jpeg_planes_start(JpegPlanes *planes, j_compress_ptr cinfo);
/* The next row, from the top. */
void jpeg_planes_put(JpegPlanes *planes, j_compress_ptr cinfo, const uint8_t *rgb);
/* Behind the last one. */
void jpeg_planes_end(JpegPlanes *planes, j_compress_ptr cinfo);

#endif
