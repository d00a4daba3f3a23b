/* float_steps — a plan with matrices or cubes as the steps of the single-precision
 * kernel, with what they hold.
 *
 * The room pipe/program_floats: these steps (here), how they are made
 * (compile_floats.c, with float_tones and float_cube), the account of their errors
 * (float_values), straight pieces (line_fit, line_samples), and how they are applied
 * (map_floats.c; see pipe/program/kinds.h).
 *
 * Values are counted in samples from the first tone to the last step. `mix` is folded
 * into a cube's points where the input cannot leave the cube's domain, because
 * tetrahedral interpolation reproduces linear functions there; matrices that follow a
 * cube are folded into its points for the same reason. Tones after a matrix or a cube
 * become straight pieces (line_fit.h); those that are not exact enough are marked. The
 * error of single precision is known for each step: if it may exceed the tolerance at
 * the end, there are no such steps.
 * Threads: immutable once made; share freely.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_PROGRAM_FLOATS_FLOAT_STEPS_H
#define LUTIST_PIPE_PROGRAM_FLOATS_FLOAT_STEPS_H

#include <stddef.h>

#include "pipe/cube/cube_points.h"
#include "pipe/plan/plan.h"
#include "pipe/program_floats/line_fit.h"

typedef struct FloatSteps {
    Lut3dF32 chain;       /* for the kernel */
    size_t bytes;         /* of all tables */
    float *tones[3];      /* owned; NULL: none, or an earlier channel's */
    LineFit inputs[3];    /* owned; without pieces as for `tones` */
    Lut3dF32Step *steps;  /* owned */
    CubePoints **points;  /* owned: of each step, a reference; NULL: none */
    LineFit (*curves)[3]; /* owned: of each step; without pieces as for `tones` */
} FloatSteps;

void float_steps_free(FloatSteps *steps); /* NULL is fine */

#endif
