/* stage — a tone, a matrix or a cube, as the script returned it.
 *
 * The room host/pipe: a script's parameters (param, settings), the modes (mode), stages
 * (here). Its rooms follow a stage's way: expr (recorded curves), tone (values of
 * curves), cube (3D tables), plan (a look as numbers), program (tables, and pixels
 * through them). export writes a look as a table for other programs. convert changes an
 * image's depth, halves its size or packs its pixels for a screen.
 *
 * A tone is up to three curves (NULL: identity), a matrix twelve numbers, a cube a
 * table and how much of it. Samples are normalised: 0.0 black, 1.0 white; stages may
 * give and get values outside.
 * Threads: owner thread only.
 * Python:  unaware; a curve's functions take the GIL if they want it.
 */
#ifndef LUTIST_PIPE_STAGE_H
#define LUTIST_PIPE_STAGE_H

#include <stddef.h>

#include "pipe/cube/cube.h"
#include "pipe/expr/expr.h"

typedef struct Curve {
    /* y[i] = f(x[i]) for i in [0, n), in double precision; x and y may be the same.
     * Called on the thread that makes the plan. Fails: ERR_SCRIPT naming the input
     * value; a NaN fails too. */
    bool (*eval)(void *context, const double *x, double *y, size_t n, Err *err);
    void *context;
    /* An expression with the same values, or NULL. If there is one, `eval` is called
     * only if the expression has no value somewhere. Borrowed. */
    const Expr *expr;
    /* Is f(x[i]) exactly y[i]? Called for a few inputs before `expr` is trusted; NULL:
     * the expression is certain. */
    bool (*agrees)(void *context, const double *x, const double *y, size_t n);
} Curve;

typedef enum StageKind { STAGE_TONE, STAGE_MATRIX, STAGE_CUBE } StageKind;

typedef struct Stage {
    StageKind kind;
    const Curve *tone[3]; /* red, green, blue; NULL is identity; equal pointers are
                             evaluated once */
    double matrix[3][4];  /* rows: red, green, blue out; columns: r, g, b, offset */
    const Cube *cube;     /* borrowed */
    double mix; /* of the cube: 0 changes nothing, 1 is the cube's own result */
} Stage;

#endif
