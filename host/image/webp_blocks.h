/* webp_blocks — metadata in a WebP file's chunks.
 *
 * SDL2_image gives only the pixels. EXIF is in the chunk "EXIF", the profile in "ICCP",
 * XMP in "XMP ".
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_WEBP_BLOCKS_H
#define LUTIST_IMAGE_WEBP_BLOCKS_H

#include <stdio.h>

#include "image/meta.h"

/* Chunks that end beyond the file, or are larger than metadata ever is, are passed
 * over. The file's position moves. */
void webp_blocks_take(FILE *file, Meta *meta);

#endif
