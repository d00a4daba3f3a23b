/* lut3d_f32 — matrices, 3D tables and curves in turn on colours of 8 and 16 bits, in
 * single precision.
 *
 * A sample, or its entry of a table, goes through the steps and is rounded once. A step
 * is a matrix or a 3D table, interpolated by the formula of lut3d.h, and a curve a
 * channel, on values of any unit; the last step's are samples. Multiplications and
 * additions are not fused, so every level gives the same bits.
 * Threads: kernels as in kernels.h; each fill runs once, while the table is made.
 */
#ifndef LUTIST_KERNELS_LUT3D_LUT3D_F32_H
#define LUTIST_KERNELS_LUT3D_LUT3D_F32_H

#include <stddef.h>
#include <stdint.h>

#include "line_curve.h"

typedef struct Lut3dF32Step {
    /* NULL: a matrix. Else red, green and blue of each lattice point, finite; red's
     * index rises fastest, then green's. One more float follows, of any value. */
    const float *points;
    int size; /* points a side: LUT3D_LEAST_SIZE to LUT3D_MOST_SIZE */
    /* The position on an axis is x * scale + start, clamped to 0 … size - 1; a NaN
     * becomes 0. Fractions are cut to multiples of 2^-22 of the power of two above
     * them. */
    float scale[3], start[3];
    /* The result is x + mix * (table(x) - x), or table(x) where mix is 1. */
    float mix;
    /* Channel c becomes m[c][0] * (red - green) + m[c][1] * green + m[c][2] * (blue -
     * green) + m[c][3], added from left to right: where rows agree in m[c][1] and
     * m[c][3], three equal values stay equal. m[c][3] is not -0. */
    float matrix[3][4];
    /* What follows the matrix or the table; a NaN goes on as 0. */
    LineCurve curve[3];
} Lut3dF32Step;

typedef struct Lut3dF32 {
    /* 256 or 65,536 entries each; NULL: none; pointers may be equal. */
    const float *tone[3];
    /* Without a table: a curve for the samples as numbers, without NaN. */
    LineCurve input[3];
    const Lut3dF32Step *steps;
    int n_steps;
} Lut3dF32;

/* Samples become floor(clamp(v, 0, most) + 0.5) of the last step's values, with most =
 * 255 or 65,535; alpha is copied. found[0 … returned) are the pixels for which a curve
 * gave NaN, rising; there is room for n. As in kernels.h. */
typedef size_t (*lut3d_f32_fn)(void *dst, const void *src, size_t n,
                               const Lut3dF32 *chain, uint32_t *found);

typedef struct Lut3dF32Kernels {
    lut3d_f32_fn u8[2], u16[2]; /* RGB, RGBA */
    /* The same for results larger than the caches; see Lut1dKernels. */
    lut3d_f32_fn u16_stream[2];
} Lut3dF32Kernels;

void lut3d_f32_fill_c(Lut3dF32Kernels *kernels);
/* The scalar reference at 16 bits, for levels that leave chains to it. */
size_t lut3d_f32_c(void *dst, const void *src, size_t n, const Lut3dF32 *chain,
                   uint32_t *found, int channels);
void lut3d_f32_fill_avx2(Lut3dF32Kernels *kernels);
void lut3d_f32_fill_neon(Lut3dF32Kernels *kernels);

#endif
