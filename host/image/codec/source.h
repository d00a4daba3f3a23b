/* source — an image file that is open for reading.
 *
 * A file's claims are held against `size` before memory is taken, and every loop over
 * its data asks source_go_on at least every 50 ms.
 * Threads: one at a time; only `cancel` may be set by another.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_CODEC_SOURCE_H
#define LUTIST_IMAGE_CODEC_SOURCE_H

#include <stdint.h>
#include <stdio.h>

#include "base/err.h"
#include "base/thread/cancel.h"
#include "image/codec/notes.h"

typedef struct Source {
    FILE *file;            /* borrowed, seekable */
    uint64_t size;         /* bytes of the file */
    uint64_t max_pixels;   /* of the image */
    uint64_t max_metadata; /* bytes that its metadata may take in memory */
    Cancel *cancel;        /* NULL: nobody stops it */
    bool raw_half;         /* raw files: a pixel for four of the sensor's */
    bool lenient;          /* lost pixels are noted; without it they are an error */
    bool disk;             /* what is held of a whole image lies in disk images; set
                              after `open` */
    Notes *notes;          /* borrowed */
} Source;

/* False: *err is ERR_CANCELLED. */
bool source_go_on(const Source *source, Err *err);
/* False: `bytes` of metadata are more than source->max_metadata; ERR_FILE. */
bool source_keeps(const Source *source, uint64_t bytes, Err *err);
/* False: the file has fewer than `bytes`, which its pixels need at least; ERR_FILE. */
bool source_holds(const Source *source, uint64_t bytes, Err *err);

bool source_seek(const Source *source, uint64_t at, Err *err);
/* The next `size` bytes of the file. False: it is cut short. `format` is its name. */
bool source_take(const Source *source, const char *format, void *bytes, size_t size,
                 Err *err);
/* Check an image's size: it has pixels, no more than the limit, and the file has at
 * least the `least` bytes that they need when packed best. Fails: ERR_FILE. */
bool source_admit(const Source *source, uint64_t width, uint64_t height, uint64_t least,
                  Err *err);

#endif
