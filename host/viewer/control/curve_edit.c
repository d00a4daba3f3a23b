#include "viewer/control/curve_edit.h"

#include <math.h>
#include <string.h>

#include "pipe/param_spline.h"

static const double GRID = 1000; /* steps from 0 to 1 */

static double on_grid(double at)
{
    return round(fmin(fmax(at, 0), 1) * GRID) / GRID;
}

CurveEdit curve_edit_of(ParamValue value)
{
    CurveEdit curve = {0};
    curve.count = param_points(param_text_of(value), curve.points);
    return curve;
}

ParamValue curve_edit_value(const CurveEdit *curve)
{
    return param_curve(curve->points, curve->count);
}

int curve_edit_find(const CurveEdit *curve, double x, double y, double reach)
{
    int found = -1;
    for (int i = 0; i < curve->count; i++) {
        double far = hypot(curve->points[i].x - x, curve->points[i].y - y);
        if (far <= reach) {
            found = i;
            reach = far;
        }
    }
    return found;
}

/* The range of x for a point between two others; -1 and `count` stand for the edges. */
static void room(const CurveEdit *curve, int left, int right, double *low, double *high)
{
    *low = left < 0 ? 0 : ceil(curve->points[left].x * GRID + 0.5) / GRID;
    *high =
        right >= curve->count ? 1 : floor(curve->points[right].x * GRID - 0.5) / GRID;
}

void curve_edit_move(CurveEdit *curve, int index, double x, double y)
{
    ParamPoint *point = &curve->points[index];
    double low, high;
    room(curve, index - 1, index + 1, &low, &high);
    if (low <= high)
        point->x = fmin(fmax(on_grid(x), low), high);
    point->y = on_grid(y);
}

int curve_edit_add(CurveEdit *curve, double x, double y)
{
    int at = 0;
    double low, high;
    x = on_grid(x);
    while (at < curve->count && curve->points[at].x < x)
        at++;
    room(curve, at - 1, at, &low, &high);
    if (curve->count == PARAM_POINTS || low > high)
        return -1;
    memmove(curve->points + at + 1, curve->points + at,
            (size_t)(curve->count - at) * sizeof *curve->points);
    curve->points[at] = (ParamPoint){fmin(fmax(x, low), high), on_grid(y)};
    curve->count++;
    return at;
}

bool curve_edit_remove(CurveEdit *curve, int index)
{
    if (curve->count <= 2)
        return false;
    curve->count--;
    memmove(curve->points + index, curve->points + index + 1,
            (size_t)(curve->count - index) * sizeof *curve->points);
    return true;
}

int curve_edit_split(CurveEdit *curve, int index)
{
    int left = index == curve->count - 1 ? index - 1 : index;
    double x = on_grid((curve->points[left].x + curve->points[left + 1].x) / 2);
    ParamSpline spline = param_spline(curve->points, curve->count);
    return curve_edit_add(curve, x, param_spline_at(&spline, x));
}
