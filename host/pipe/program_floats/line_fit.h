/* line_fit — a plan's curve as the straight pieces of the kernels (line_curve.h).
 *
 * A curve (curve_fit.h) is made of parabolas, so the largest distance between it and a
 * straight piece is computed, not sampled. A piece that is too far off, or touches a
 * doubt, is marked: it gives NaN, and its pixels are worked out in double precision.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_PROGRAM_FLOATS_LINE_FIT_H
#define LUTIST_PIPE_PROGRAM_FLOATS_LINE_FIT_H

#include "pipe/tone/curve_fit.h"

typedef struct LineFit {
    LinePiece *pieces;  /* owned; those of `curve` */
    LinePiece *by_half; /* owned; NULL: none */
    int n_pieces, n_by_half;
    LineCurve curve;
    double error;  /* how far a result outside of marked pieces may be off */
    double marked; /* the part of the input range that is marked */
} LineFit;

/* What is asked of the pieces. */
typedef struct LineNeed {
    double input;     /* how far an input may be off */
    double unit;      /* the kernel's number for an input of 1 */
    double tolerance; /* how far a result may be off */
    double scale;     /* the kernel's number for a result of 1 */
    bool last;        /* only results from 0 to 1 matter */
} LineNeed;

/* Pieces for `curve`, which is not the identity. *good is false if too much of the
 * input range would be marked; then there is nothing to free. Free with
 * line_fit_clear. Fails: ERR_MEMORY, and `fit` is clear. */
bool line_fit_new(LineFit *fit, const CurveFit *curve, LineNeed need, bool *good,
                  Err *err);
void line_fit_clear(LineFit *fit); /* has no pieces then */
size_t line_fit_bytes(const LineFit *fit);

/* The pieces by the high halves below `count`, where those choose a piece. Fails:
 * ERR_MEMORY. */
bool line_fit_by_half(LineFit *fit, int count, Err *err);

#endif
