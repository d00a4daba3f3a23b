/* shape — small anti-aliased figures: discs, check marks, chevrons.
 *
 * A figure is worked out for its size, as coverage from a distance. The painter keeps
 * it as a texture and tints it.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_UI_SHAPE_H
#define LUTIST_VIEWER_UI_SHAPE_H

#include <stdint.h>

typedef enum ShapeKind {
    SHAPE_DISC,
    SHAPE_CHECK,
    SHAPE_DOWN, /* a chevron */
    SHAPE_LEFT, /* chevrons */
    SHAPE_RIGHT,
} ShapeKind;

/* A white figure in `size` × `size` pixels, 0xAARRGGBB, whose alpha is the coverage. */
void shape_paint(ShapeKind kind, int size, uint32_t *pixels);

#endif
