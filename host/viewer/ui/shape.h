/* shape — small anti-aliased figures: discs, check marks, chevrons.
 *
 * Tone curves are drawn in the same way. A figure is worked out for its size, as
 * coverage from a distance. The painter keeps it as a texture and tints it.
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
    SHAPE_DOWN, /* a chevron */
    SHAPE_LEFT, /* chevrons */
    SHAPE_RIGHT,
} ShapeKind;

/* A white figure in `size` × `size` pixels, 0xAARRGGBB, whose alpha is the coverage. */
void shape_paint(ShapeKind kind, int size, uint32_t *pixels);

/* The tone curve in the same form, as a line of `thick` pixels; `margin` pixels around
 * the square of 0 to 1, whose y grows upwards. */
void shape_paint_curve(const ParamSpline *spline, int size, int margin, double thick,
                       uint32_t *pixels);

#endif
