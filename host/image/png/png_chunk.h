/* png_chunk — the layout of one chunk of a PNG file.
 *
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_PNG_PNG_CHUNK_H
#define LUTIST_IMAGE_PNG_PNG_CHUNK_H

#include "image/codec/notes.h"

/* Its length and its type come before its data, its checksum behind it. */
enum { PNG_CHUNK_HEAD = 8, PNG_CHUNK_FRAME = 12 };

/* The chunk is left out. */
static inline void png_chunk_note_damage(Notes *notes, const char type[4])
{
    notes_damage(notes, "the chunk %.4s is damaged and left out", type);
}

#endif
