#include "viewer/ui/shape.h"

#include <math.h>

/* A figure is a line of up to three points in the unit square, with round ends. */
typedef struct Figure {
    int n;
    double points[3][2];
    double radius; /* half of the width of the line */
} Figure;

static const Figure FIGURES[] = {
    [SHAPE_DISC] = {1, {{0.5, 0.5}}, 0.5},
    [SHAPE_CHECK] = {3, {{0.22, 0.53}, {0.42, 0.72}, {0.78, 0.3}}, 0.075},
    [SHAPE_DOWN] = {3, {{0.22, 0.38}, {0.5, 0.66}, {0.78, 0.38}}, 0.07},
    [SHAPE_LEFT] = {3, {{0.62, 0.22}, {0.34, 0.5}, {0.62, 0.78}}, 0.07},
    [SHAPE_RIGHT] = {3, {{0.38, 0.22}, {0.66, 0.5}, {0.38, 0.78}}, 0.07},
};

static double to_segment(const double *a, const double *b, double x, double y)
{
    double dx = b[0] - a[0], dy = b[1] - a[1], length = dx * dx + dy * dy;
    double along = length > 0 ? ((x - a[0]) * dx + (y - a[1]) * dy) / length : 0;
    along = fmin(fmax(along, 0), 1);
    return hypot(x - a[0] - along * dx, y - a[1] - along * dy);
}

static double to_figure(const Figure *figure, double x, double y)
{
    double nearest = to_segment(figure->points[0], figure->points[0], x, y);
    for (int i = 0; i + 1 < figure->n; i++)
        nearest =
            fmin(nearest, to_segment(figure->points[i], figure->points[i + 1], x, y));
    return nearest - figure->radius;
}

/* Coverage of a pixel is how far its middle is inside, in pixels, plus a half. */
void shape_paint(ShapeKind kind, int size, uint32_t *pixels)
{
    const Figure *figure = &FIGURES[kind];
    for (int y = 0; y < size; y++)
        for (int x = 0; x < size; x++) {
            double d = to_figure(figure, (x + 0.5) / size, (y + 0.5) / size) * size;
            double covered = fmin(fmax(0.5 - d, 0), 1);
            pixels[y * size + x] = (uint32_t)lround(covered * 255) << 24 | 0xffffff;
        }
}
