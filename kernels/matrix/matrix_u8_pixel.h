/* matrix_u8_pixel — one pixel through matrix_u8.h: its definition, and the ends of
 * rows.
 *
 * Private to kernels.
 * Threads: pure.
 */
#ifndef LUTIST_KERNELS_MATRIX_MATRIX_U8_PIXEL_H
#define LUTIST_KERNELS_MATRIX_MATRIX_U8_PIXEL_H

#include "matrix/matrix_u8_weights.h"
#include "sample.h"

enum { MATRIX_U8_MIDDLE = 128 };

/* floor(value / 2^bits + 0.5); compilers shift negative numbers arithmetically. */
KERNEL_INLINE int matrix_u8_round(int value, int bits)
{
    return (value + (1 << (bits - 1))) >> bits;
}

KERNEL_INLINE void matrix_u8_pixel(uint8_t *d, const uint8_t *s, const MatrixU8 *m,
                                   size_t channels)
{
    const int in[3] = {s[0] - MATRIX_U8_MIDDLE, s[1] - MATRIX_U8_MIDDLE,
                       s[2] - MATRIX_U8_MIDDLE};
    if (channels == 4)
        d[3] = s[3];
    for (int c = 0; c < 3; c++) {
        int sum = m->bias[c];
        for (int k = 0; k < 3; k++)
            sum += matrix_u8_round(in[k] * m->weight[c][k], 7);
        int sample = matrix_u8_round((int16_t)sum, m->bits - 7);
        d[c] = (uint8_t)(sample < 0 ? 0 : sample > 255 ? 255 : sample);
    }
}

/* `channels` is a constant. */
KERNEL_INLINE void matrix_u8_pixels(uint8_t *d, const uint8_t *s, size_t n,
                                    const MatrixU8 *m, size_t channels)
{
    for (size_t i = 0; i < n; i++)
        matrix_u8_pixel(d + i * channels, s + i * channels, m, channels);
}

#endif
