/* exact_tone — the tones of a step as the script wrote them, for the samples in doubt
 * (curve_fit.h).
 *
 * Recorded tones are worked out as Python would, bit for bit. Those of a function that
 * cannot be recorded are sampled once more: the number at which the function jumps is
 * searched, and a sample is compared with it.
 * Threads: immutable once recorded and sampled; share freely.
 * Python:  unaware; exact_tone_sample calls Curve.eval, which takes the GIL if it needs it.
 */
#ifndef LUTIST_PIPE_TONE_EXACT_TONE_H
#define LUTIST_PIPE_TONE_EXACT_TONE_H

#include "pipe/tone/curve_fit.h"
#include "pipe/tone/tone_chain.h"

/* A doubt of the curve as two straight lines, left and right of `at`, where the
 * function changes most. */
typedef struct Break {
    double at, below;     /* neighbouring numbers */
    double y_lo, y_hi;    /* at the doubt's ends */
    double y_below, y_at; /* and at those two */
} Break;

typedef struct ExactTone {
    Expr **exprs; /* owned: applied one after the other; NULL: see `curve` */
    int n_exprs;
    Range in;       /* of `exprs`: the range of their input */
    CurveFit curve; /* the identity, or the tones that could not be recorded */
    Break *breaks;  /* owned: one for each doubt of `curve` */
} ExactTone;

/* Keep the expressions of the tones. False: not all of them can be trusted. */
bool exact_tone_record(ExactTone *tone, const ToneSequence *tones, Range range);
/* Without expressions: sample the tones over `range` with this tolerance. Fails: as a
 * curve; ERR_MEMORY. */
bool exact_tone_sample(ExactTone *tone, const ToneSequence *tones, Range range,
                       double tolerance, bool clamped, Err *err);
/* A curve_fit_jump_fn of a recorded tone. */
double exact_tone_jump(const void *exact, Range in, bool clamped);
/* The largest jump in a doubt of the same tone's curve_fit, as it shows in a result
 * from 0 to 1; of a tone without expressions, the largest that was found. */
double exact_tone_jump_in(const ExactTone *tone, Range doubt);
void exact_tone_clear(ExactTone *tone); /* becomes the identity */

/* In place. If the function has no value at a value outside of the range, the end of
 * the range is taken; inside it the result is EXPR_HUGE. */
void exact_tone_eval(const ExactTone *tone, const Kernels *kernels, double *values,
                     size_t n);

#endif
