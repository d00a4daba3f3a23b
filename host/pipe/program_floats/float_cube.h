/* float_cube — a plan's cube as a step of the single-precision kernel.
 *
 * Its mix and the matrices behind it are folded into its points where that changes
 * nothing.
 * Threads: one, as compile_floats.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_PROGRAM_FLOATS_FLOAT_CUBE_H
#define LUTIST_PIPE_PROGRAM_FLOATS_FLOAT_CUBE_H

#include "pipe/program_floats/float_making.h"

/* The plan's next step, which has a cube, and the matrices that are folded into it, as
 * the step `to`. *good is false if single precision is not exact enough. Fails:
 * ERR_MEMORY. */
bool float_cube_take(Making *m, Lut3dF32Step *to, bool *good, Err *err);

#endif
