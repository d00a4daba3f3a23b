/* decode_png — a PNG file as rows.
 *
 * The functions that format_png is made of; format.h has their contracts.
 * Threads: one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_PNG_DECODE_PNG_H
#define LUTIST_IMAGE_PNG_DECODE_PNG_H

#include "image/codec/format.h"

/* Interlaced files are held whole from the first row read on; the others stream. */
void *decode_png_open(const Format *self, const Source *source, ImageInfo *info,
                      Meta *meta, Err *err);
bool decode_png_rows(void *reader, uint8_t *rows, size_t stride, int count, Err *err);
void decode_png_close(void *reader);
uint64_t decode_png_held(const void *reader);

#endif
