/* plan — the immutable description of what happens to every pixel at one depth.
 *
 * The room pipe/plan turns stages into numbers. plan_new.c makes a plan; step_matrices,
 * step_cube and step_tones make its steps; plan_eval.c takes samples through it;
 * plan_summary tells how each curve was worked out.
 *
 * A plan is a tone on the file's sample values (exact at every one of them), then pairs
 * of a matrix or a cube, and a tone: neighbouring tones and neighbouring matrices are
 * one. Once it is made it needs no stage any more.
 * Threads: immutable after plan_new; share freely.
 * Python:  unaware; plan_new calls Curve.eval, which takes the GIL if it needs it.
 */
#ifndef LUTIST_PIPE_PLAN_PLAN_H
#define LUTIST_PIPE_PLAN_PLAN_H

#include <stdatomic.h>
#include <stdint.h>

#include "kernels.h"
#include "pipe/tone/curve_fit.h"
#include "pipe/tone/exact_tone.h"
#include "pipe/tone/tone_chain.h"

typedef struct PlanStep {
    Cube *cube; /* a reference; NULL: the step begins with a matrix */
    double mix; /* of the cube */
    double matrix[3][4];
    /* Of the results, for red, green and blue. With one tone and a matrix that keeps
     * gray they are the same, so the three have one curve. */
    Range range[3];
    CurveFit tone[3]; /* `pieces` may be shared by several */
    /* The same in double precision, for samples in doubt. */
    const Stage *tones; /* while the plan is made: `n_tones` of them */
    int n_tones;
    double (*matrices)[3][4]; /* owned: as the script wrote them */
    int n_matrices;
    ExactTone exact[3];
    bool one_tone; /* all channels have the same tones */
    int twin[3]; /* the first channel with the same tone: its `exact` stands for both */
} PlanStep;

typedef struct Plan {
    int depth;       /* 8 or 16 */
    int levels;      /* 1 << depth */
    double *tone[3]; /* levels values each (shared_doubles.h); NULL: identity; equal
                        pointers: same */
    PlanStep *steps;
    int n_steps;
    bool doubtful; /* some curve leaves samples in doubt */
    bool hopeless; /* all samples are in doubt: the errors of the curves add up to too
                      much */
    atomic_int refs;
} Plan;

/* Is there a tone behind the step's matrix or cube? */
static inline bool plan_step_has_tones(const PlanStep *step)
{
    return step->tone[0].pieces || step->tone[1].pieces || step->tone[2].pieces;
}

/* No stages is the identity. Fails: as a curve; ERR_MEMORY. */
Plan *plan_new(const Stage *stages, int count, int depth, Err *err);
/* The same with the values that an earlier plan left in `cache`, and over the pool;
 * either may be NULL. */
Plan *plan_new_with(const Stage *stages, int count, int depth, ToneCache *cache,
                    Pool *pool, Err *err);
Plan *plan_ref(Plan *plan);
void plan_unref(Plan **plan); /* nulls; NULL is fine */

/* The steps after the first tone, unclamped, in place: n values a plane, red, green and
 * blue. The results are within half an LSB of plan_exact; a pixel with a sample in
 * doubt gets the result of plan_exact. */
void plan_eval(const Plan *plan, const Kernels *kernels, double *const planes[3],
               size_t n);
/* The same in double precision, stage by stage, as the script wrote it. Only for a
 * doubtful plan. */
void plan_exact(const Plan *plan, const Kernels *kernels, double *const planes[3],
                size_t n);

#endif
