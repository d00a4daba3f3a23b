/* stage — one step of a look, as the script declared it.
 *
 * A tone is up to three curves (NULL: identity), a matrix twelve numbers. Samples are
 * normalised: 0.0 black, 1.0 white; stages may make and see values outside.
 * Threads: owner thread only.
 * Python:  unaware; a curve's functions take the GIL if they want it.
 */
#ifndef LUTIST_PIPE_STAGE_H
#define LUTIST_PIPE_STAGE_H

#include <stddef.h>

#include "pipe/expr/expr.h"

typedef struct Curve {
    /* y[i] = f(x[i]) for i in [0, n), in double precision; x and y may be the same.
     * Called on the thread that makes the plan.
     * Fails: ERR_SCRIPT naming the input value; NaN is refused here. */
    bool (*eval)(void *context, const double *x, double *y, size_t n, Err *err);
    void *context;
    /* NULL, or what gives the same values without `eval`: then that is called only
     * where the expression has no value. Borrowed. */
    const Expr *expr;
    /* Does f give exactly y[i] at x[i]? Asked at a few inputs before `expr` is trusted;
     * NULL: no need to ask. */
    bool (*agrees)(void *context, const double *x, const double *y, size_t n);
} Curve;

typedef enum StageKind { STAGE_TONE, STAGE_MATRIX } StageKind;

typedef struct Stage {
    StageKind kind;
    const Curve *tone[3]; /* red, green, blue; NULL is identity; equal pointers are
                             evaluated once */
    double matrix[3][4];  /* rows: red, green, blue out; columns: r, g, b, offset */
} Stage;

#endif
