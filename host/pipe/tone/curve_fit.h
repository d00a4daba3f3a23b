/* curve_fit — a tone that follows a matrix, replaced by parabolas.
 *
 * Before a matrix a tone is needed at a file's sample values only. After one it is a
 * function of any value in a range. Parabolas go through its values: few where it is
 * smooth, ever narrower ones where it is not (a root at black, a jump), down to about
 * 2^-32 of the range. A piece that is still inexact, or where the input's error matters
 * too much, is a doubt: it gives NaN, and the value is worked out exactly
 * (exact_tone.h).
 * Threads: immutable after curve_fit_sample; share freely.
 * Python:  unaware; curve_fit_sample calls Curve.eval, which takes the GIL if it needs it.
 */
#ifndef LUTIST_PIPE_TONE_CURVE_FIT_H
#define LUTIST_PIPE_TONE_CURVE_FIT_H

#include "kernels.h"
#include "pipe/tone/tone_chain.h"

/* A range of values: lo <= hi. */
typedef struct Range {
    double lo, hi;
} Range;

typedef struct CurveFit {
    CurveTable table;   /* for the kernels; pieces = 0: the identity */
    CurvePiece *pieces; /* owned; NULL: the identity */
    int n_pieces;       /* in all rows */
    Range *doubts;      /* owned: the pieces that give NaN, rising */
    int n_doubts;
    double error;  /* how far a value may be off outside of doubts, the input's error
                      included */
    Range in, out; /* the sampled range, and the range of the results */
} CurveFit;

/* The largest jump of the function in a range, as it shows in its result; see
 * ExprInterval.jump. */
typedef double (*curve_fit_jump_fn)(const void *context, Range in, bool clamped);

/* How close the parabolas must come. */
typedef struct Fineness {
    double tolerance; /* the largest error of a parabola, in values */
    double input;     /* how far an input may be off; at least its rounding error */
    double spread;    /* the most that an inexact input may change the value */
    bool clamped;     /* only values from 0 to 1 matter: no stage follows */
    /* Inputs are those of the formula, and `spread` is infinite. Values above 1 may be
     * off by `tolerance` times themselves, as they are rounded. */
    bool exact;
    /* NULL: jumps are known from samples only. */
    curve_fit_jump_fn jump;
    const void *context;
} Fineness;

/* Sample the tones over `range` (of any width, up to 1e300; a single point becomes a
 * range of width 1 and more). Fails: as a curve; ERR_MEMORY. */
bool curve_fit_sample(CurveFit *curve, const ToneSequence *tones, Range range,
                      Fineness fineness, Err *err);
void curve_fit_clear(CurveFit *curve); /* becomes the identity */

#endif
