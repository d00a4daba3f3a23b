/* curve_fit — a tone that follows a matrix, sampled as finely as it bends.
 *
 * Before a matrix a tone is wanted at a file's sample values only. After one it is a
 * function of any value in a range. It is replaced by parabolas through its own values:
 * few where it is smooth, ever narrower ones where it is not (a root at black, a jump),
 * down to about 2^-32 of the range. A piece that is not good enough even so, or where
 * the error of the input matters too much, is a doubt: it gives NaN, and who gets that
 * works the value out in another way (exact.h).
 * Threads: immutable after curve_fit_sample; share freely.
 * Python:  unaware; curve_fit_sample calls Curve.eval: the caller holds what that needs.
 */
#ifndef LUTIST_PIPE_TONE_CURVE_FIT_H
#define LUTIST_PIPE_TONE_CURVE_FIT_H

#include "kernels.h"
#include "pipe/tone/tone_chain.h"

/* Values that something can have: lo <= hi. */
typedef struct Range {
    double lo, hi;
} Range;

typedef struct CurveFit {
    CurveTable table;   /* for the kernels; pieces = 0: the identity */
    CurvePiece *pieces; /* owned; NULL: the identity */
    int n_pieces;       /* in all rows */
    Range *doubts;      /* owned: the pieces that give NaN, rising */
    int n_doubts;
    double error; /* how far a value may be off elsewhere, the input's error included */
    Range in, out; /* the range it was sampled over, and what it makes of that */
} CurveFit;

/* The largest jump that the function may have in a range, as far as that shows in what
 * it makes of it; see ExprSpan.jump. */
typedef double (*curve_fit_jump_fn)(const void *context, Range in, bool clamped);

/* How close the parabolas must come. */
typedef struct Fineness {
    double tolerance; /* the largest error of a parabola, in values */
    double input;     /* how far an input may be off; at least its own rounding */
    double spread;    /* the most that such an input may change the value */
    bool clamped;     /* only what lies within 0 to 1 counts: nothing follows */
    /* NULL: nothing is known of jumps but what samples show. */
    curve_fit_jump_fn jump;
    const void *context;
} Fineness;

/* Sample the tones over `range` (of any width; a point is taken for a unit).
 * Fails: what a curve says; ERR_MEMORY. */
bool curve_fit_sample(CurveFit *curve, const ToneSequence *tones, Range range,
                      Fineness fineness, Err *err);
void curve_fit_clear(CurveFit *curve); /* becomes the identity */

#endif
