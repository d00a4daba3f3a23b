/* Halving without alpha: a byte shuffle puts neighbours side by side, a multiplication
 * by ones adds the pairs, and the two rows' sums are added. The multiplication of 16
 * bits is signed: half of the range is taken from each sample, and added to the sum. */
#include <immintrin.h>
#include <string.h>

#include "halve/halve.h"

/* (sum + 2) / 4 of sixteen sums, as bytes: the low eight of each 128-bit lane are
 * valid. */
static inline __m256i quarter(__m256i upper, __m256i lower)
{
    __m256i sum = _mm256_add_epi16(upper, lower);
    sum = _mm256_srli_epi16(_mm256_add_epi16(sum, _mm256_set1_epi16(2)), 2);
    return _mm256_packus_epi16(sum, sum);
}

static inline __m256i load_lanes(const uint8_t *low, const uint8_t *high)
{
    __m256i v = _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)low));
    return _mm256_inserti128_si256(v, _mm_loadu_si128((const __m128i *)high), 1);
}

static inline void store_lane(uint8_t *d, __m128i v, size_t bytes)
{
    uint64_t word = (uint64_t)_mm_cvtsi128_si64(v);
    memcpy(d, &word, bytes);
}

static void lk_halve_u8x1_avx2(void *dst, const void *upper, const void *lower,
                               size_t n)
{
    enum { OUT = 16, IN = 2 * OUT };
    const __m256i ones = _mm256_set1_epi8(1);
    uint8_t *d = dst;
    const uint8_t *u = upper, *l = lower;
    for (; n >= OUT; n -= OUT, d += OUT, u += IN, l += IN) {
        __m256i a = _mm256_loadu_si256((const __m256i *)u);
        __m256i b = _mm256_loadu_si256((const __m256i *)l);
        __m256i q =
            quarter(_mm256_maddubs_epi16(a, ones), _mm256_maddubs_epi16(b, ones));
        store_lane(d, _mm256_castsi256_si128(q), 8);
        store_lane(d + 8, _mm256_extracti128_si256(q, 1), 8);
    }
    for (size_t i = 0; i < n; i++, u += 2, l += 2)
        d[i] = (uint8_t)((u[0] + u[1] + l[0] + l[1] + 2) / 4);
}

/* A lane holds two pairs of RGB pixels, twelve bytes, and gives two pixels. */
static void lk_halve_u8x3_avx2(void *dst, const void *upper, const void *lower,
                               size_t n)
{
    enum { OUT = 12, LANE = 12, READ = 28 }; /* bytes of a round; READ: beyond `u` */
    const __m256i ones = _mm256_set1_epi8(1);
    const __m256i pairs = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11, -1, -1, -1, -1));
    uint8_t *d = dst;
    const uint8_t *u = upper, *l = lower;
    size_t left = 6 * n; /* bytes of a source row */
    for (; left >= READ; left -= 2 * LANE, d += OUT, u += 2 * LANE, l += 2 * LANE) {
        __m256i a = _mm256_shuffle_epi8(load_lanes(u, u + LANE), pairs);
        __m256i b = _mm256_shuffle_epi8(load_lanes(l, l + LANE), pairs);
        __m256i q =
            quarter(_mm256_maddubs_epi16(a, ones), _mm256_maddubs_epi16(b, ones));
        store_lane(d, _mm256_castsi256_si128(q), 6);
        store_lane(d + 6, _mm256_extracti128_si256(q, 1), 6);
    }
    for (; left; left -= 6, u += 6, l += 6)
        for (int c = 0; c < 3; c++)
            *d++ = (uint8_t)((u[c] + u[c + 3] + l[c] + l[c + 3] + 2) / 4);
}

/* The pairs' sums, each less 65536. */
static inline __m256i add_pairs(__m256i pairs)
{
    const __m256i half = _mm256_set1_epi16(INT16_MIN), ones = _mm256_set1_epi16(1);
    return _mm256_madd_epi16(_mm256_xor_si256(pairs, half), ones);
}

/* (sum + 2) / 4 of eight sums, as 16 bits: the low four of each 128-bit lane are valid.
 */
static inline __m256i quarter_u16(__m256i upper, __m256i lower)
{
    __m256i sum = _mm256_add_epi32(add_pairs(upper), add_pairs(lower));
    sum = _mm256_srli_epi32(_mm256_add_epi32(sum, _mm256_set1_epi32(2 * 65536 + 2)), 2);
    return _mm256_packus_epi32(sum, sum);
}

static inline uint16_t mean_u16(const uint16_t *u, const uint16_t *l, size_t next)
{
    return (uint16_t)(((uint32_t)u[0] + u[next] + l[0] + l[next] + 2) / 4);
}

static void lk_halve_u16x1_avx2(void *dst, const void *upper, const void *lower,
                                size_t n)
{
    enum { OUT = 8, IN = 2 * OUT };
    uint16_t *d = dst;
    const uint16_t *u = upper, *l = lower;
    for (; n >= OUT; n -= OUT, d += OUT, u += IN, l += IN) {
        __m256i q = quarter_u16(_mm256_loadu_si256((const __m256i *)u),
                                _mm256_loadu_si256((const __m256i *)l));
        store_lane((uint8_t *)d, _mm256_castsi256_si128(q), 8);
        store_lane((uint8_t *)(d + 4), _mm256_extracti128_si256(q, 1), 8);
    }
    for (size_t i = 0; i < n; i++, u += 2, l += 2)
        d[i] = mean_u16(u, l, 1);
}

/* A lane holds a pair of RGB pixels, twelve bytes, and gives one. */
static void lk_halve_u16x3_avx2(void *dst, const void *upper, const void *lower,
                                size_t n)
{
    enum { OUT = 12, LANE = 12, READ = 28 }; /* bytes of a round; READ: beyond `u` */
    const __m256i pairs = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11, -1, -1, -1, -1));
    uint8_t *d = dst;
    const uint8_t *u = upper, *l = lower;
    size_t left = 12 * n; /* bytes of a source row */
    for (; left >= READ; left -= 2 * LANE, d += OUT, u += 2 * LANE, l += 2 * LANE) {
        __m256i q = quarter_u16(_mm256_shuffle_epi8(load_lanes(u, u + LANE), pairs),
                                _mm256_shuffle_epi8(load_lanes(l, l + LANE), pairs));
        store_lane(d, _mm256_castsi256_si128(q), 6);
        store_lane(d + 6, _mm256_extracti128_si256(q, 1), 6);
    }
    uint16_t *out = (uint16_t *)(void *)d;
    const uint16_t *high = (const uint16_t *)(const void *)u;
    const uint16_t *low = (const uint16_t *)(const void *)l;
    for (; left; left -= 12, high += 6, low += 6)
        for (size_t c = 0; c < 3; c++)
            *out++ = mean_u16(high + c, low + c, 3);
}

void halve_fill_avx2(HalveKernels *kernels)
{
    kernels->u8[1] = lk_halve_u8x1_avx2;
    kernels->u8[3] = lk_halve_u8x3_avx2;
    kernels->u16[1] = lk_halve_u16x1_avx2;
    kernels->u16[3] = lk_halve_u16x3_avx2;
    kernels->lut_u8[3] = NULL;
}
