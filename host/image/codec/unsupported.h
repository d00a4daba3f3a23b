/* unsupported — kinds of files that often lie beside images and that lutist does not
 * read.
 *
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_CODEC_UNSUPPORTED_H
#define LUTIST_IMAGE_CODEC_UNSUPPORTED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Unsupported {
    const char *name;       /* "a HEIC picture", within a sentence */
    const char *advice;     /* what to do with it */
    const char *extensions; /* with a space after each; "": no extension is typical */
} Unsupported;

/* By the first bytes of a file, of which 512 are enough. NULL: not known. */
const Unsupported *unsupported_by_head(const uint8_t *head, size_t size);
/* Is it a camera's raw file? NULL is none. */
bool unsupported_is_raw(const Unsupported *kind);
/* By a path's extension; NULL: not known. */
const Unsupported *unsupported_by_path(const char *path);
/* A camera's raw files, by the maker's name as in the tag Make; never NULL. */
const Unsupported *unsupported_by_maker(const char *maker);

#endif
