/* gif_extension — the extensions of a GIF file: its ICC profile, its XMP packet, its
 * comments, and the index that is transparent in the next frame.
 *
 * Threads: one at a time; the file's position moves.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_GIF_GIF_EXTENSION_H
#define LUTIST_IMAGE_GIF_GIF_EXTENSION_H

#include "image/codec/source.h"
#include "image/meta/meta.h"

typedef struct GifExtensions {
    const Source *source;
    Meta *meta;
    int transparent; /* an index; -1: none */
    uint64_t bytes;  /* of metadata, so far */
} GifExtensions;

/* The next one, behind its '!'. The first profile and the first packet count. Fails:
 * ERR_FILE where it is cut short or the metadata are too many, ERR_MEMORY,
 * ERR_CANCELLED. */
bool gif_extension_read(GifExtensions *extensions, Err *err);

#endif
