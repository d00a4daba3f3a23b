/* encode_jpeg — rows into a JPEG file.
 *
 * The functions that format_jpeg is made of; format.h has their contracts.
 * Threads: one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_JPEG_ENCODE_JPEG_H
#define LUTIST_IMAGE_JPEG_ENCODE_JPEG_H

#include "image/codec/format.h"

/* Chroma is kept at full resolution from quality 90 on and halved below. Huffman
 * tables are the standard ones: better ones need the whole image in memory. */
void *encode_jpeg_create(FILE *file, const ImageInfo *info, const Meta *meta,
                         const SaveOptions *options, Err *err);
bool encode_jpeg_rows(void *writer, const uint8_t *rows, size_t stride, int count,
                      Err *err);
bool encode_jpeg_finish(void *writer, Err *err);
void encode_jpeg_discard(void *writer);

#endif
