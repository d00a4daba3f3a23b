/* curve_edit — the points of a curve while they are edited: moved, added, removed.
 *
 * Always 2 to PARAM_POINTS points, x rising, x and y in 0 to 1. A point never passes
 * its neighbours. What is edited lies on a grid of thousandths, so that texts stay
 * short.
 * Threads: values.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_CONTROL_CURVE_EDIT_H
#define LUTIST_VIEWER_CONTROL_CURVE_EDIT_H

#include "pipe/param_value.h"

typedef struct CurveEdit {
    int count;
    ParamPoint points[PARAM_POINTS];
} CurveEdit;

/* Of a value that is a curve. */
CurveEdit curve_edit_of(ParamValue value);
/* New value: param_clear. */
ParamValue curve_edit_value(const CurveEdit *curve);

/* The point that is nearest to (x, y); -1: none within `reach`. */
int curve_edit_find(const CurveEdit *curve, double x, double y, double reach);
/* As near to (x, y) as its neighbours and the edges allow. */
void curve_edit_move(CurveEdit *curve, int index, double x, double y);
/* Add a point at (x, y), clamped. Returns its index; -1: there is no room for it. */
int curve_edit_add(CurveEdit *curve, double x, double y);
/* False: only two are left. */
bool curve_edit_remove(CurveEdit *curve, int index);
/* Add a point on the curve, halfway from `index` to the next one (from the last: to the
 * one before). Returns its index; -1: there is no room. */
int curve_edit_split(CurveEdit *curve, int index);

#endif
