/* cube_fold — a cube's points with its mix and the matrices behind it folded in.
 *
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_PROGRAM_FLOATS_CUBE_FOLD_H
#define LUTIST_PIPE_PROGRAM_FLOATS_CUBE_FOLD_H

#include "pipe/cube/cube_points.h"
#include "pipe/program_floats/float_values.h"

/* The mix of the plan's step *at, which has a cube, and the matrices after it, as far
 * as they can be folded; *at becomes the step after them. *mix becomes what could not
 * be folded: 1 or the cube's own. `in`: what the cube sees; `most`: the largest sample.
 */
Folding cube_fold_take(const Plan *plan, int *at, const Values *in, double most,
                       double *mix);

/* What the folded points of a cube depend on, for samples up to `most` and points of
 * `bits` (0: single precision). */
CubePointsKey cube_fold_key(const Folding *fold, double most, int bits);

/* A row of folded points along red, in samples: 3 * size numbers. */
void cube_fold_row(const Cube *cube, const Folding *fold, double most, int green,
                   int blue, double *row);

#endif
