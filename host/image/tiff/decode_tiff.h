/* decode_tiff — a TIFF file as rows.
 *
 * The functions that format_tiff is made of; format.h has their contracts.
 * Threads: one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_TIFF_DECODE_TIFF_H
#define LUTIST_IMAGE_TIFF_DECODE_TIFF_H

#include "image/codec/format.h"

/* The first page. A strip or a row of tiles is held at a time; of strips of more than a
 * few megabytes only a row and what it is decoded from, unless each sample has a plane
 * of its own. A complaint of libtiff's that costs pixels fails. */
void *decode_tiff_open(const Format *self, const Source *source, ImageInfo *info,
                       Meta *meta, Err *err);
bool decode_tiff_rows(void *reader, uint8_t *rows, size_t stride, int count, Err *err);
void decode_tiff_close(void *reader);
uint64_t decode_tiff_held(const void *reader);

#endif
