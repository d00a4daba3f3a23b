/* exact_tone — the tones of a step as the script wrote them, for the samples that
 * curve.h leaves in doubt.
 *
 * Recorded tones are worked out as Python would, bit for bit. Those of a function that
 * cannot be recorded are sampled again: where it jumps, the very number at which it
 * does is looked for, and a sample is held against that.
 * Threads: immutable once recorded and sampled; share freely.
 * Python:  unaware; exact_tone_sample calls Curve.eval, so hold what that needs.
 */
#ifndef LUTIST_PIPE_TONE_EXACT_TONE_H
#define LUTIST_PIPE_TONE_EXACT_TONE_H

#include "pipe/tone/curve_fit.h"
#include "pipe/tone/tone_chain.h"

/* A doubt of the curve: straight lines to the left and to the right of `at`, which is
 * where the function changes most. */
typedef struct Break {
    double at, below;     /* neighbouring numbers */
    double y_lo, y_hi;    /* at the doubt's ends */
    double y_below, y_at; /* and at those two */
} Break;

typedef struct ExactTone {
    Expr **exprs; /* owned: one after the other; NULL: see `curve` */
    int n_exprs;
    Range in;       /* of those: what they are made for */
    CurveFit curve; /* the identity, or what could not be recorded */
    Break *breaks;  /* owned: one for each doubt of `curve` */
} ExactTone;

/* Keep the expressions of a row of tones; false: not all of them can be trusted. */
bool exact_tone_record(ExactTone *tone, const ToneSequence *tones, Range range);
/* For those: sample the tones over `range` with this tolerance. Fails: what a
 * curve says; ERR_MEMORY. */
bool exact_tone_sample(ExactTone *tone, const ToneSequence *tones, Range range,
                       double tolerance, bool clamped, Err *err);
/* A curve_fit_jump_fn of a recorded tone. */
double exact_tone_jump(const void *exact, Range in, bool clamped);
void exact_tone_clear(ExactTone *tone); /* becomes the identity */

/* In place. A value outside of the range where the function has none counts as the
 * range's end; inside it is EXPR_HUGE. */
void exact_tone_eval(const ExactTone *tone, const Kernels *kernels, double *values,
                     size_t n);

#endif
