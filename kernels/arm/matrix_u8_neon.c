/* vqrdmulh gives (2 * a * b + 2^15) >> 16, which is the (a * b + 2^14) >> 15 of
 * x86/matrix_u8_avx2.c. */
#include <arm_neon.h>

#include "matrix/matrix_u8.h"
#include "matrix/matrix_u8_pixel.h"

enum { STEP = 16 };

/* The samples as (sample - 128) * 256. */
static inline int16x8_t widen(uint8x8_t x)
{
    return vshll_n_s8(vreinterpret_s8_u8(veor_u8(x, vdup_n_u8(MATRIX_U8_MIDDLE))), 8);
}

static inline uint8x8_t mix(const MatrixU8 *m, int c, const int16x8_t in[3])
{
    int16x8_t sum = vdupq_n_s16(m->bias[c]);
    for (int k = 0; k < 3; k++)
        sum = vaddq_s16(sum, vqrdmulhq_n_s16(in[k], m->weight[c][k]));
    return vqmovun_s16(vrshlq_s16(sum, vdupq_n_s16((int16_t)(7 - m->bits))));
}

static inline void mix_planes(const MatrixU8 *m, uint8x16_t plane[3])
{
    int16x8_t low[3], high[3];
    for (int k = 0; k < 3; k++) {
        low[k] = widen(vget_low_u8(plane[k]));
        high[k] = widen(vget_high_u8(plane[k]));
    }
    for (int c = 0; c < 3; c++)
        plane[c] = vcombine_u8(mix(m, c, low), mix(m, c, high));
}

static void lk_matrix_u8x3_neon(uint8_t *dst, const uint8_t *src, size_t n,
                                const MatrixU8 *matrix)
{
    for (; n >= STEP; n -= STEP, dst += 3 * STEP, src += 3 * STEP) {
        uint8x16x3_t v = vld3q_u8(src);
        mix_planes(matrix, v.val);
        vst3q_u8(dst, v);
    }
    matrix_u8_pixels(dst, src, n, matrix, 3);
}

static void lk_matrix_u8x4_neon(uint8_t *dst, const uint8_t *src, size_t n,
                                const MatrixU8 *matrix)
{
    for (; n >= STEP; n -= STEP, dst += 4 * STEP, src += 4 * STEP) {
        uint8x16x4_t v = vld4q_u8(src);
        mix_planes(matrix, v.val);
        vst4q_u8(dst, v);
    }
    matrix_u8_pixels(dst, src, n, matrix, 4);
}

void matrix_u8_fill_neon(MatrixU8Kernels *kernels)
{
    kernels->pixels[0] = kernels->stream[0] = lk_matrix_u8x3_neon;
    kernels->pixels[1] = kernels->stream[1] = lk_matrix_u8x4_neon;
}
