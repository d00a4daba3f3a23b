/* plan_points — a plan of evenly spread values in place of a file's.
 *
 * A plan works out its first tones at the values that a file can hold, i / 65535. Here
 * a sample value i is the number of a point, and stands for i / (points - 1). So the
 * plan gives the look exactly at the points of a lattice.
 * Threads: as plan.h.
 * Python:  unaware; as plan.h.
 */
#ifndef LUTIST_PIPE_PLAN_PLAN_POINTS_H
#define LUTIST_PIPE_PLAN_PLAN_POINTS_H

#include "pipe/plan/plan.h"

enum { PLAN_LEAST_POINTS = 2, PLAN_MOST_POINTS = 65536 };

/* A plan at 16 bits for 2 to 65536 points; higher sample values stand for 1. The pool
 * may be NULL. Fails: as plan_new. */
Plan *plan_points_new(const Stage *stages, int count, int points, Pool *pool, Err *err);

/* Does the plan treat each channel by itself? */
bool plan_points_is_tones(const Plan *plan);

/* planes = the look, unclamped, at n colours: at[c][i] is the number of a point. */
void plan_points_eval(const Plan *plan, const Kernels *kernels,
                      const uint16_t *const at[3], double *const planes[3], size_t n);

#endif
