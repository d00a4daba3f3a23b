/* lut1d — the implementations of the one-dimensional lookup, as kernels.h defines it.
 *
 * Threads: each function runs once, inside kernels_fill.
 */
#ifndef LUTIST_KERNELS_LUT1D_H
#define LUTIST_KERNELS_LUT1D_H

#include "kernels.h"

void lut1d_fill_c(Kernels *kernels);
void lut1d_fill_avx2(Kernels *kernels);
void lut1d_u16_fill_avx2(Kernels *kernels);
void lut1d_fill_avx512(Kernels *kernels);
void lut1d_fill_neon(Kernels *kernels);

#endif
