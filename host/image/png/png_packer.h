/* png_packer — the pixels of a PNG file, filtered and deflated a band at a time.
 *
 * The bands' deflated bytes, one after the other, are one zlib stream, as pigz makes
 * it: each band knows the 32 KiB before it, and all but the last end with a sync flush.
 * Threads: one at a time; bands are packed on any thread of `spare`.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_PNG_PNG_PACKER_H
#define LUTIST_IMAGE_PNG_PNG_PACKER_H

#include "base/thread/spare_threads.h"
#include "image/image.h"

typedef struct PngPacker PngPacker;

/* Write the next bytes of the stream. Fails as it likes. */
typedef bool (*png_packer_fn)(void *context, const uint8_t *bytes, size_t size,
                              Err *err);

/* `level`: zlib's, 1 to 9; 0: the default, which is fast where filters pay and thorough
 * where repeats do. Fails: ERR_FILE (the rows are too long), ERR_MEMORY. */
PngPacker *png_packer_new(ImageInfo info, int level, SpareThreads *spare,
                          png_packer_fn write, void *context, Err *err);
void png_packer_free(PngPacker *packer); /* NULL is fine */
/* With the last row the stream is complete. Fails as `write`. */
bool png_packer_add(PngPacker *packer, const uint8_t *rows, size_t stride, int count,
                    Err *err);
/* The most bytes that it takes. */
uint64_t png_packer_memory(ImageInfo info, const SpareThreads *spare);

#endif
