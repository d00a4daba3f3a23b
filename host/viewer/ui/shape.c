#include "viewer/ui/shape.h"

#include <math.h>
#include <string.h>

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

/* Tone curves. */

typedef struct Sheet {
    uint32_t *pixels;
    int size;
    double half; /* of the line's width */
} Sheet;

static int inside(const Sheet *sheet, double at)
{
    return (int)fmin(fmax(at, 0), sheet->size - 1);
}

/* A piece of a line; where pieces meet, the larger coverage counts. */
static void paint_piece(const Sheet *sheet, const double *a, const double *b)
{
    double reach = sheet->half + 1;
    int left = inside(sheet, fmin(a[0], b[0]) - reach);
    int right = inside(sheet, fmax(a[0], b[0]) + reach);
    int top = inside(sheet, fmin(a[1], b[1]) - reach);
    int end = inside(sheet, fmax(a[1], b[1]) + reach);
    for (int y = top; y <= end; y++)
        for (int x = left; x <= right; x++) {
            uint32_t *pixel = &sheet->pixels[y * sheet->size + x];
            double d = to_segment(a, b, x + 0.5, y + 0.5) - sheet->half;
            uint32_t cover = (uint32_t)lround(fmin(fmax(0.5 - d, 0), 1) * 255);
            if (cover > *pixel >> 24)
                *pixel = cover << 24 | 0xffffff;
        }
}

void shape_paint_curve(const ParamSpline *spline, int size, int margin, double thick,
                       uint32_t *pixels)
{
    Sheet sheet = {pixels, size, thick / 2};
    int side = size - 2 * margin, pieces = 2 * side;
    memset(pixels, 0, (size_t)size * (size_t)size * sizeof *pixels);
    double last[2] = {margin, margin + side * (1 - param_spline_at(spline, 0))};
    for (int i = 1; i <= pieces; i++) {
        double x = (double)i / pieces;
        double next[2] = {margin + side * x,
                          margin + side * (1 - param_spline_at(spline, x))};
        paint_piece(&sheet, last, next);
        memcpy(last, next, sizeof last);
    }
}
