/* A byte table of 256 entries held in four registers of sixty-four.
 *
 * _mm512_permutex2var_epi8 (VBMI) looks sixty-four indices up at once in two registers:
 * the low seven bits choose the entry. The top bit chooses between the table's halves.
 */
#include <immintrin.h>

#include "lut1d.h"

enum { STEP = 64 };

typedef struct Quarters {
    __m512i q[4];
} Quarters;

static inline Quarters quarters_load(const uint8_t *table)
{
    Quarters t;
    for (int i = 0; i < 4; i++)
        t.q[i] = _mm512_loadu_si512(table + i * STEP);
    return t;
}

static inline __m512i look_up(const Quarters *t, __m512i x)
{
    __m512i low = _mm512_permutex2var_epi8(t->q[0], x, t->q[1]);
    __m512i high = _mm512_permutex2var_epi8(t->q[2], x, t->q[3]);
    return _mm512_mask_blend_epi8(_mm512_movepi8_mask(x), low, high);
}

static inline __mmask64 first(size_t n)
{
    return n >= STEP ? ~(__mmask64)0 : ((__mmask64)1 << n) - 1;
}

/* Up to 64 samples; masked bytes are neither read nor written. */
static inline void part(const Quarters *t, uint8_t *d, const uint8_t *s, size_t n)
{
    __mmask64 mask = first(n);
    __m512i x = _mm512_maskz_loadu_epi8(mask, s);
    _mm512_mask_storeu_epi8(d, mask, look_up(t, x));
}

static void lk_lut1d_u8x1_avx512(void *dst, const void *src, size_t n,
                                 const void *const tables[3])
{
    uint8_t *d = dst;
    const uint8_t *s = src;
    Quarters t = quarters_load(tables[0]);
    size_t i = 0;
    for (; i + STEP <= n; i += STEP)
        _mm512_storeu_si512(d + i, look_up(&t, _mm512_loadu_si512(s + i)));
    part(&t, d + i, s + i, n - i);
}

static void lk_lut1d_u8x1_stream_avx512(void *dst, const void *src, size_t n,
                                        const void *const tables[3])
{
    uint8_t *d = dst;
    const uint8_t *s = src;
    Quarters t = quarters_load(tables[0]);
    size_t i = (size_t)(-(uintptr_t)d % STEP);
    i = i < n ? i : n;
    part(&t, d, s, i);
    for (; i + STEP <= n; i += STEP)
        _mm512_stream_si512((__m512i *)(d + i), look_up(&t, _mm512_loadu_si512(s + i)));
    part(&t, d + i, s + i, n - i);
    _mm_sfence();
}

void lut1d_fill_avx512(Kernels *kernels)
{
    kernels->lut1d_u8[LUT_X1] = lk_lut1d_u8x1_avx512;
    kernels->lut1d_u8_stream[LUT_X1] = lk_lut1d_u8x1_stream_avx512;
}
