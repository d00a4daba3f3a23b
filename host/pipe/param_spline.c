#include "pipe/param_spline.h"

#include <math.h>
#include <string.h>

static double secant(const ParamPoint *left)
{
    return (left[1].y - left[0].y) / (left[1].x - left[0].x);
}

/* Limit the slopes at both ends of a span whose secant is `rise`: no bumps within. */
static void limit(double rise, double *left, double *right)
{
    if (rise == 0 || *left / rise < 0)
        *left = 0;
    if (rise == 0 || *right / rise < 0)
        *right = 0;
    if (rise == 0)
        return;
    double a = *left / rise, b = *right / rise, size = sqrt(a * a + b * b);
    if (size > 3) {
        *left = 3 * a / size * rise;
        *right = 3 * b / size * rise;
    }
}

ParamSpline param_spline(const ParamPoint *points, int count)
{
    ParamSpline spline = {.count = count};
    memcpy(spline.points, points, (size_t)count * sizeof *points);
    int last = count - 1;
    spline.slopes[0] = secant(points);
    spline.slopes[last] = secant(points + last - 1);
    for (int i = 1; i < last; i++)
        spline.slopes[i] = (secant(points + i - 1) + secant(points + i)) / 2;
    for (int i = 0; i < last; i++)
        limit(secant(points + i), &spline.slopes[i], &spline.slopes[i + 1]);
    return spline;
}

double param_spline_at(const ParamSpline *spline, double x)
{
    const ParamPoint *points = spline->points;
    int last = spline->count - 1, i = 0;
    if (x <= points[0].x || x >= points[last].x)
        return points[x <= points[0].x ? 0 : last].y;
    while (x >= points[i + 1].x)
        i++;
    double h = points[i + 1].x - points[i].x, t = (x - points[i].x) / h, rest = 1 - t;
    return points[i].y * (1 + 2 * t) * rest * rest +
           points[i + 1].y * t * t * (3 - 2 * t) +
           h * t * rest * (spline->slopes[i] * rest - spline->slopes[i + 1] * t);
}
