/* Halving without alpha: a byte shuffle puts neighbours side by side, a multiplication
 * by ones adds the pairs, and the two rows' sums are added. Two vectors of sums become
 * one of means. The multiplication of 16 bits is signed: half of the range is taken
 * from each sample, and added to the sum. */
#include <immintrin.h>

#include "halve/halve.h"

enum { VECTOR = 32, LANE = VECTOR / 2 };

static inline __m256i load(const uint8_t *p)
{
    return _mm256_loadu_si256((const __m256i *)p);
}

static inline __m256i load_lanes(const uint8_t *low, const uint8_t *high)
{
    __m256i v = _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)low));
    return _mm256_inserti128_si256(v, _mm_loadu_si128((const __m128i *)high), 1);
}

/* (sum + 2) / 4 of sixteen sums of two pairs of bytes: a rounded multiplication. */
static inline __m256i byte_means(__m256i upper, __m256i lower)
{
    const __m256i ones = _mm256_set1_epi8(1), quarter = _mm256_set1_epi16(1 << 13);
    __m256i sum = _mm256_add_epi16(_mm256_maddubs_epi16(upper, ones),
                                   _mm256_maddubs_epi16(lower, ones));
    return _mm256_mulhrs_epi16(sum, quarter);
}

/* The pairs' sums, each less 65536. */
static inline __m256i add_pairs(__m256i pairs)
{
    const __m256i half = _mm256_set1_epi16(INT16_MIN), ones = _mm256_set1_epi16(1);
    return _mm256_madd_epi16(_mm256_xor_si256(pairs, half), ones);
}

/* (sum + 2) / 4 of eight sums of two pairs of 16 bits. */
static inline __m256i word_means(__m256i upper, __m256i lower)
{
    const __m256i bias = _mm256_set1_epi32(2 * 65536 + 2);
    __m256i sum = _mm256_add_epi32(add_pairs(upper), add_pairs(lower));
    return _mm256_srli_epi32(_mm256_add_epi32(sum, bias), 2);
}

/* Gray: two vectors of each row fill one. Packing works in lanes. */
static inline void put_gray(uint8_t *d, __m256i packed)
{
    enum { IN_ORDER = 0xD8 }; /* quarters 0, 2, 1, 3 */
    _mm256_storeu_si256((__m256i *)d, _mm256_permute4x64_epi64(packed, IN_ORDER));
}

static void lk_halve_u8x1_avx2(void *dst, const void *upper, const void *lower,
                               size_t n)
{
    enum { OUT = VECTOR, IN = 2 * OUT };
    uint8_t *d = dst;
    const uint8_t *u = upper, *l = lower;
    for (; n >= OUT; n -= OUT, d += OUT, u += IN, l += IN)
        put_gray(d,
                 _mm256_packus_epi16(byte_means(load(u), load(l)),
                                     byte_means(load(u + VECTOR), load(l + VECTOR))));
    for (size_t i = 0; i < n; i++, u += 2, l += 2)
        d[i] = (uint8_t)((u[0] + u[1] + l[0] + l[1] + 2) / 4);
}

static inline uint16_t mean_u16(const uint16_t *u, const uint16_t *l, size_t next)
{
    return (uint16_t)(((uint32_t)u[0] + u[next] + l[0] + l[next] + 2) / 4);
}

static void lk_halve_u16x1_avx2(void *dst, const void *upper, const void *lower,
                                size_t n)
{
    enum { OUT = VECTOR / 2, IN = 2 * OUT };
    uint16_t *d = dst;
    const uint16_t *u = upper, *l = lower;
    for (; n >= OUT; n -= OUT, d += OUT, u += IN, l += IN) {
        const uint8_t *high = (const uint8_t *)u, *low = (const uint8_t *)l;
        put_gray((uint8_t *)d, _mm256_packus_epi32(word_means(load(high), load(low)),
                                                   word_means(load(high + VECTOR),
                                                              load(low + VECTOR))));
    }
    for (size_t i = 0; i < n; i++, u += 2, l += 2)
        d[i] = mean_u16(u, l, 1);
}

/* RGB: a lane holds twelve bytes of a row, pairs of pixels, and gives six. Four lanes
 * of a row are 48 bytes. The first and the third come from one vector, so that packing
 * puts neighbours side by side: each lane has twelve bytes of the result, and the last
 * four of a store belong to the next round, or there is room for them. */
enum { PART = 12, ROUND = 4 * PART, LEAST = ROUND + 2 * (LANE - PART) };

/* The lanes at `row` and two parts further on, each sample beside its neighbour's. */
static inline __m256i lanes(const uint8_t *row, __m256i pairs)
{
    return _mm256_shuffle_epi8(load_lanes(row, row + 2 * PART), pairs);
}

static inline void put_parts(uint8_t *d, __m256i packed)
{
    const __m256i close_up = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13, -1, -1, -1, -1));
    __m256i parts = _mm256_shuffle_epi8(packed, close_up);
    _mm_storeu_si128((__m128i *)d, _mm256_castsi256_si128(parts));
    _mm_storeu_si128((__m128i *)(d + PART), _mm256_extracti128_si256(parts, 1));
}

static void lk_halve_u8x3_avx2(void *dst, const void *upper, const void *lower,
                               size_t n)
{
    const __m256i pairs = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11, -1, -1, -1, -1));
    uint8_t *d = dst;
    const uint8_t *u = upper, *l = lower;
    size_t left = 6 * n; /* bytes of a source row */
    for (; left >= LEAST; left -= ROUND, d += ROUND / 2, u += ROUND, l += ROUND)
        put_parts(d, _mm256_packus_epi16(
                         byte_means(lanes(u, pairs), lanes(l, pairs)),
                         byte_means(lanes(u + PART, pairs), lanes(l + PART, pairs))));
    for (; left; left -= 6, u += 6, l += 6)
        for (int c = 0; c < 3; c++)
            *d++ = (uint8_t)((u[c] + u[c + 3] + l[c] + l[c + 3] + 2) / 4);
}

static void lk_halve_u16x3_avx2(void *dst, const void *upper, const void *lower,
                                size_t n)
{
    const __m256i pairs = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11, -1, -1, -1, -1));
    uint8_t *d = dst;
    const uint8_t *u = upper, *l = lower;
    size_t left = 12 * n; /* bytes of a source row */
    for (; left >= LEAST; left -= ROUND, d += ROUND / 2, u += ROUND, l += ROUND)
        put_parts(d, _mm256_packus_epi32(
                         word_means(lanes(u, pairs), lanes(l, pairs)),
                         word_means(lanes(u + PART, pairs), lanes(l + PART, pairs))));
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
