/* lut3d_f32_cube_avx2 — the 3D table of a step of lut3d_f32.h on planes.
 *
 * Private to that kernel.
 * Threads: pure.
 */
#ifndef LUTIST_KERNELS_X86_LUT3D_LUT3D_F32_CUBE_AVX2_H
#define LUTIST_KERNELS_X86_LUT3D_LUT3D_F32_CUBE_AVX2_H

#include <stdbool.h>
#include <stddef.h>

#include "lut3d/lut3d_f32.h"

/* In place: n colours, a multiple of 8, in planes of red, green and blue. */
void lut3d_f32_cube_avx2(float *const planes[3], size_t n, const Lut3dF32Step *step);

/* The last step of a chain, where it has no curves and mix is 1: n colours, a multiple
 * of 16 in the order of lut3d_f32_u16_avx2.h, become pixels of 16 bits. Alpha comes
 * from `src`. `stream`: dst is a multiple of 32 bytes. */
void lut3d_f32_cube_u16_avx2(uint16_t *dst, const uint16_t *src,
                             const float *const planes[3], size_t n,
                             const Lut3dF32Step *step, size_t channels, bool stream);

#endif
