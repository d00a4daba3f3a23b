/* png_chunks — the metadata chunks of a PNG file, read before libpng sees the file.
 *
 * libpng trusts a chunk's claimed length, keeps every text inflated in memory, reaches
 * EXIF data behind the pixels too late, and drops a profile that it finds wrong. So
 * chunks of metadata are read here, with their lengths checked against the file and the
 * limit. A chunk with a wrong checksum is left out and noted. libpng is told to ignore
 * these chunks.
 * Threads: one at a time; the file's position stays.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_PNG_PNG_CHUNKS_H
#define LUTIST_IMAGE_PNG_PNG_CHUNKS_H

#include "image/codec/source.h"
#include "image/meta/meta.h"

/* *whole: all chunks of pixels lie inside the file. Fails: ERR_FILE where a chunk
 * before the pixels does not, or where the metadata are too many; ERR_CANCELLED.
 */
bool png_chunks_read(const Source *source, Meta *meta, bool *whole, Err *err);

/* The types that are read here or ignored, each with its terminating zero, as
 * png_set_keep_unknown_chunks expects them. */
extern const uint8_t PNG_CHUNKS_TAKEN[];
extern const int PNG_CHUNKS_N_TAKEN;

#endif
