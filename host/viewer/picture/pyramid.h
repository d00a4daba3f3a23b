/* pyramid — an image and its halved sizes, made when they are first needed.
 *
 * A view from far away then reads a small image instead of the whole large one.
 * Threads: owner thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PICTURE_PYRAMID_H
#define LUTIST_VIEWER_PICTURE_PYRAMID_H

#include "image/scale/scale.h"

enum { PYRAMID_LEVELS = 16 };

typedef struct Pyramid {
    Image *levels[PYRAMID_LEVELS]; /* 0: the image itself; references */
    int count;                     /* 0: no image */
} Pyramid;

/* Another image drops the levels; the same image keeps them. NULL: empty. */
void pyramid_set(Pyramid *pyramid, Image *source);

/* A new image of out_width × out_height that shows `area` (of the full-size image).
 * Fails: ERR_MEMORY, ERR_CANCELLED; finished halvings are kept. */
Image *pyramid_view(Pyramid *pyramid, ScaleArea area, int out_width, int out_height,
                    Pool *pool, Cancel *cancel, Err *err);

#endif
