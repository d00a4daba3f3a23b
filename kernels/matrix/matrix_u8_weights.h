/* matrix_u8_weights — a matrix in whole numbers of 16 bits.
 *
 * Samples count from the middle of their range, which halves all rounding errors. A
 * weight has `bits` fractional bits, a sum bits - 7.
 * Threads: pure.
 */
#ifndef LUTIST_KERNELS_MATRIX_MATRIX_U8_WEIGHTS_H
#define LUTIST_KERNELS_MATRIX_MATRIX_U8_WEIGHTS_H

#include <stdbool.h>
#include <stdint.h>

enum { MATRIX_U8_FEWEST_BITS = 10, MATRIX_U8_MOST_BITS = 14 };

typedef struct MatrixU8 {
    int16_t weight[3][3]; /* of red, green and blue in; not -32,768 */
    int16_t bias[3];      /* the sum where all samples are 128 */
    int bits;             /* MATRIX_U8_FEWEST_BITS to _MOST_BITS */
} MatrixU8;

/* The weights of `rows`, for normalised values, with as many bits as they leave room
 * for. Without room for the fewest bits: false. The largest kept weight is 32. */
bool matrix_u8_weights(const double rows[3][4], MatrixU8 *matrix);

#endif
