/* A byte table of 256 entries held in four registers of sixty-four.
 *
 * _mm512_permutex2var_epi8 (VBMI) looks up sixty-four indices at once in two registers:
 * the low seven bits choose the entry, and the top bit selects the half of the table.
 * The masked form keeps the index where the mask is clear. So a vector goes through
 * several tables in turn, each changing only its own bytes; bytes that no mask covers
 * (alpha) stay unchanged. */
#include <immintrin.h>
#include <stdbool.h>

#include "lut1d.h"

enum { STEP = 64, QUARTERS = 4 };

typedef struct Quarters {
    __m512i q[QUARTERS];
} Quarters;

/* Positions 0, period, 2 · period, … below 64. */
#define EVERY_2 0x5555555555555555u
#define EVERY_3 0x9249249249249249u
#define EVERY_4 0x1111111111111111u

static inline Quarters quarters_load(const void *table)
{
    const uint8_t *bytes = table;
    Quarters t;
    for (int i = 0; i < QUARTERS; i++)
        t.q[i] = _mm512_loadu_si512(bytes + i * STEP);
    return t;
}

/* Look up the bytes of `x` in `chosen`; `top` marks the original bytes with their top
 * bit set. */
static inline __m512i look_up(const Quarters *t, __m512i x, __mmask64 chosen,
                              __mmask64 top)
{
    x = _mm512_mask2_permutex2var_epi8(t->q[0], x, chosen & ~top, t->q[1]);
    return _mm512_mask2_permutex2var_epi8(t->q[2], x, chosen & top, t->q[3]);
}

static inline __m512i look_up_all(const Quarters *t, __m512i x)
{
    __m512i low = _mm512_permutex2var_epi8(t->q[0], x, t->q[1]);
    __m512i high = _mm512_permutex2var_epi8(t->q[2], x, t->q[3]);
    return _mm512_mask_blend_epi8(_mm512_movepi8_mask(x), low, high);
}

static inline __m512i look_up_3(const Quarters t[3], __m512i x,
                                const __mmask64 chosen[3])
{
    __mmask64 top = _mm512_movepi8_mask(x);
    x = look_up(&t[0], x, chosen[0], top);
    x = look_up(&t[1], x, chosen[1], top);
    return look_up(&t[2], x, chosen[2], top);
}

static inline __mmask64 at_most(size_t n)
{
    return n >= STEP ? ~(__mmask64)0 : ((__mmask64)1 << n) - 1;
}

static inline void put(uint8_t *d, __m512i x, bool stream)
{
    if (stream)
        _mm512_stream_si512((__m512i *)d, x);
    else
        _mm512_storeu_si512(d, x);
}

/* Up to 64 bytes; those beyond `n` are neither read nor written. */
static inline __m512i load_part(const uint8_t *s, size_t n)
{
    return _mm512_maskz_loadu_epi8(at_most(n), s);
}

static inline void put_part(uint8_t *d, __m512i x, size_t n)
{
    _mm512_mask_storeu_epi8(d, at_most(n), x);
}

/* The number of bytes before the result's first 64-byte boundary, from which stores can
 * bypass the caches. */
static inline size_t head_of(const uint8_t *d, size_t n, bool stream)
{
    size_t head = stream ? (size_t)(-(uintptr_t)d % STEP) : 0;
    return head < n ? head : n;
}

static inline void map_x1(uint8_t *d, const uint8_t *s, size_t n, const void *table,
                          bool stream)
{
    Quarters t = quarters_load(table);
    size_t i = head_of(d, n, stream);
    put_part(d, look_up_all(&t, load_part(s, i)), i);
    for (; i + STEP <= n; i += STEP)
        put(d + i, look_up_all(&t, _mm512_loadu_si512(s + i)), stream);
    put_part(d + i, look_up_all(&t, load_part(s + i, n - i)), n - i);
    if (stream)
        _mm_sfence();
}

