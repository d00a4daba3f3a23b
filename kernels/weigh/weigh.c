/* The scalar reference of weigh.h. */
#include "weigh/weigh.h"

enum { BLOCK = 512 }; /* sums that stay in the first-level cache */

#define DEFINE_WEIGH(BITS)                                                             \
    static void add_u##BITS(float *sums, const uint##BITS##_t *row, float weight,      \
                            size_t n)                                                  \
    {                                                                                  \
        for (size_t i = 0; i < n; i++)                                                 \
            sums[i] += weight * (float)row[i];                                         \
    }                                                                                  \
    static void lk_weigh_u##BITS##_c(float *dst, const void *const *rows,              \
                                     const float *weights, int taps, size_t n)         \
    {                                                                                  \
        for (size_t at = 0; at < n; at += BLOCK) {                                     \
            size_t size = n - at < BLOCK ? n - at : BLOCK;                             \
            for (size_t i = 0; i < size; i++)                                          \
                dst[at + i] = 0;                                                       \
            for (int k = 0; k < taps; k++)                                             \
                add_u##BITS(dst + at, (const uint##BITS##_t *)rows[k] + at,            \
                            weights[k], size);                                         \
        }                                                                              \
    }

DEFINE_WEIGH(8)
DEFINE_WEIGH(16)

static void lk_weigh_pixels_c(float *dst, const float *src, int channels,
                              const int *first, const float *weights, int taps,
                              size_t n)
{
    for (size_t i = 0; i < n; i++, weights += taps, dst += WEIGH_LANES) {
        const float *from = src + (ptrdiff_t)channels * first[i];
        float sums[WEIGH_LANES] = {0};
        for (int k = 0; k < taps; k++, from += channels)
            for (int c = 0; c < WEIGH_LANES; c++)
                sums[c] += weights[k] * from[c];
        for (int c = 0; c < WEIGH_LANES; c++)
            dst[c] = sums[c];
    }
}

void weigh_fill_c(WeighKernels *kernels)
{
    kernels->u8 = lk_weigh_u8_c;
    kernels->u16 = lk_weigh_u16_c;
    kernels->pixels = lk_weigh_pixels_c;
}
