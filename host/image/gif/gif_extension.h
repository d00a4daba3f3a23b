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

enum { GIF_FRAME_BYTES = 9 }; /* of a frame's head; the last one is its flags */

/* Of the palette that a head's flags announce. */
static inline size_t gif_colours(int flags)
{
    return flags & 0x80 ? (size_t)2 << (flags & 7) : 0;
}

typedef struct GifExtensions {
    const Source *source;
    Meta *meta;
    int transparent; /* an index in the next frame; -1: none */
    uint64_t bytes;  /* of metadata, so far */
} GifExtensions;

/* The next one, behind its '!'. The first profile and the first packet count. Fails:
 * ERR_FILE where it is cut short or the metadata are too many, ERR_MEMORY,
 * ERR_CANCELLED. */
bool gif_extension_read(GifExtensions *extensions, Err *err);
/* Those behind a frame, where the file stands behind its head and palette; it stands
 * there again. What is damaged or missing ends them. Fails: ERR_FILE where the metadata
 * are too many, ERR_MEMORY, ERR_CANCELLED. */
bool gif_extensions_read_rest(GifExtensions *extensions, Err *err);

#endif