/* The bytes of each channel in a vector that begins `phase` bytes into a pixel. */
typedef struct Masks {
    __mmask64 channel[3];
} Masks;

static inline Masks masks_at(size_t period, size_t phase)
{
    __mmask64 every = period == 3 ? EVERY_3 : EVERY_4;
    Masks masks;
    for (size_t c = 0; c < 3; c++)
        masks.channel[c] = every << (c + period - phase) % period;
    return masks;
}

/* `n` bytes of pixels of `period` (3 or 4) bytes, a table for each of the first three.
 */
static inline void map_period(uint8_t *d, const uint8_t *s, size_t n,
                              const void *const tables[3], size_t period, bool stream)
{
    Quarters t[3] = {quarters_load(tables[0]), quarters_load(tables[1]),
                     quarters_load(tables[2])};
    Masks begin = masks_at(period, 0);
    size_t i = head_of(d, n, stream);
    put_part(d, look_up_3(t, load_part(s, i), begin.channel), i);
    /* 64 is 1 modulo 3 and 0 modulo 4: after three vectors the phase repeats. */
    Masks masks[3];
    for (size_t k = 0; k < 3; k++)
        masks[k] = masks_at(period, (i + k * STEP) % period);
    for (; i + 3 * STEP <= n; i += 3 * STEP)
        for (size_t k = 0; k < 3; k++) {
            __m512i x = _mm512_loadu_si512(s + i + k * STEP);
            put(d + i + k * STEP, look_up_3(t, x, masks[k].channel), stream);
        }
    for (size_t k = 0; i < n; k++, i += STEP) {
        __m512i x = load_part(s + i, n - i);
        put_part(d + i, look_up_3(t, x, masks[k].channel), n - i);
    }
    if (stream)
        _mm_sfence();
}

/* Gray and alpha: only every other byte goes through the table. */
static inline void map_x2(uint8_t *d, const uint8_t *s, size_t n, const void *table)
{
    Quarters t = quarters_load(table);
    for (size_t i = 0; i < n; i += STEP) {
        __m512i x = load_part(s + i, n - i);
        put_part(d + i, look_up(&t, x, EVERY_2, _mm512_movepi8_mask(x)), n - i);
    }
}

#define DEFINE(NAME, CALL)                                                             \
    static void lk_lut1d_u8##NAME##_avx512(void *dst, const void *src, size_t n,       \
                                           const void *const tables[3])                \
    {                                                                                  \
        CALL;                                                                          \
    }

DEFINE(x1, map_x1(dst, src, n, tables[0], false))
DEFINE(x1_stream, map_x1(dst, src, n, tables[0], true))
DEFINE(x2, map_x2(dst, src, 2 * n, tables[0]))
DEFINE(x3, map_period(dst, src, 3 * n, tables, 3, false))
DEFINE(x3_stream, map_period(dst, src, 3 * n, tables, 3, true))
DEFINE(x4, map_period(dst, src, 4 * n, tables, 4, false))
DEFINE(x4_stream, map_period(dst, src, 4 * n, tables, 4, true))

void lut1d_fill_avx512(Lut1dKernels *kernels)
{
    kernels->u8[LUT_X1] = lk_lut1d_u8x1_avx512;
    kernels->u8[LUT_X2] = lk_lut1d_u8x2_avx512;
    kernels->u8[LUT_X3] = lk_lut1d_u8x3_avx512;
    kernels->u8[LUT_X4] = lk_lut1d_u8x4_avx512;
    kernels->u8_stream[LUT_X1] = lk_lut1d_u8x1_stream_avx512;
    kernels->u8_stream[LUT_X2] = lk_lut1d_u8x2_avx512;
    kernels->u8_stream[LUT_X3] = lk_lut1d_u8x3_stream_avx512;
    kernels->u8_stream[LUT_X4] = lk_lut1d_u8x4_stream_avx512;
}
