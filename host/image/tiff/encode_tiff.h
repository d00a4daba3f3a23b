/* encode_tiff — rows into a TIFF file.
 *
 * The functions that format_tiff is made of; format.h has their contracts.
 * Threads: one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_TIFF_ENCODE_TIFF_H
#define LUTIST_IMAGE_TIFF_ENCODE_TIFF_H

#include "image/codec/format.h"

/* Strips of 256 KiB, Deflate over differences between neighbours (encode_tiff.c says
 * why); BigTIFF where the pixels may take more than 4 GB. */
void *encode_tiff_create(FILE *file, const ImageInfo *info, const Meta *meta,
                         const SaveOptions *options, Err *err);
bool encode_tiff_rows(void *writer, const uint8_t *rows, size_t stride, int count,
                      Err *err);
bool encode_tiff_finish(void *writer, Err *err);
void encode_tiff_discard(void *writer);

#endif
