/* ycbcr.h, thirty-two pixels a round: a lane of 32 bits a pixel.
 *
 * The lanes are pairs of 16 bits, red and green, then blue and green, because green's
 * weight for Y has 16 bits and is halved. The half for Cb and Cr is no positive 16-bit
 * number; its negative is one, so these sums are subtracted. */
#include <immintrin.h>

#include "ycbcr/ycbcr.h"
#include "ycbcr/ycbcr_pixel.h"

enum { STEP = 32, LANES = 8 };

/* The weights of a pair, the first of them in the low half. */
static inline __m256i pair(int first, int second)
{
    return _mm256_set1_epi32((int)((uint32_t)second << 16 | (uint16_t)first));
}

static inline __m256i sum(__m256i rg, __m256i bg, __m256i by_rg, __m256i by_bg)
{
    return _mm256_add_epi32(_mm256_madd_epi16(rg, by_rg), _mm256_madd_epi16(bg, by_bg));
}

/* Eight pixels; the planes' samples are the third bytes of the lanes. */
static inline void map_8(__m256i plane[3], const uint8_t *s)
{
    /* Four pixels lie at the beginning of the low half, and at the end of the high. */
    const __m256i to_rg =
        _mm256_setr_epi8(0, -1, 1, -1, 3, -1, 4, -1, 6, -1, 7, -1, 9, -1, 10, -1, 4, -1,
                         5, -1, 7, -1, 8, -1, 10, -1, 11, -1, 13, -1, 14, -1);
    const __m256i to_bg =
        _mm256_setr_epi8(2, -1, 1, -1, 5, -1, 4, -1, 8, -1, 7, -1, 11, -1, 10, -1, 6,
                         -1, 5, -1, 9, -1, 8, -1, 12, -1, 11, -1, 15, -1, 14, -1);
    const __m256i half = _mm256_set1_epi32(YCBCR_HALF);
    const __m256i middle = _mm256_set1_epi32(YCBCR_MIDDLE);
    __m256i v = _mm256_loadu2_m128i((const __m128i *)(s + 8), (const __m128i *)s);
    __m256i rg = _mm256_shuffle_epi8(v, to_rg), bg = _mm256_shuffle_epi8(v, to_bg);
    plane[0] = _mm256_add_epi32(sum(rg, bg, pair(YCBCR_Y_RED, YCBCR_Y_GREEN / 2),
                                    pair(YCBCR_Y_BLUE, YCBCR_Y_GREEN / 2)),
                                half);
    plane[1] = _mm256_sub_epi32(
        middle, sum(rg, bg, pair(YCBCR_CB_RED, YCBCR_CB_GREEN), pair(-YCBCR_HALF, 0)));
    plane[2] = _mm256_sub_epi32(
        middle, sum(rg, bg, pair(-YCBCR_HALF, YCBCR_CR_GREEN), pair(YCBCR_CR_BLUE, 0)));
}

/* The third bytes of the lanes of four vectors, in their order. */
static inline __m256i third_bytes(__m256i a, __m256i b, __m256i c, __m256i d)
{
    const __m256i order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
    __m256i ab = _mm256_packus_epi32(_mm256_srli_epi32(a, YCBCR_BITS),
                                     _mm256_srli_epi32(b, YCBCR_BITS));
    __m256i cd = _mm256_packus_epi32(_mm256_srli_epi32(c, YCBCR_BITS),
                                     _mm256_srli_epi32(d, YCBCR_BITS));
    return _mm256_permutevar8x32_epi32(_mm256_packus_epi16(ab, cd), order);
}

static void lk_ycbcr_u8x3_u8_avx2(uint8_t *const planes[3], const uint8_t *rgb,
                                  size_t n)
{
    size_t i = 0;
    for (; i + STEP <= n; i += STEP) {
        __m256i some[STEP / LANES][3];
        for (int k = 0; k < STEP / LANES; k++)
            map_8(some[k], rgb + 3 * (i + (size_t)k * LANES));
        for (int c = 0; c < 3; c++)
            _mm256_storeu_si256(
                (__m256i *)(planes[c] + i),
                third_bytes(some[0][c], some[1][c], some[2][c], some[3][c]));
    }
    for (; i < n; i++)
        ycbcr_pixel(planes[0] + i, planes[1] + i, planes[2] + i, rgb + 3 * i);
}

void ycbcr_fill_avx2(YcbcrKernels *kernels)
{
    kernels->from_rgb = lk_ycbcr_u8x3_u8_avx2;
}
