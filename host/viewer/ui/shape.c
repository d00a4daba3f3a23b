#include "viewer/ui/shape.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"

/* Strokes between points, in sixteenths of the size from the middle, with round ends.
 */
typedef struct Figure {
    int strokes;
    double points[2][2][2]; /* from and to: x, y */
} Figure;

static const Figure FIGURES[SHAPES] = {
    [SHAPE_CHECK] = {2, {{{-5, 0}, {-2, 3}}, {{-2, 3}, {5, -4}}}},
    [SHAPE_DOWN] = {2, {{{-4, -2}, {0, 2}}, {{0, 2}, {4, -2}}}},
    [SHAPE_UP] = {2, {{{-4, 2}, {0, -2}}, {{0, -2}, {4, 2}}}},
    [SHAPE_LEFT] = {2, {{{2, -4}, {-2, 0}}, {{-2, 0}, {2, 4}}}},
    [SHAPE_RIGHT] = {2, {{{-2, -4}, {2, 0}}, {{2, 0}, {-2, 4}}}},
    [SHAPE_CROSS] = {2, {{{-4, -4}, {4, 4}}, {{-4, 4}, {4, -4}}}},
};

static double to_segment(const double *a, const double *b, double x, double y)
{
    double dx = b[0] - a[0], dy = b[1] - a[1], length = dx * dx + dy * dy;
    double along = length > 0 ? ((x - a[0]) * dx + (y - a[1]) * dy) / length : 0;
    along = fmin(fmax(along, 0), 1);
    return hypot(x - a[0] - along * dx, y - a[1] - along * dy);
}

static double whole(double sixteenths, int size)
{
    return size / 2.0 + round(sixteenths * size / 16);
}

static double to_figure(const Figure *figure, int size, double x, double y)
{
    double nearest = size, width = fmax(round(size / 9.0), 1);
    for (int i = 0; i < figure->strokes; i++) {
        const double(*stroke)[2] = figure->points[i];
        double a[] = {whole(stroke[0][0], size), whole(stroke[0][1], size)};
        double b[] = {whole(stroke[1][0], size), whole(stroke[1][1], size)};
        nearest = fmin(nearest, to_segment(a, b, x, y));
    }
    return nearest - width / 2;
}

/* Coverage of a pixel is how far its middle is inside, in pixels, plus a half. */
void shape_paint(ShapeKind kind, int size, uint32_t *pixels)
{
    double middle = size / 2.0;
    for (int y = 0; y < size; y++)
        for (int x = 0; x < size; x++) {
            double d = kind == SHAPE_DISC
                           ? hypot(x + 0.5 - middle, y + 0.5 - middle) - middle
                           : to_figure(&FIGURES[kind], size, x + 0.5, y + 0.5);
            double covered = fmin(fmax(0.5 - d, 0), 1);
            pixels[y * size + x] = (uint32_t)lround(covered * 255) << 24 | 0xffffff;
        }
}

/* Lines. */

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

void shape_paint_line(const double (*points)[2], int count, int size, double thick,
                      uint32_t *pixels)
{
    Sheet sheet = {pixels, size, thick / 2};
    memset(pixels, 0, (size_t)size * (size_t)size * sizeof *pixels);
    for (int i = 0; i + 1 < count; i++)
        paint_piece(&sheet, points[i], points[i + 1]);
}

void shape_paint_curve(const ParamSpline *spline, int size, int margin, double thick,
                       uint32_t *pixels)
{
    int side = size - 2 * margin, count = 2 * side + 1;
    double(*points)[2] = mem_new((size_t)count, sizeof *points);
    for (int i = 0; i < count; i++) {
        double x = (double)i / (count - 1);
        points[i][0] = margin + side * x;
        points[i][1] = margin + side * (1 - param_spline_at(spline, x));
    }
    shape_paint_line((const double(*)[2])points, count, size, thick, pixels);
    mem_free(points);
}
