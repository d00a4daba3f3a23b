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

#include <sys/stat.h>

#include "image/codec/format.h"
#include "image/image.h"

typedef struct Reader Reader;

/* Fails: ERR_FILE "PATH: reason", ERR_CANCELLED. */
Reader *reader_open(const char *path, const ReadOptions *options, Err *err);
void reader_close(Reader *reader); /* NULL is fine */
ImageInfo reader_info(const Reader *reader);
Meta *reader_meta(const Reader *reader); /* borrowed; upright */
/* Borrowed: the file as it was when it was opened. */
const struct stat *reader_found(const Reader *reader);
const Format *reader_format(const Reader *reader);
/* The EXIF orientation that the file declares and that has been applied: 1 to 8. */
int reader_orientation(const Reader *reader);
/* Why a PNG or TIFF file's pixels need not be those that were saved ("has a palette");
 * NULL: no reason is known. */
const char *reader_inexact(const Reader *reader);
/* An upper estimate, from the header, of the bytes of memory that reading takes: the
 * metadata's and a little, which are taken already; and the image's size and more where
 * the format or the orientation needs the image whole, from the first reader_read
 * on. */
uint64_t reader_memory(const Reader *reader);
/* Before the first row: what reading holds of the whole image lies in temporary files
 * (disk_image.h) and counts no more as memory, where the format can: turned images,
 * interlaced PNG, JPEG of several scans. */
void reader_use_disk(Reader *reader);
/* Before the first row: rows of 8 bits come with 16, times 257; reader_info says so. */
void reader_widen(Reader *reader);
/* Before the first row: read a smaller image of the picture instead, whose longer side
 * has at least `least` pixels; reader_info is then its own. It may lack detail, and the
 * end of the file need not be looked at. False: there is none. */
bool reader_reduce(Reader *reader, int least);
/* The same where there is none: a rough one, made from a few of the file's rows. The
 * most of the file is not looked at. */
bool reader_sketch(Reader *reader, int least);
/* After the last row of a smaller image: can a better one of the same layout be read,
 * again from the first row? It comes with more scans of a progressive file; to get
 * there takes as long as to decode them. */
bool reader_refine(Reader *reader);
/* The next `count` rows; never more than are left (REQUIREd). */
bool reader_read(Reader *reader, uint8_t *rows, size_t stride, int count, Err *err);

/* The whole file, upright: an EXIF orientation has been applied. NULL options: the
 * defaults. Fails: ERR_FILE with "PATH: reason", ERR_MEMORY. */
Image *reader_load(const char *path, const ReadOptions *options, Err *err);

#endif
