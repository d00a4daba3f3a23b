/* Halving without alpha: loads that separate the channels, and sums of neighbours. */
#include <arm_neon.h>

#include "halve/halve.h"

#define MEAN(U, L, I, K) ((U[I] + U[(I) + (K)] + L[I] + L[(I) + (K)] + 2u) / 4u)

static inline uint8x8_t mean_u8(uint8x16_t upper, uint8x16_t lower)
{
    return vrshrn_n_u16(vaddq_u16(vpaddlq_u8(upper), vpaddlq_u8(lower)), 2);
}

static inline uint16x4_t mean_u16(uint16x8_t upper, uint16x8_t lower)
{
    return vrshrn_n_u32(vaddq_u32(vpaddlq_u16(upper), vpaddlq_u16(lower)), 2);
}

static void lk_halve_u8x1_neon(void *dst, const void *upper, const void *lower,
                               size_t n)
{
    uint8_t *d = dst;
    const uint8_t *u = upper, *l = lower;
    for (; n >= 8; n -= 8, d += 8, u += 16, l += 16)
        vst1_u8(d, mean_u8(vld1q_u8(u), vld1q_u8(l)));
    for (size_t i = 0; i < n; i++)
        d[i] = (uint8_t)MEAN(u, l, 2 * i, 1);
}

static void lk_halve_u8x3_neon(void *dst, const void *upper, const void *lower,
                               size_t n)
{
    uint8_t *d = dst;
    const uint8_t *u = upper, *l = lower;
    for (; n >= 8; n -= 8, d += 24, u += 48, l += 48) {
        uint8x16x3_t a = vld3q_u8(u), b = vld3q_u8(l);
        uint8x8x3_t out = {{mean_u8(a.val[0], b.val[0]), mean_u8(a.val[1], b.val[1]),
                            mean_u8(a.val[2], b.val[2])}};
        vst3_u8(d, out);
    }
    for (size_t i = 0; i < 3 * n; i++)
        d[i] = (uint8_t)MEAN(u, l, i / 3 * 6 + i % 3, 3);
}

static void lk_halve_u16x1_neon(void *dst, const void *upper, const void *lower,
                                size_t n)
{
    uint16_t *d = dst;
    const uint16_t *u = upper, *l = lower;
    for (; n >= 4; n -= 4, d += 4, u += 8, l += 8)
        vst1_u16(d, mean_u16(vld1q_u16(u), vld1q_u16(l)));
    for (size_t i = 0; i < n; i++)
        d[i] = (uint16_t)MEAN(u, l, 2 * i, 1);
}

static void lk_halve_u16x3_neon(void *dst, const void *upper, const void *lower,
                                size_t n)
{
    uint16_t *d = dst;
    const uint16_t *u = upper, *l = lower;
    for (; n >= 4; n -= 4, d += 12, u += 24, l += 24) {
        uint16x8x3_t a = vld3q_u16(u), b = vld3q_u16(l);
        uint16x4x3_t out = {{mean_u16(a.val[0], b.val[0]), mean_u16(a.val[1], b.val[1]),
                             mean_u16(a.val[2], b.val[2])}};
        vst3_u16(d, out);
    }
    for (size_t i = 0; i < 3 * n; i++)
        d[i] = (uint16_t)MEAN(u, l, i / 3 * 6 + i % 3, 3);
}

void halve_fill_neon(HalveKernels *kernels)
{
    kernels->u8[1] = lk_halve_u8x1_neon;
    kernels->u8[3] = lk_halve_u8x3_neon;
    kernels->u16[1] = lk_halve_u16x1_neon;
    kernels->u16[3] = lk_halve_u16x3_neon;
    kernels->lut_u8[3] = NULL;
}
