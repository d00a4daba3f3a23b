/* view — which part of which image is shown, and how its pixels are mapped.
 *
 * Threads: a value; it holds no reference.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PICTURE_VIEW_H
#define LUTIST_VIEWER_PICTURE_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "pipe/mode.h"
#include "pipe/plan/plan.h"
#include "viewer/picture/pyramid.h"
#include "viewer/turn/turn.h"

typedef struct View {
    Pyramid *pyramid;  /* of the image; borrowed */
    uint64_t image;    /* its number; 0: none */
    ScaleArea area;    /* the visible part, in image pixels */
    int width, height; /* its size in drawable pixels, before it is turned */
    int quarters;      /* so many it is turned then, clockwise, 0 to 3 */
    Mode mode;
    bool whole;    /* map the whole image at full size, then scale it */
    bool rough;    /* the pyramid is; a picture of the full one follows */
    bool original; /* the unprocessed image */
    uint64_t
        colors;    /* the number of the conversion to the display's colours; 0: none */
    Plan *before;  /* borrowed: of that conversion alone; NULL: none */
    bool clipping; /* clipped pixels are marked */
    bool deep;     /* the screen has more than 8 bits a channel */
    int checker;   /* size of a checkerboard square under transparent parts */
    double since;  /* when the user asked for it */
} View;

/* Its size on the screen. */
static inline int view_screen_width(const View *view)
{
    return turn_swaps(view->quarters) ? view->height : view->width;
}

static inline int view_screen_height(const View *view)
{
    return turn_swaps(view->quarters) ? view->width : view->height;
}

static inline bool view_is_same_area(ScaleArea a, ScaleArea b)
{
    return a.x == b.x && a.y == b.y && a.width == b.width && a.height == b.height;
}

#endif
