/* plan — the immutable description of what happens to every pixel at one depth.
 *
 * Built from stages by working out their curves; afterwards it is numbers only. A plan
 * is a tone on the file's sample values (exact at every one of them), then pairs of
 * matrix and tone: neighbouring tones and neighbouring matrices are one.
 * Threads: immutable after plan_new; share freely.
 * Python:  unaware; plan_new calls Curve.eval, so hold what the curves need.
 */
#ifndef LUTIST_PIPE_PLAN_H
#define LUTIST_PIPE_PLAN_H

#include <stdatomic.h>
#include <stdint.h>

#include "pipe/tones.h"

/* A tone after a matrix: n values spread evenly over [lo, hi], interpolated linearly.
 */
typedef struct PlanCurve {
    double lo, hi;
    int n;          /* 0: identity */
    double *values; /* owned by the plan */
} PlanCurve;

typedef struct PlanStep {
    double matrix[3][4];
    PlanCurve tone[3];
} PlanStep;

typedef struct Plan {
    int depth;       /* 8 or 16 */
    int levels;      /* 1 << depth */
    double *tone[3]; /* levels values each (values.h); NULL: identity; equal pointers:
                        same */
    PlanStep *steps;
    int n_steps;
    atomic_int refs;
} Plan;

/* No stages is the identity. Fails: what a curve says; ERR_MEMORY. */
Plan *plan_new(const Stage *stages, int count, int depth, Err *err);
/* The same with what an earlier plan left in `tones` and over the pool; either may be
 * NULL. */
Plan *plan_new_with(const Stage *stages, int count, int depth, Tones *tones, Pool *pool,
                    Err *err);
Plan *plan_ref(Plan *plan);
void plan_unref(Plan **plan); /* nulls; NULL is fine */

/* The look in double precision, unclamped: what every faster way is measured against.
 * in: sample values 0 … levels - 1; out: normalised. */
void plan_eval(const Plan *plan, const uint16_t in[3], double out[3]);

#endif
