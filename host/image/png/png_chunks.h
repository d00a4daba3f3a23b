/* png_chunks — a PNG file's chunks, looked through before libpng sees them.
 *
 * libpng takes a chunk's claimed length on trust, keeps every text in memory, inflated,
 * and reaches EXIF data behind the pixels too late. So the chunks that only hold words
 * about the picture are taken here, with their lengths held against the file and the
 * limit; a chunk whose checksum is wrong is left out and noted. libpng is told to pass
 * over them.
 * Threads: one at a time; the file's position stays.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_PNG_PNG_CHUNKS_H
#define LUTIST_IMAGE_PNG_PNG_CHUNKS_H

#include "image/codec/source.h"
#include "image/meta/meta.h"

/* *whole: the chunks of pixels lie all inside of the file. Fails: ERR_FILE where a
 * chunk before the pixels does not, or where the metadata are too many; ERR_CANCELLED.
 */
bool png_chunks_read(const Source *source, Meta *meta, bool *whole, Err *err);

/* The types that are taken, or that nobody wants, each with its terminating zero: as
 * png_set_keep_unknown_chunks takes them. */
extern const uint8_t PNG_CHUNKS_TAKEN[];
extern const int PNG_CHUNKS_N_TAKEN;

#endif
