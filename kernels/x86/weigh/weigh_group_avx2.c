/* Groups of eight rows: a vector has one sample of each. Products and sums are rounded
 * apart, as in the reference. */
#include <immintrin.h>

#include "weigh/weigh_group.h"

enum { SIDE = WEIGH_GROUP /* samples that are turned at a time */ };

/* Eight samples of eight rows; in `v` a vector is of one row, in dst of one sample. */
static inline void turn(float *dst, const __m256 *v)
{
    __m256 pairs[SIDE], fours[SIDE];
    for (int i = 0; i < SIDE; i += 2) {
        pairs[i] = _mm256_unpacklo_ps(v[i], v[i + 1]);
        pairs[i + 1] = _mm256_unpackhi_ps(v[i], v[i + 1]);
    }
    for (int i = 0; i < SIDE; i += 4)
        for (int j = 0; j < 2; j++) {
            __m256 a = pairs[i + j], b = pairs[i + j + 2];
            fours[i + 2 * j] = _mm256_shuffle_ps(a, b, 0x44);
            fours[i + 2 * j + 1] = _mm256_shuffle_ps(a, b, 0xee);
        }
    for (int i = 0; i < 4; i++) {
        __m256 a = fours[i], b = fours[i + 4];
        _mm256_storeu_ps(dst + i * SIDE, _mm256_permute2f128_ps(a, b, 0x20));
        _mm256_storeu_ps(dst + (i + 4) * SIDE, _mm256_permute2f128_ps(a, b, 0x31));
    }
}

static void lk_weigh_gather_avx2(float *dst, const float *const *rows, size_t n)
{
    size_t at = 0;
    for (; at + SIDE <= n; at += SIDE) {
        __m256 v[SIDE];
        for (int r = 0; r < SIDE; r++)
            v[r] = _mm256_loadu_ps(rows[r] + at);
        turn(dst + at * SIDE, v);
    }
    for (; at < n; at++)
        for (int r = 0; r < SIDE; r++)
            dst[at * SIDE + (size_t)r] = rows[r][at];
}

/* `channels` is a constant where this is inlined. */
static inline void sum_columns(float *dst, const float *src, int channels,
                               const int *first, const float *weights, int taps,
                               size_t n)
{
    for (size_t i = 0; i < n; i++, weights += taps) {
        const float *from = src + (ptrdiff_t)first[i] * channels * SIDE;
        __m256 sums[4];
        for (int c = 0; c < channels; c++)
            sums[c] = _mm256_setzero_ps();
        for (int k = 0; k < taps; k++, from += channels * SIDE) {
            __m256 weight = _mm256_broadcast_ss(weights + k);
            for (int c = 0; c < channels; c++)
                sums[c] = _mm256_add_ps(
                    sums[c], _mm256_mul_ps(weight, _mm256_loadu_ps(from + c * SIDE)));
        }
        for (int c = 0; c < channels; c++, dst += SIDE)
            _mm256_storeu_ps(dst, sums[c]);
    }
}

static void lk_weigh_columns_avx2(float *dst, const float *src, int channels,
                                  const int *first, const float *weights, int taps,
                                  size_t n)
{
    switch (channels) {
    case 1:
        sum_columns(dst, src, 1, first, weights, taps, n);
        break;
    case 2:
        sum_columns(dst, src, 2, first, weights, taps, n);
        break;
    case 3:
        sum_columns(dst, src, 3, first, weights, taps, n);
        break;
    default:
        sum_columns(dst, src, 4, first, weights, taps, n);
    }
}

/* Two samples: four rows of the one and of the other in each half. */
static inline __m256i round_two(const float *src, float max)
{
    __m256i rounded[2];
    for (int i = 0; i < 2; i++) {
        __m256 v = _mm256_loadu_ps(src + i * SIDE);
        v = _mm256_max_ps(v, _mm256_setzero_ps());
        v = _mm256_min_ps(v, _mm256_set1_ps(max));
        rounded[i] = _mm256_cvttps_epi32(_mm256_add_ps(v, _mm256_set1_ps(0.5F)));
    }
    return _mm256_packus_epi32(rounded[0], rounded[1]);
}

