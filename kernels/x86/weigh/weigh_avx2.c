/* Weighed rows, thirty-two samples a round: their sums stay in registers while the rows
 * are gone through. Products and sums of floats are rounded apart, as in the reference;
 * those of whole numbers are made of two rows at once. */
#include <immintrin.h>
#include <string.h>

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

/* Colours are multiplied by the alpha of their pixel, alpha by 1. */
static inline __m256 alpha_x1(__m256 v)
{
    return v;
}

static inline __m256 alpha_x2(__m256 v)
{
    enum { ALPHA = 0xF5 /* 1 1 3 3 */, COLORS = 0x55 };
    __m256 alpha = _mm256_permute_ps(v, ALPHA);
    return _mm256_mul_ps(v, _mm256_blend_ps(_mm256_set1_ps(1), alpha, COLORS));
}

static inline __m256 alpha_x4(__m256 v)
{
    enum { ALPHA = 0xFF /* 3 3 3 3 */, COLORS = 0x77 };
    __m256 alpha = _mm256_permute_ps(v, ALPHA);
    return _mm256_mul_ps(v, _mm256_blend_ps(_mm256_set1_ps(1), alpha, COLORS));
}

#define DEFINE_WEIGH(BITS, X)                                                          \
    static inline void sum_u##BITS##X(float *dst, const void *const *rows,             \
                                      const float *weights, int taps, size_t at,       \
                                      int vectors)                                     \
    {                                                                                  \
        __m256 sums[VECTORS];                                                          \
        for (int v = 0; v < vectors; v++)                                              \
            sums[v] = _mm256_setzero_ps();                                             \
        for (int k = 0; k < taps; k++) {                                               \
            __m256 weight = _mm256_set1_ps(weights[k]);                                \
            for (int v = 0; v < vectors; v++) {                                        \
                __m256 samples = alpha_##X(load_u##BITS(rows[k], at + v * LANES));     \
                sums[v] = _mm256_add_ps(sums[v], _mm256_mul_ps(weight, samples));      \
            }                                                                          \
        }                                                                              \
        for (int v = 0; v < vectors; v++)                                              \
            _mm256_storeu_ps(dst + at + v * LANES, sums[v]);                           \
    }                                                                                  \
    /* Fewer than a vector has. */                                                     \
    static void sum_rest_u##BITS##X(float *dst, const void *const *rows,               \
                                    const float *weights, int taps, size_t at,         \
                                    size_t count)                                      \
    {                                                                                  \
        __m256 sum = _mm256_setzero_ps();                                              \
        float sums[LANES];                                                             \
        for (int k = 0; k < taps; k++) {                                               \
            uint##BITS##_t rest[LANES] = {0};                                          \
            memcpy(rest, (const uint##BITS##_t *)rows[k] + at, count * sizeof *rest);  \
            __m256 samples = alpha_##X(load_u##BITS(rest, 0));                         \
            sum = _mm256_add_ps(sum,                                                   \
                                _mm256_mul_ps(_mm256_set1_ps(weights[k]), samples));   \
        }                                                                              \
        _mm256_storeu_ps(sums, sum);                                                   \
        memcpy(dst + at, sums, count * sizeof *sums);                                  \
    }                                                                                  \
    static void lk_weigh_u##BITS##X##_avx2(float *dst, const void *const *rows,        \
                                           const float *weights, int taps, size_t n)   \
    {                                                                                  \
        size_t at = 0;                                                                 \
        for (; at + STEP <= n; at += STEP)                                             \
            sum_u##BITS##X(dst, rows, weights, taps, at, VECTORS);                     \
        for (; at + LANES <= n; at += LANES)                                           \
            sum_u##BITS##X(dst, rows, weights, taps, at, 1);                           \
        if (at < n)                                                                    \
            sum_rest_u##BITS##X(dst, rows, weights, taps, at, n - at);                 \
    }

DEFINE_WEIGH(8, x2)
DEFINE_WEIGH(8, x4)
DEFINE_WEIGH(16, x1)
DEFINE_WEIGH(16, x2)
DEFINE_WEIGH(16, x4)

/* Sums of a vector of bytes in four of 32 bits. Unpacking works in lanes: sums[v] has
 * bytes 4 * v to 4 * v + 3, and those 16 further on. */
typedef struct WholeSums {
    __m256i of[VECTORS];
} WholeSums;

static inline __m256i load_bytes(const void *row, size_t i)
{
    return _mm256_loadu_si256((const __m256i *)((const uint8_t *)row + i));
}

static inline void add_two_rows(WholeSums *sums, __m256i a, __m256i b, int16_t by_a,
                                int16_t by_b)
{
    const __m256i zero = _mm256_setzero_si256();
    uint32_t pair = (uint16_t)by_a | (uint32_t)(uint16_t)by_b << 16;
    __m256i weights = _mm256_set1_epi32((int)pair);
    __m256i low = _mm256_unpacklo_epi8(a, b), high = _mm256_unpackhi_epi8(a, b);
    const __m256i samples[VECTORS] = {
        _mm256_unpacklo_epi8(low, zero), _mm256_unpackhi_epi8(low, zero),
        _mm256_unpacklo_epi8(high, zero), _mm256_unpackhi_epi8(high, zero)};
    for (int v = 0; v < VECTORS; v++)
        sums->of[v] =
            _mm256_add_epi32(sums->of[v], _mm256_madd_epi16(samples[v], weights));
}

static inline void put_whole(float *dst, __m256i sums, float unit)
{
    _mm256_storeu_ps(dst,
                     _mm256_mul_ps(_mm256_cvtepi32_ps(sums), _mm256_set1_ps(unit)));
}

static inline void sum_whole(float *dst, const void *const *rows,
                             const int16_t *weights, float unit, int taps, size_t at)
{
    enum { LOW = 0x20, HIGH = 0x31 }; /* lanes of both */
    WholeSums sums = {0};
    int k = 0;
    for (; k + 1 < taps; k += 2)
        add_two_rows(&sums, load_bytes(rows[k], at), load_bytes(rows[k + 1], at),
                     weights[k], weights[k + 1]);
    if (k < taps)
        add_two_rows(&sums, load_bytes(rows[k], at), _mm256_setzero_si256(), weights[k],
                     0);
    for (int v = 0; v < VECTORS; v += 2) {
        float *to = dst + at + (ptrdiff_t)v * LANES / 2;
        __m256i a = sums.of[v], b = sums.of[v + 1];
        put_whole(to, _mm256_permute2x128_si256(a, b, LOW), unit);
        put_whole(to + STEP / 2, _mm256_permute2x128_si256(a, b, HIGH), unit);
    }
}

static void lk_weigh_whole_u8_avx2(float *dst, const void *const *rows,
                                   const int16_t *weights, float unit, int taps,
                                   size_t n)
{
    size_t at = 0;
    for (; at + STEP <= n; at += STEP)
        sum_whole(dst, rows, weights, unit, taps, at);
    for (; at < n; at++) {
        int32_t sum = 0;
        for (int k = 0; k < taps; k++)
            sum += weights[k] * ((const uint8_t *)rows[k])[at];
        dst[at] = unit * (float)sum;
    }
}

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
    kernels->whole_u8 = lk_weigh_whole_u8_avx2;
    kernels->u8[2] = lk_weigh_u8x2_avx2;
    kernels->u8[4] = lk_weigh_u8x4_avx2;
    kernels->u16[1] = kernels->u16[3] = lk_weigh_u16x1_avx2;
    kernels->u16[2] = lk_weigh_u16x2_avx2;
    kernels->u16[4] = lk_weigh_u16x4_avx2;
    kernels->pixels = lk_weigh_pixels_avx2;
}
