/* canvas — which part of the image is seen where: zoom, pan and fit.
 *
 * The room is the part of the window that pictures may use, in drawable pixels; the
 * image keeps inside it as far as it fits, and in the middle where it is smaller. "Fit"
 * follows the window's size and never magnifies. Zoom and place outlive a change of the
 * image, so that neighbouring shots can be compared.
 * Threads: a value; the UI thread's.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PICTURE_CANVAS_H
#define LUTIST_VIEWER_PICTURE_CANVAS_H

#include <stdbool.h>

#include "image/scale/scale.h"

#define CANVAS_ZOOM_MAX 32.0

typedef struct Canvas {
    int width, height; /* the room, in drawable pixels */
    int margin;        /* around a fitted image */
    int image_width;   /* in image pixels; 0: no image yet */
    int image_height;
    bool fit;    /* follow the room; zoom, x and y are then not used */
    double zoom; /* drawable pixels a pixel of the image */
    double x, y; /* the image's point in the middle of the room */
} Canvas;

/* The visible part, at whole drawable pixels of the room. */
typedef struct CanvasView {
    int left, top, width, height; /* 0 wide: nothing is seen */
    ScaleArea area;               /* the same part in image pixels */
} CanvasView;

void canvas_init(Canvas *canvas);
/* `margin` is left free at each side of a fitted image. */
void canvas_set_room(Canvas *canvas, int width, int height, int margin);
void canvas_set_image(Canvas *canvas, int width, int height);

/* The zoom in use; 1 without an image. */
double canvas_zoom(const Canvas *canvas);
CanvasView canvas_view(const Canvas *canvas);
/* Where an area of the image lies in the room: left, top, width, height. */
void canvas_place(const Canvas *canvas, ScaleArea area, double place[4]);

void canvas_fit(Canvas *canvas);
/* One image pixel a drawable pixel; the point at (x, y) of the room stays there. */
void canvas_actual(Canvas *canvas, double x, double y);
/* `factor` times closer around (x, y) of the room. Stops at 100 % and at the fitted
 * size on its way past them. */
void canvas_zoom_by(Canvas *canvas, double factor, double x, double y);
/* Move the image with the hand, in drawable pixels. */
void canvas_pan(Canvas *canvas, double dx, double dy);
/* Is any of the image outside the room? */
bool canvas_can_pan(const Canvas *canvas);

#endif
