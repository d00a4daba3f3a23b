/* webp_chunks — a WebP file's chunks: where its picture stands, and its metadata.
 *
 * The first frame of an animation counts. libwebpdemux wants the whole file in memory,
 * because EXIF and XMP stand behind the picture. Here the chunks are found in the file:
 * opening takes no memory for the picture, and a limit is checked before a block is
 * read.
 * Threads: pure; the file's position moves.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_WEBP_WEBP_CHUNKS_H
#define LUTIST_IMAGE_WEBP_WEBP_CHUNKS_H

#include "image/codec/source.h"
#include "image/meta/meta.h"
#include "image/webp/webp_library.h"

typedef struct WebpPicture {
    int width, height;         /* of the canvas; 0: the frame's */
    int left, top, wide, high; /* the frame on it */
    int frames;                /* 0: no animation */
    uint64_t at,
        size;      /* of the frame's chunks in the file, alpha first; size 0: none */
    bool alpha;    /* the frame has it */
    bool lossless; /* VP8L */
} WebpPicture;

/* From a file at its start. Sizes are the file's claims. Fails: ERR_FILE for what is
 * damaged, cut short or has no picture; ERR_MEMORY, ERR_CANCELLED. */
bool webp_chunks_read(const Source *source, const WebpLibrary *lib,
                      WebpPicture *picture, Meta *meta, Err *err);

#endif
