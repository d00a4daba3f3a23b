/* viewport — which part of the image is seen, and where: zoom, pan and fit.
 *
 * The room is the part of the window for pictures, in drawable pixels. The image stays
 * inside it as far as it fits, and in its middle where it is smaller. "Fit" follows the
 * window's size and never magnifies. Zoom and place outlive a change of the image, so
 * that neighbouring shots can be compared.
 * Threads: a value; the UI thread's.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PICTURE_VIEWPORT_H
#define LUTIST_VIEWER_PICTURE_VIEWPORT_H

#include <stdbool.h>

#include "pipe/scale/scale.h"

#define VIEWPORT_ZOOM_MAX 32.0

typedef struct Viewport {
    int width, height; /* the room, in drawable pixels */
    int margin;        /* around a fitted image */
    int image_width;   /* in image pixels, as it is seen; 0: no image yet */
    int image_height;
    bool fit;    /* follow the room; zoom, x and y are then not used */
    double zoom; /* drawable pixels a pixel of the image */
    double x, y; /* the image's point in the middle of the room */
} Viewport;

/* The visible part, at whole drawable pixels of the room. */
typedef struct ViewportPart {
    int left, top, width, height; /* 0 wide: nothing is seen */
    ScaleArea area;               /* the same part in image pixels */
} ViewportPart;

void viewport_init(Viewport *viewport);
/* `margin` is left free at each side of a fitted image. */
void viewport_set_room(Viewport *viewport, int width, int height, int margin);
void viewport_set_image(Viewport *viewport, int width, int height);

/* Turn the image by `quarters` clockwise, 0 to 3; its point in the middle stays there.
 */
void viewport_turn(Viewport *viewport, int quarters);

/* The zoom in use; 1 without an image. */
double viewport_zoom(const Viewport *viewport);
ViewportPart viewport_visible(const Viewport *viewport);
/* Where an area of the image lies in the room: left, top, width, height. */
void viewport_place(const Viewport *viewport, ScaleArea area, double place[4]);

void viewport_fit(Viewport *viewport);
/* One image pixel a drawable pixel; the point at (x, y) of the room stays there. */
void viewport_actual(Viewport *viewport, double x, double y);
/* `factor` times closer around (x, y) of the room. Stops at 100 % and at the fitted
 * size on its way past them. */
void viewport_zoom_by(Viewport *viewport, double factor, double x, double y);
/* Move the image by drawable pixels. */
void viewport_pan(Viewport *viewport, double dx, double dy);
/* Is any of the image outside the room? */
bool viewport_can_pan(const Viewport *viewport);

#endif
