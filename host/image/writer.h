/* writer — a stream of rows into an image file that appears whole or not at all.
 *
 * Rows go to a temporary name beside the target (base/file/outfile.h), no more open
 * than the file that `meta` comes from. Samples that the format cannot store are
 * converted on the way (narrow.h).
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_WRITER_H
#define LUTIST_IMAGE_WRITER_H

#include "base/file/outfile.h"
#include "image/codec/format.h"
#include "image/image.h"

typedef struct Writer Writer;

/* `info` describes the rows to come; `meta` may be NULL. An existing target without
 * options->overwrite fails here, before any work. Fails: ERR_FILE "PATH: reason",
 * ERR_USAGE (unknown format). */
Writer *writer_open(const char *path, ImageInfo info, const Meta *meta,
                    const SaveOptions *options, Err *err);
/* The same into `file`, open for writing and seeking, which stays the caller's; `name`
 * is for messages and options->format is needed. It ends with writer_end. */
Writer *writer_open_file(FILE *file, const char *name, ImageInfo info, const Meta *meta,
                         const SaveOptions *options, Err *err);
/* An upper estimate of the bytes of memory that writing an image like `info` takes
 * beside its rows. */
uint64_t writer_memory(const char *path, ImageInfo info, const SaveOptions *options);
bool writer_write(Writer *writer, const uint8_t *rows, size_t stride, int count,
                  Err *err);
/* The file, complete and flushed, for the caller to sync and commit. Frees the writer,
 * also on failure. */
Outfile *writer_finish(Writer *writer, Err *err);
/* The caller's file is complete and flushed. Frees the writer, also on failure. */
bool writer_end(Writer *writer, Err *err);
/* Remove the temporary file and free; NULL is fine. */
void writer_abort(Writer *writer);

/* Written to a temporary name beside `path`, synced, and renamed when complete: on
 * failure nothing stands under `path` that did not before, and no temporary file is
 * left. Fails: ERR_FILE, ERR_USAGE (unknown format). */
bool writer_save(const Image *image, const char *path, const SaveOptions *options,
                 Err *err);

#endif
