/* shape — the window's icons: discs, check marks, chevrons, crosses.
 *
 * Tone curves and other lines are drawn in the same way. A figure is worked out for its
 * size, as coverage from a distance: its corners lie on whole pixels about its middle
 * and its lines are whole pixels wide, so that it is as sharp and as even at every
 * scale. The painter keeps it as a texture and tints it.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_UI_SHAPE_H
#define LUTIST_VIEWER_UI_SHAPE_H

#include <stdint.h>

#include "pipe/param_spline.h"

typedef enum ShapeKind {
    SHAPE_DISC,
    SHAPE_CHECK,
    SHAPE_DOWN, /* chevrons */
    SHAPE_UP,
    SHAPE_LEFT,
    SHAPE_RIGHT,
    SHAPE_CROSS,
    SHAPES
} ShapeKind;

/* A white figure in `size` × `size` pixels, 0xAARRGGBB, whose alpha is the coverage. */
void shape_paint(ShapeKind kind, int size, uint32_t *pixels);

/* The tone curve in the same form, as a line of `thick` pixels; `margin` pixels around
 * the square of 0 to 1, whose y grows upwards. */
void shape_paint_curve(const ParamSpline *spline, int size, int margin, double thick,
                       uint32_t *pixels);

/* A line of `thick` pixels through `count` points (x, y), in pixels from the upper left
 * corner, in the same form. */
void shape_paint_line(const double (*points)[2], int count, int size, double thick,
                      uint32_t *pixels);

#endif
