/* decode_jpeg — a JPEG file as rows.
 *
 * The functions that format_jpeg is made of; format.h has their contracts.
 * Threads: one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_JPEG_DECODE_JPEG_H
#define LUTIST_IMAGE_JPEG_DECODE_JPEG_H

#include "image/codec/format.h"

/* Refuses what is damaged, also where libjpeg would only warn and go on. */
void *decode_jpeg_open(const Format *self, const Source *source, ImageInfo *info,
                       Meta *meta, Err *err);
bool decode_jpeg_rows(void *reader, uint8_t *rows, size_t stride, int count, Err *err);
void decode_jpeg_close(void *reader);
/* All coefficients of a progressive file, or of one with a scan a component. */
uint64_t decode_jpeg_held(const void *reader);

#endif
