/* matrix_u8 — a 3×3 or 3×4 matrix on 8-bit colours, in whole numbers of 16 bits.
 * Threads: kernels as in kernels.h; each fill runs once, while the table is made.
 */
#ifndef LUTIST_KERNELS_MATRIX_MATRIX_U8_H
#define LUTIST_KERNELS_MATRIX_MATRIX_U8_H

#include <stddef.h>

#include "matrix/matrix_u8_weights.h"

/* n pixels. Channel c of the result is the rounded sum of bias[c] and of (sample - 128)
 * * weight[c][k] / 128 for each sample k, these rounded too, clamped to 0 … 255; all
 * round half up. Alpha is copied. As in kernels.h.
 *
 * With the weights of matrix_u8_weights a sum never overflows, and is within 3.5 ÷
 * 2^(bits - 7) steps of the matrix in double precision: 0.03 for weights below 2, 0.44
 * at most. So the result is at most one step from that of double precision; where
 * weights are 0 or ±1, as in a permutation, they are equal. */
typedef void (*matrix_u8_fn)(uint8_t *dst, const uint8_t *src, size_t n,
                             const MatrixU8 *matrix);

typedef struct MatrixU8Kernels {
    matrix_u8_fn pixels[2]; /* RGB, RGBA */
    /* The same for results larger than the caches: stores bypass them. Other threads
     * see the result after any later lock or atomic release. */
    matrix_u8_fn stream[2];
} MatrixU8Kernels;

void matrix_u8_fill_c(MatrixU8Kernels *kernels);
void matrix_u8_fill_avx2(MatrixU8Kernels *kernels);
void matrix_u8_fill_avx512(MatrixU8Kernels *kernels);
void matrix_u8_fill_neon(MatrixU8Kernels *kernels);

#endif
