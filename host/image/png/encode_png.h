/* encode_png — rows into a PNG file.
 *
 * The functions that format_png is made of; format.h has their contracts.
 * Threads: one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_PNG_ENCODE_PNG_H
#define LUTIST_IMAGE_PNG_ENCODE_PNG_H

#include "image/codec/format.h"

void *encode_png_create(FILE *file, const ImageInfo *info, const Meta *meta,
                        const SaveOptions *options, Err *err);
bool encode_png_rows(void *writer, const uint8_t *rows, size_t stride, int count,
                     Err *err);
bool encode_png_finish(void *writer, Err *err);
void encode_png_discard(void *writer);

#endif
