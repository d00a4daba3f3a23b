/* bench_cube — the 3D table of the kernels' benchmark, and what it must give.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BENCH_BENCH_CUBE_H
#define LUTIST_BENCH_BENCH_CUBE_H

#include "pipe/cube/cube.h"

/* A film's look, 33 points a side. Fails: ERR_MEMORY. */
Cube *bench_cube_new(Err *err);
/* Tetrahedral interpolation between the points' formulas, in double precision. */
void bench_cube_reference(const double in[3], double out[3]);

#endif
