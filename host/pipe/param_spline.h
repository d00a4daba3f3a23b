/* param_spline — the curve through the points of a Curve(), as lutist.curve() draws it.
 *
 * Monotone cubic interpolation, flat beyond the outer points: F. N. Fritsch and R. E.
 * Carlson, SIAM Journal on Numerical Analysis 17 (1980), 238-246. The viewer draws it;
 * pictures are developed by the stage that the script makes of the points.
 * Threads: values.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_PARAM_SPLINE_H
#define LUTIST_PIPE_PARAM_SPLINE_H

#include "pipe/param_value.h"

typedef struct ParamSpline {
    int count;
    ParamPoint points[PARAM_POINTS];
    double slopes[PARAM_POINTS]; /* at the points */
} ParamSpline;

/* Through 2 to PARAM_POINTS points, rising in x. */
ParamSpline param_spline(const ParamPoint *points, int count);
double param_spline_at(const ParamSpline *spline, double x);

#endif
