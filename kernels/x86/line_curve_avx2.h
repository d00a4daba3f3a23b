/* line_curve_avx2 — line_curve.h for eight values at a time.
 *
 * The numbers of the pieces are computed in a vector and stored; then the pieces are
 * loaded one by one, which is faster than a gather.
 * Threads: pure.
 */
#ifndef LUTIST_KERNELS_X86_LINE_CURVE_AVX2_H
#define LUTIST_KERNELS_X86_LINE_CURVE_AVX2_H

#include <immintrin.h>

#include "line_curve.h"
#include "sample.h"

/* The numbers of the pieces. Negative bits are below `least`. */
static inline __m256i line_curve_numbers(const LineCurve *curve, __m256 x)
{
    __m256i bits = _mm256_castps_si256(x), least = _mm256_set1_epi32(curve->least);
    __m256i at = bits;
    if (curve->negative)
        at = _mm256_and_si256(at, _mm256_set1_epi32(INT32_MAX));
    at = _mm256_sra_epi32(at, _mm_cvtsi32_si128(curve->shift));
    at = _mm256_max_epi32(at, least);
    at = _mm256_min_epi32(at, _mm256_set1_epi32(curve->most));
    at = _mm256_sub_epi32(at, least);
    if (!curve->negative)
        return at;
    __m256i sign = _mm256_srai_epi32(bits, 31);
    sign = _mm256_and_si256(sign, _mm256_set1_epi32(curve->negative));
    return _mm256_add_epi32(at, sign);
}

/* The pieces `low` and `high`, one in each half of a register. */
static inline __m128 line_curve_pair(const LinePiece *low, const LinePiece *high)
{
    __m128 v = _mm_castpd_ps(_mm_load_sd((const double *)(const void *)low));
    return _mm_loadh_pi(v, (const __m64 *)(const void *)high);
}

static inline __m256 line_curve_join(__m128 low, __m128 high)
{
    return _mm256_insertf128_ps(_mm256_castps128_ps256(low), high, 1);
}

/* `at` is volatile so that the numbers are loaded one by one from where a vector was
 * stored: to extract them from the vector takes longer. */
static inline __m256 line_curve_values(const LinePiece *p, const volatile uint32_t *at,
                                       __m256 x)
{
    __m256 v = line_curve_join(line_curve_pair(p + at[0], p + at[1]),
                               line_curve_pair(p + at[4], p + at[5]));
    __m256 w = line_curve_join(line_curve_pair(p + at[2], p + at[3]),
                               line_curve_pair(p + at[6], p + at[7]));
    __m256 a = _mm256_shuffle_ps(v, w, 0x88), b = _mm256_shuffle_ps(v, w, 0xDD);
    return _mm256_add_ps(a, _mm256_mul_ps(b, x));
}

/* The pieces of eight numbers in memory, by their high halves. The stores that made the
 * numbers should lie some iterations back: a load of a part would wait for them. */
KERNEL_INLINE __m256 line_curve_by_half(const LinePiece *p, const float *x)
{
    const volatile uint16_t *at = (const volatile uint16_t *)(const void *)x + 1;
    __m256 v = line_curve_join(line_curve_pair(p + at[0], p + at[2]),
                               line_curve_pair(p + at[8], p + at[10]));
    __m256 w = line_curve_join(line_curve_pair(p + at[4], p + at[6]),
                               line_curve_pair(p + at[12], p + at[14]));
    __m256 a = _mm256_shuffle_ps(v, w, 0x88), b = _mm256_shuffle_ps(v, w, 0xDD);
    return _mm256_add_ps(a, _mm256_mul_ps(b, _mm256_loadu_ps(x)));
}

/* The curve of eight numbers in memory. */
static inline __m256 line_curve_of(const LineCurve *curve, const float *x)
{
    uint32_t at[8] __attribute__((aligned(32)));
    __m256 v = _mm256_loadu_ps(x);
    _mm256_store_si256((__m256i *)at, line_curve_numbers(curve, v));
    return line_curve_values(curve->piece, at, v);
}

/* Append the pixels whose bits are set to `found`; returns their number. */
static inline size_t line_curve_list(uint32_t *found, size_t first, unsigned pixels)
{
    size_t count = 0;
    for (; pixels; pixels &= pixels - 1)
        found[count++] = (uint32_t)first + (uint32_t)_tzcnt_u32(pixels);
    return count;
}

#endif
