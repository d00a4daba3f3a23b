/* The scalar reference of weigh_group.h. */
#include "weigh/weigh_group.h"

static void lk_weigh_gather_c(float *dst, const float *const *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (int r = 0; r < WEIGH_GROUP; r++)
            *dst++ = rows[r][i];
}

static void lk_weigh_columns_c(float *dst, const float *src, int channels,
                               const int *first, const float *weights, int taps,
                               size_t n)
{
    ptrdiff_t pixel = (ptrdiff_t)channels * WEIGH_GROUP;
    for (size_t i = 0; i < n; i++, weights += taps)
        for (int c = 0; c < channels; c++, dst += WEIGH_GROUP) {
            const float *from = src + first[i] * pixel + (ptrdiff_t)c * WEIGH_GROUP;
            float sums[WEIGH_GROUP] = {0};
            for (int k = 0; k < taps; k++, from += pixel)
                for (int r = 0; r < WEIGH_GROUP; r++)
                    sums[r] += weights[k] * from[r];
            for (int r = 0; r < WEIGH_GROUP; r++)
                dst[r] = sums[r];
        }
}

#define DEFINE_SCATTER(BITS)                                                           \
    static void lk_weigh_scatter_u##BITS##_c(void *const *rows, const float *src,      \
                                             size_t n)                                 \
    {                                                                                  \
        const float max = (1 << BITS) - 1;                                             \
        for (size_t i = 0; i < n; i++)                                                 \
            for (int r = 0; r < WEIGH_GROUP; r++) {                                    \
                float sample = *src++;                                                 \
                sample = sample > 0 ? sample : 0;                                      \
                sample = sample < max ? sample : max;                                  \
                ((uint##BITS##_t *)rows[r])[i] = (uint##BITS##_t)(int)(sample + 0.5F); \
            }                                                                          \
    }

DEFINE_SCATTER(8)
DEFINE_SCATTER(16)

void weigh_group_fill_c(WeighGroupKernels *kernels)
{
    kernels->gather = lk_weigh_gather_c;
    kernels->columns = lk_weigh_columns_c;
    kernels->scatter_u8 = lk_weigh_scatter_u8_c;
    kernels->scatter_u16 = lk_weigh_scatter_u16_c;
}
