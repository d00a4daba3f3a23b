/* jpeg_coefficients — the coefficients of a JPEG file with several scans, in disk
 * images.
 *
 * libjpeg holds them all, two bytes a sample, until the last scan has come. Its memory
 * manager is a table of functions; those for large arrays of blocks are replaced.
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_JPEG_JPEG_COEFFICIENTS_H
#define LUTIST_IMAGE_JPEG_JPEG_COEFFICIENTS_H

#include "image/image.h"
#include "image/jpeg/jpeg_blocks.h"

typedef struct JpegCoefficients {
    JpegBlocks blocks;                 /* first: cinfo->client_data serves both */
    Image *components[MAX_COMPONENTS]; /* owned; a row of an image is one of blocks */
    int count;
} JpegCoefficients;

/* Before jpeg_start_decompress, with the coefficients in cinfo->client_data. A disk
 * that is full throws there. */
void jpeg_coefficients_to_disk(j_decompress_ptr cinfo);
/* After jpeg_destroy_decompress. */
void jpeg_coefficients_term(JpegCoefficients *coefficients);

#endif
