/* float_tones — a plan's first tones, before any matrix or cube, for the
 * single-precision kernel.
 *
 * At 16 bits straight pieces (line_samples.h), which stay in the first-level cache, if
 * they are exact enough; otherwise, and at 8 bits, a table.
 * Threads: one, as compile_floats.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_PROGRAM_FLOATS_FLOAT_TONES_H
#define LUTIST_PIPE_PROGRAM_FLOATS_FLOAT_TONES_H

#include "pipe/program_floats/float_making.h"

/* The tones, behind which come the shapers of a cube in the first step. Fails:
 * ERR_MEMORY. */
bool float_tones_take(Making *m, Err *err);

#endif
