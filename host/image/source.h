/* source — an image file that is open for reading, as the decoders see it.
 *
 * What a file claims is held against `size` before memory is taken, and every loop over
 * its data asks source_go_on at least every 50 ms.
 * Threads: one at a time; only `cancel` may be set by another.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_SOURCE_H
#define LUTIST_IMAGE_SOURCE_H

#include <stdint.h>
#include <stdio.h>

#include "base/cancel.h"
#include "base/err.h"

/* What a file that was read all the same had to be told about. */
typedef struct Notes {
    bool damaged;   /* something the file held was lost: it is not as it was made */
    char text[400]; /* one line without the file's name, "; " between; "": nothing */
} Notes;

typedef struct Source {
    FILE *file;            /* borrowed, seekable */
    uint64_t size;         /* bytes of the file */
    uint64_t max_metadata; /* bytes that its metadata may take in memory */
    Cancel *cancel;        /* NULL: nobody stops it */
    bool lenient;          /* lost pixels are noted, not refused, where rows go on */
    Notes *notes;          /* borrowed */
} Source;

/* False: *err is ERR_CANCELLED. */
bool source_go_on(const Source *source, Err *err);
/* False: `bytes` of metadata are more than source->max_metadata; ERR_FILE. */
bool source_keeps(const Source *source, uint64_t bytes, Err *err);
/* False: pixels that take at least `bytes` in the file are more than it can hold;
 * ERR_FILE. */
bool source_holds(const Source *source, uint64_t bytes, Err *err);

/* Something that the output will not have, though the file is whole. A text that was
 * noted before is not repeated. */
void source_note(const Source *source, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The same of something that is damaged. */
void source_damage(const Source *source, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
