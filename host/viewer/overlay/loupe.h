/* loupe — the part of the picture that a loupe around the mouse shows at 100 %.
 *
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_OVERLAY_LOUPE_H
#define LUTIST_VIEWER_OVERLAY_LOUPE_H

#include "pipe/scale/scale.h"
#include "viewer/turn/turn.h"
#include "viewer/ui/rect.h"

/* What is seen of an image, and where. */
typedef struct LoupeSight {
    Rect place;        /* in the window; empty: nothing is seen */
    ScaleArea area;    /* the same in image pixels, as it is seen: turned */
    int width, height; /* of the whole image, likewise */
    Rect room;         /* the loupe stays inside */
    Turn turn;         /* of the image */
} LoupeSight;

typedef struct LoupePart {
    Rect box;       /* in the window, as many pixels as `area` has; empty: no loupe */
    ScaleArea area; /* whole pixels of the file, inside the image */
} LoupePart;

/* The file's pixel at (x, y) of the window. False: there is no image. */
bool loupe_pixel(const LoupeSight *sight, int x, int y, int *pixel_x, int *pixel_y);

/* At most `size` pixels square around (x, y). There is none where the picture is at
 * 100 % or closer, or the mouse beside it. */
LoupePart loupe_part(const LoupeSight *sight, int x, int y, int size);

#endif
