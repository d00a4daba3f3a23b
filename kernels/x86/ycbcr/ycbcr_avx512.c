/* As ycbcr_avx2.c, sixty-four pixels a round. */
#include <immintrin.h>

#include "ycbcr/ycbcr.h"
#include "ycbcr/ycbcr_pixel.h"

enum { STEP = 64, LANES = 16 };

#define ALL_64      (~UINT64_C(0))
#define FIRST_BYTES UINT64_C(0x5555555555555555) /* of each 16 bits */

typedef struct Deal {
    __m512i to_rg, to_bg; /* three bytes a pixel to 16 bits each */
    __m512i thirds;       /* the third bytes of the lanes of two vectors */
} Deal;

static inline Deal new_deal(void)
{
    const __m512i lane =
        _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    __m512i pixel = _mm512_mullo_epi32(lane, _mm512_set1_epi32(3 * 0x00010001));
    return (Deal){
        .to_rg = _mm512_add_epi32(pixel, _mm512_set1_epi32(0x00010000)),
        .to_bg = _mm512_add_epi32(pixel, _mm512_set1_epi32(0x00010002)),
        .thirds =
            _mm512_add_epi32(_mm512_mullo_epi32(lane, _mm512_set1_epi32(0x10101010)),
                             _mm512_set1_epi32(0x0E0A0602)),
    };
}

static inline uint64_t first(size_t count)
{
    return count < 64 ? (UINT64_C(1) << count) - 1 : ALL_64;
}

static inline __m512i pair(int first, int second)
{
    return _mm512_set1_epi32((int)((uint32_t)second << 16 | (uint16_t)first));
}

static inline __m512i sum(__m512i rg, __m512i bg, __m512i by_rg, __m512i by_bg)
{
    return _mm512_add_epi32(_mm512_madd_epi16(rg, by_rg), _mm512_madd_epi16(bg, by_bg));
}

/* Sixteen pixels, of which `n` are there. */
static inline void map_16(__m512i plane[3], const uint8_t *s, size_t n,
                          const Deal *deal)
{
    const __m512i half = _mm512_set1_epi32(YCBCR_HALF);
    const __m512i middle = _mm512_set1_epi32(YCBCR_MIDDLE);
    __m512i v = _mm512_maskz_loadu_epi8(first(3 * n), s);
    __m512i rg = _mm512_maskz_permutexvar_epi8(FIRST_BYTES, deal->to_rg, v);
    __m512i bg = _mm512_maskz_permutexvar_epi8(FIRST_BYTES, deal->to_bg, v);
    plane[0] = _mm512_add_epi32(sum(rg, bg, pair(YCBCR_Y_RED, YCBCR_Y_GREEN / 2),
                                    pair(YCBCR_Y_BLUE, YCBCR_Y_GREEN / 2)),
                                half);
    plane[1] = _mm512_sub_epi32(
        middle, sum(rg, bg, pair(YCBCR_CB_RED, YCBCR_CB_GREEN), pair(-YCBCR_HALF, 0)));
    plane[2] = _mm512_sub_epi32(
        middle, sum(rg, bg, pair(-YCBCR_HALF, YCBCR_CR_GREEN), pair(YCBCR_CR_BLUE, 0)));
}

static inline __m512i third_bytes(__m512i a, __m512i b, __m512i c, __m512i d,
                                  const Deal *deal)
{
    __m512i low = _mm512_permutex2var_epi8(a, deal->thirds, b);
    __m512i high = _mm512_permutex2var_epi8(c, deal->thirds, d);
    return _mm512_inserti64x4(low, _mm512_castsi512_si256(high), 1);
}

static inline size_t at_most(size_t n, size_t most)
{
    return n < most ? n : most;
}

/* `n` pixels from `i` on, 64 at most. */
static inline void map_64(uint8_t *const planes[3], const uint8_t *rgb, size_t i,
                          size_t n, const Deal *deal)
{
    __m512i some[STEP / LANES][3];
    for (size_t k = 0; k < STEP / LANES; k++) {
        size_t before = at_most(n, k * LANES);
        map_16(some[k], rgb + 3 * (i + before), at_most(n - before, LANES), deal);
    }
    for (int c = 0; c < 3; c++)
        _mm512_mask_storeu_epi8(
            planes[c] + i, first(n),
            third_bytes(some[0][c], some[1][c], some[2][c], some[3][c], deal));
}

static void lk_ycbcr_u8x3_u8_avx512(uint8_t *const planes[3], const uint8_t *rgb,
                                    size_t n)
{
    const Deal deal = new_deal();
    size_t i = 0;
    for (; i + STEP <= n; i += STEP)
        map_64(planes, rgb, i, STEP, &deal);
    if (i < n)
        map_64(planes, rgb, i, n - i, &deal);
}

void ycbcr_fill_avx512(YcbcrKernels *kernels)
{
    kernels->from_rgb = lk_ycbcr_u8x3_u8_avx512;
}
