/* The scalar reference of weigh.h. */
#include <stdbool.h>

#include "weigh/weigh.h"

/* Whole pixels of 1, 2 or 4 channels, whose sums stay in the first-level cache. */
enum { BLOCK = 512 };

/* `channels` is a constant where this is inlined. */
#define DEFINE_ADD(BITS)                                                               \
    static inline void add_u##BITS(float *sums, const uint##BITS##_t *row,             \
                                   float weight, size_t n, size_t channels)            \
    {                                                                                  \
        bool has_alpha = channels % 2 == 0;                                            \
        for (size_t i = 0; i < n; i += channels) {                                     \
            float alpha = row[i + channels - 1];                                       \
            for (size_t c = 0; c < channels; c++) {                                    \
                bool color = has_alpha && c < channels - 1;                            \
                float sample = row[i + c];                                             \
                sums[i + c] += weight * (color ? alpha * sample : sample);             \
            }                                                                          \
        }                                                                              \
    }

DEFINE_ADD(8)
DEFINE_ADD(16)

#define DEFINE_WEIGH(BITS, CHANNELS)                                                   \
    static void lk_weigh_u##BITS##x##CHANNELS##_c(                                     \
        float *dst, const void *const *rows, const float *weights, int taps, size_t n) \
    {                                                                                  \
        for (size_t at = 0; at < n; at += BLOCK) {                                     \
            size_t size = n - at < BLOCK ? n - at : BLOCK;                             \
            for (size_t i = 0; i < size; i++)                                          \
                dst[at + i] = 0;                                                       \
            for (int k = 0; k < taps; k++)                                             \
                add_u##BITS(dst + at, (const uint##BITS##_t *)rows[k] + at,            \
                            weights[k], size, CHANNELS);                               \
        }                                                                              \
    }

DEFINE_WEIGH(8, 2)
DEFINE_WEIGH(8, 4)
DEFINE_WEIGH(16, 1)
DEFINE_WEIGH(16, 2)
DEFINE_WEIGH(16, 4)

static void lk_weigh_whole_u8_c(float *dst, const void *const *rows,
                                const int16_t *weights, float unit, int taps, size_t n)
{
    for (size_t at = 0; at < n; at += BLOCK) {
        size_t size = n - at < BLOCK ? n - at : BLOCK;
        int32_t sums[BLOCK] = {0};
        for (int k = 0; k < taps; k++) {
            const uint8_t *row = (const uint8_t *)rows[k] + at;
            for (size_t i = 0; i < size; i++)
                sums[i] += weights[k] * row[i];
        }
        for (size_t i = 0; i < size; i++)
            dst[at + i] = unit * (float)sums[i];
    }
}

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
    kernels->whole_u8 = lk_weigh_whole_u8_c;
    kernels->u8[2] = lk_weigh_u8x2_c;
    kernels->u8[4] = lk_weigh_u8x4_c;
    kernels->u16[1] = kernels->u16[3] = lk_weigh_u16x1_c;
    kernels->u16[2] = lk_weigh_u16x2_c;
    kernels->u16[4] = lk_weigh_u16x4_c;
    kernels->pixels = lk_weigh_pixels_c;
}
