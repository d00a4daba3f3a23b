/* half — the implementations of halving and of depth conversion, as kernels.h defines
 * them.
 * Threads: each function runs once, inside kernels_fill.
 */
#ifndef LUTIST_KERNELS_HALF_H
#define LUTIST_KERNELS_HALF_H

#include "kernels.h"

void half_fill_c(Kernels *kernels);
void half_fill_avx2(Kernels *kernels);
void half_fill_neon(Kernels *kernels);

void depth_fill_c(Kernels *kernels);
void depth_fill_avx2(Kernels *kernels);
void depth_fill_neon(Kernels *kernels);

#endif
