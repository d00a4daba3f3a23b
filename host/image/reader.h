/* reader — an image file as a stream of upright rows.
 *
 * The format is known by the content, not by the name. The size limit is checked from
 * the header, before anything is allocated. The EXIF orientation is applied: the whole
 * image is held where it turns rows into columns, else rows stream. Oddities of a file
 * that can be read go into the options' notes, at the latest with the last row, or to
 * the log with reader_close.
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_READER_H
#define LUTIST_IMAGE_READER_H

#include "image/codec/format.h"
#include "image/image.h"

typedef struct Reader Reader;

/* Fails: ERR_FILE "PATH: reason", ERR_CANCELLED. */
Reader *reader_open(const char *path, const ReadOptions *options, Err *err);
void reader_close(Reader *reader); /* NULL is fine */
ImageInfo reader_info(const Reader *reader);
Meta *reader_meta(const Reader *reader); /* borrowed; upright */
const Format *reader_format(const Reader *reader);
/* The EXIF orientation that the file declares and that has been applied: 1 to 8. */
int reader_orientation(const Reader *reader);
/* An upper estimate, from the header, of the bytes of memory that reading takes: the
 * metadata's and a little, which are taken already; and the image's size and more where
 * the format or the orientation needs the image whole, from the first reader_read
 * on. */
uint64_t reader_memory(const Reader *reader);
/* The next `count` rows; never more than are left (REQUIREd). */
bool reader_read(Reader *reader, uint8_t *rows, size_t stride, int count, Err *err);

/* The whole file, upright: an EXIF orientation has been applied. NULL options: the
 * defaults. Fails: ERR_FILE with "PATH: reason", ERR_MEMORY. */
Image *reader_load(const char *path, const ReadOptions *options, Err *err);

#endif
