/* reader — an image file as a stream of upright rows.
 *
 * Opens by content, not by name; checks the size limit from the header, before
 * anything is allocated; applies the EXIF orientation (orientations that turn rows
 * into columns hold the whole image while reading, the others stream). What is odd
 * about a file that is read all the same goes into the options' notes, at the latest
 * with the last row, or to the log with reader_close.
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
/* Bytes of memory that reading the rows takes, an upper estimate from the header: small
 * where rows stream, the image's size and more where the format or the orientation has
 * it held whole; and the metadata's. All but the metadata's and a little are taken by
 * the first reader_read. */
uint64_t reader_memory(const Reader *reader);
/* The next `count` rows; never more than are left (REQUIREd). */
bool reader_read(Reader *reader, uint8_t *rows, size_t stride, int count, Err *err);

/* The whole file, upright: an EXIF orientation has been applied. NULL options: the
 * defaults. Fails: ERR_FILE with "PATH: reason", ERR_MEMORY. */
Image *reader_load(const char *path, const ReadOptions *options, Err *err);

#endif
