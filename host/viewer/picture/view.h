/* view — which part of which image is shown, and how its pixels are mapped.
 *
 * Threads: a value; it holds no reference.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PICTURE_VIEW_H
#define LUTIST_VIEWER_PICTURE_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "image/scale/scale.h"
#include "pipe/mode.h"

typedef struct View {
    Image *source;     /* borrowed */
    uint64_t image;    /* the number of the source; 0: none */
    ScaleArea area;    /* the visible part, in image pixels */
    int width, height; /* its size on the screen, in drawable pixels */
    Mode mode;
    bool whole;    /* map the whole image at full size, then scale it */
    bool original; /* the unprocessed image */
    int checker;   /* size of a checkerboard square under transparent parts */
    double since;  /* when the user asked for it */
} View;

static inline bool view_is_same_area(ScaleArea a, ScaleArea b)
{
    return a.x == b.x && a.y == b.y && a.width == b.width && a.height == b.height;
}

#endif
