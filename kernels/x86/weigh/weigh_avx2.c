/* Weighed rows, thirty-two samples a round: their sums stay in registers while the rows
 * are gone through. Products and sums are rounded apart, as in the reference. */
#include <immintrin.h>

#include "weigh/weigh.h"

enum { LANES = 8, VECTORS = 4, STEP = LANES * VECTORS, PIXELS = 4 };

static inline __m256 load_u8(const void *row, size_t i)
{
    const uint8_t *from = (const uint8_t *)row + i;
    return _mm256_cvtepi32_ps(
        _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)from)));
}

static inline __m256 load_u16(const void *row, size_t i)
{
    const uint16_t *from = (const uint16_t *)row + i;
    return _mm256_cvtepi32_ps(
        _mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i *)from)));
}

#define DEFINE_WEIGH(BITS)                                                             \
    static inline void sum_u##BITS(float *dst, const void *const *rows,                \
                                   const float *weights, int taps, size_t at,          \
                                   int vectors)                                        \
    {                                                                                  \
        __m256 sums[VECTORS];                                                          \
        for (int v = 0; v < vectors; v++)                                              \
            sums[v] = _mm256_setzero_ps();                                             \
        for (int k = 0; k < taps; k++) {                                               \
            __m256 weight = _mm256_set1_ps(weights[k]);                                \
            for (int v = 0; v < vectors; v++)                                          \
                sums[v] = _mm256_add_ps(                                               \
                    sums[v],                                                           \
                    _mm256_mul_ps(weight, load_u##BITS(rows[k], at + v * LANES)));     \
        }                                                                              \
        for (int v = 0; v < vectors; v++)                                              \
            _mm256_storeu_ps(dst + at + v * LANES, sums[v]);                           \
    }                                                                                  \
    static void lk_weigh_u##BITS##_avx2(float *dst, const void *const *rows,           \
                                        const float *weights, int taps, size_t n)      \
    {                                                                                  \
        size_t at = 0;                                                                 \
        for (; at + STEP <= n; at += STEP)                                             \
            sum_u##BITS(dst, rows, weights, taps, at, VECTORS);                        \
        for (; at + LANES <= n; at += LANES)                                           \
            sum_u##BITS(dst, rows, weights, taps, at, 1);                              \
        for (; at < n; at++) {                                                         \
            float sum = 0;                                                             \
            for (int k = 0; k < taps; k++)                                             \
                sum += weights[k] * (float)((const uint##BITS##_t *)rows[k])[at];      \
            dst[at] = sum;                                                             \
        }                                                                              \
    }

DEFINE_WEIGH(8)
DEFINE_WEIGH(16)

/* `count` neighbouring pixels at once: their sums do not wait for each other. */
static inline void sum_pixels(float *dst, const float *src, int channels,
                              const int *first, const float *weights, int taps,
                              int count)
{
    const float *from[PIXELS];
    __m128 sums[PIXELS];
    for (int p = 0; p < count; p++) {
        from[p] = src + (ptrdiff_t)channels * first[p];
        sums[p] = _mm_setzero_ps();
    }
    for (int k = 0; k < taps; k++)
        for (int p = 0; p < count; p++) {
            __m128 weight = _mm_broadcast_ss(weights + p * taps + k);
            __m128 pixel = _mm_loadu_ps(from[p] + k * channels);
            sums[p] = _mm_add_ps(sums[p], _mm_mul_ps(weight, pixel));
        }
    for (int p = 0; p < count; p++)
        _mm_storeu_ps(dst + p * WEIGH_LANES, sums[p]);
}

static void lk_weigh_pixels_avx2(float *dst, const float *src, int channels,
                                 const int *first, const float *weights, int taps,
                                 size_t n)
{
    for (; n >= PIXELS; n -= PIXELS) {
        sum_pixels(dst, src, channels, first, weights, taps, PIXELS);
        dst += PIXELS * WEIGH_LANES;
        first += PIXELS;
        weights += (ptrdiff_t)PIXELS * taps;
    }
    for (; n; n--, dst += WEIGH_LANES, first++, weights += taps)
        sum_pixels(dst, src, channels, first, weights, taps, 1);
}

void weigh_fill_avx2(WeighKernels *kernels)
{
    kernels->u8 = lk_weigh_u8_avx2;
    kernels->u16 = lk_weigh_u16_avx2;
    kernels->pixels = lk_weigh_pixels_avx2;
}
