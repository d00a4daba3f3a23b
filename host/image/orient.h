/* orient — EXIF orientations 1 to 8, undone.
 *
 * An orientation says how the stored rows must be mirrored and turned to stand upright:
 * 1 not at all, 2 mirrored, 3 half a turn, 4 upside down and mirrored; 5 to 8 the same
 * with rows and columns exchanged.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_ORIENT_H
#define LUTIST_IMAGE_ORIENT_H

#include "image/image.h"

/* Do stored rows, in their order, give upright rows in order? */
static inline bool orient_streams(int orientation)
{
    return orientation <= 2;
}

/* The layout of the upright image. */
ImageInfo orient_info(ImageInfo stored, int orientation);
/* Reverse the pixels of one row in place. */
void orient_mirror(uint8_t *row, ImageInfo info);
/* Make rows [y, y + count) of the upright image of `stored`. Many at once are
 * faster. */
void orient_rows(const Image *stored, int orientation, int y, int count, uint8_t *rows,
                 size_t stride);

#endif
