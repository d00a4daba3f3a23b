/* curve_expr — a profile's tone curve, and its inverse, as expressions.
 *
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_COLOR_CURVE_EXPR_H
#define LUTIST_PIPE_COLOR_CURVE_EXPR_H

#include "image/profile/profile_shaper.h"
#include "pipe/expr/expr.h"

/* From a sample to light; from 0 to 1, and beyond as at the ends. Fails: ERR_MEMORY. */
Expr *curve_expr_to_light(const ProfileCurve *curve, Err *err);
/* From light to the sample, 0 to 1. Where several samples give the same light it is the
 * first of them. Fails: ERR_MEMORY. */
Expr *curve_expr_from_light(const ProfileCurve *curve, Err *err);

#endif