/* Four samples, row after row: four rows in each half. */
static inline __m256i four_u8(const float *src)
{
    const __m256i turned = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15));
    __m256i four =
        _mm256_packus_epi16(round_two(src, 255), round_two(src + 2 * SIDE, 255));
    return _mm256_shuffle_epi8(four, turned);
}

static inline void eight_u8(void *const *rows, size_t at, const float *src)
{
    __m256i a = four_u8(src), b = four_u8(src + 4 * SIDE);
    __m256i pairs[2] = {_mm256_unpacklo_epi32(a, b), _mm256_unpackhi_epi32(a, b)};
    for (int r = 0; r < SIDE; r++) {
        __m256i pair = pairs[r / 2 % 2];
        __m128i half =
            r < 4 ? _mm256_castsi256_si128(pair) : _mm256_extracti128_si256(pair, 1);
        half = r % 2 ? _mm_unpackhi_epi64(half, half) : half;
        _mm_storel_epi64((__m128i *)((uint8_t *)rows[r] + at), half);
    }
}

/* Four samples: of two rows of each half in the first, of two more in the second. */
static inline void four_u16(const float *src, __m256i *fours)
{
    __m256i a = round_two(src, 65535), b = round_two(src + 2 * SIDE, 65535);
    __m256i even = _mm256_unpacklo_epi16(a, b), odd = _mm256_unpackhi_epi16(a, b);
    fours[0] = _mm256_unpacklo_epi16(even, odd);
    fours[1] = _mm256_unpackhi_epi16(even, odd);
}

static inline void eight_u16(void *const *rows, size_t at, const float *src)
{
    __m256i a[2], b[2];
    four_u16(src, a);
    four_u16(src + 4 * SIDE, b);
    for (int r = 0; r < 4; r++) {
        __m256i row = r % 2 ? _mm256_unpackhi_epi64(a[r / 2], b[r / 2])
                            : _mm256_unpacklo_epi64(a[r / 2], b[r / 2]);
        _mm_storeu_si128((__m128i *)((uint16_t *)rows[r] + at),
                         _mm256_castsi256_si128(row));
        _mm_storeu_si128((__m128i *)((uint16_t *)rows[r + 4] + at),
                         _mm256_extracti128_si256(row, 1));
    }
}

#define DEFINE_SCATTER(BITS)                                                           \
    static void lk_weigh_scatter_u##BITS##_avx2(void *const *rows, const float *src,   \
                                                size_t n)                              \
    {                                                                                  \
        const float max = (1 << BITS) - 1;                                             \
        size_t at = 0;                                                                 \
        for (; at + SIDE <= n; at += SIDE, src += SIDE * SIDE)                         \
            eight_u##BITS(rows, at, src);                                              \
        for (; at < n; at++)                                                           \
            for (int r = 0; r < SIDE; r++) {                                           \
                float sample = *src++;                                                 \
                sample = sample > 0 ? sample : 0;                                      \
                sample = sample < max ? sample : max;                                  \
                ((uint##BITS##_t *)rows[r])[at] =                                      \
                    (uint##BITS##_t)(int)(sample + 0.5F);                              \
            }                                                                          \
    }

DEFINE_SCATTER(8)
DEFINE_SCATTER(16)

void weigh_group_fill_avx2(WeighGroupKernels *kernels)
{
    kernels->gather = lk_weigh_gather_avx2;
    kernels->columns = lk_weigh_columns_avx2;
    kernels->scatter_u8 = lk_weigh_scatter_u8_avx2;
    kernels->scatter_u16 = lk_weigh_scatter_u16_avx2;
}
