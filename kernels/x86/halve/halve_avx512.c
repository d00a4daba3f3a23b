/* Halving of RGB without alpha, ten pairs of pixels a vector, five of 16 bits: one
 * permutation puts each sample beside its neighbour's, the pairs are added by a
 * multiplication by ones, and a narrowing move packs the means. The last two bytes of a
 * store belong to the next pair: a round leaves one at least. The multiplication of 16
 * bits is signed: half of the range is taken from each sample, and added to the sum. */
#include <immintrin.h>

#include "halve/halve.h"
#include "x86/byte_table_avx512.h"

/* Bytes of a row's vector, of them those of pairs, of their result, and from where a
 * row is read to what is asked for early. */
enum { VECTOR = 64, USED = 60, OUT = USED / 2, AHEAD = 2048 };

/* Samples 6 * p + c and 6 * p + c + 3 become neighbours. */
static inline __m512i byte_pairs(void)
{
    uint8_t from[VECTOR] = {0};
    for (int i = 0; i < USED; i++)
        from[i] = (uint8_t)(i / 6 * 6 + i % 6 / 2 + i % 2 * 3);
    return _mm512_loadu_si512(from);
}

static inline __m256i byte_means(__m512i pairs, __m512i upper, __m512i lower)
{
    const __m512i ones = _mm512_set1_epi8(1), two = _mm512_set1_epi16(2);
    __m512i sum = _mm512_add_epi16(
        _mm512_maddubs_epi16(_mm512_permutexvar_epi8(pairs, upper), ones),
        _mm512_maddubs_epi16(_mm512_permutexvar_epi8(pairs, lower), ones));
    return _mm512_cvtepi16_epi8(_mm512_srli_epi16(_mm512_add_epi16(sum, two), 2));
}

static void lk_halve_u8x3_avx512(void *dst, const void *upper, const void *lower,
                                 size_t n)
{
    const __m512i pairs = byte_pairs();
    uint8_t *d = dst;
    const uint8_t *u = upper, *l = lower;
    size_t left = 6 * n; /* bytes of a source row */
    for (; left >= VECTOR; left -= USED, d += OUT, u += USED, l += USED)
        _mm256_storeu_si256((__m256i *)d, byte_means(pairs, _mm512_loadu_si512(u),
                                                     _mm512_loadu_si512(l)));
    for (; left; left -= 6, u += 6, l += 6)
        for (int c = 0; c < 3; c++)
            *d++ = (uint8_t)((u[c] + u[c + 3] + l[c] + l[c + 3] + 2) / 4);
}

static inline __m512i look_up_row(const Quarters *t, const uint8_t *row)
{
    _mm_prefetch((const char *)row + AHEAD, _MM_HINT_T0);
    return look_up_all(t, _mm512_loadu_si512(row));
}

static void lk_lut_halve_u8x3_avx512(void *dst, const void *upper, const void *lower,
                                     size_t n, const void *const tables[3])
{
    const __m512i pairs = byte_pairs();
    const uint8_t *u = upper, *l = lower, *t = tables[0];
    const Quarters table = quarters_load(t);
    uint8_t *d = dst;
    size_t left = 6 * n; /* bytes of a source row */
    for (; left >= VECTOR; left -= USED, d += OUT, u += USED, l += USED)
        _mm256_storeu_si256((__m256i *)d, byte_means(pairs, look_up_row(&table, u),
                                                     look_up_row(&table, l)));
    for (; left; left -= 6, u += 6, l += 6)
        for (int c = 0; c < 3; c++)
            *d++ = (uint8_t)((t[u[c]] + t[u[c + 3]] + t[l[c]] + t[l[c + 3]] + 2) / 4);
}

static inline __m512i word_pairs(void)
{
    uint16_t from[VECTOR / 2] = {0};
    for (int i = 0; i < USED / 2; i++)
        from[i] = (uint16_t)(i / 6 * 6 + i % 6 / 2 + i % 2 * 3);
    return _mm512_loadu_si512(from);
}

/* The pairs' sums, each less 65536. */
static inline __m512i add_pairs(__m512i pairs, const uint8_t *row)
{
    const __m512i half = _mm512_set1_epi16(INT16_MIN), ones = _mm512_set1_epi16(1);
    __m512i v = _mm512_permutexvar_epi16(pairs, _mm512_loadu_si512(row));
    return _mm512_madd_epi16(_mm512_xor_si512(v, half), ones);
}

static void lk_halve_u16x3_avx512(void *dst, const void *upper, const void *lower,
                                  size_t n)
{
    const __m512i pairs = word_pairs(), bias = _mm512_set1_epi32(2 * 65536 + 2);
    uint8_t *d = dst;
    const uint8_t *u = upper, *l = lower;
    size_t left = 12 * n; /* bytes of a source row */
    for (; left >= VECTOR; left -= USED, d += OUT, u += USED, l += USED) {
        __m512i sum = _mm512_add_epi32(add_pairs(pairs, u), add_pairs(pairs, l));
        sum = _mm512_srli_epi32(_mm512_add_epi32(sum, bias), 2);
        _mm256_storeu_si256((__m256i *)d, _mm512_cvtepi32_epi16(sum));
    }
    uint16_t *out = (uint16_t *)(void *)d;
    const uint16_t *high = (const uint16_t *)(const void *)u;
    const uint16_t *low = (const uint16_t *)(const void *)l;
    for (; left; left -= 12, high += 6, low += 6)
        for (int c = 0; c < 3; c++)
            *out++ =
                (uint16_t)(((uint32_t)high[c] + high[c + 3] + low[c] + low[c + 3] + 2) /
                           4);
}

void halve_fill_avx512(HalveKernels *kernels)
{
    kernels->u8[3] = lk_halve_u8x3_avx512;
    kernels->u16[3] = lk_halve_u16x3_avx512;
    kernels->lut_u8[3] = lk_lut_halve_u8x3_avx512;
}
