/* Lookups in tables of bytes (byte_table_avx512.h).
 *
 * The masked form of the permutation keeps the index where the mask is clear. So a
 * vector goes through several tables in turn, each changing only its own bytes; bytes
 * that no mask covers (alpha) stay unchanged. That is for the ends of rows: whole
 * vectors are first gathered by channel, so that each byte goes through one table. */
#include <immintrin.h>
#include <stdbool.h>

#include "lut1d.h"
#include "x86/byte_table_avx512.h"
#include "x86/planes_u8_avx512.h"

/* Look up the bytes of `x` in `chosen`; `top` marks the original bytes with their top
 * bit set. */
static inline __m512i look_up(const Quarters *t, __m512i x, __mmask64 chosen,
                              __mmask64 top)
{
    x = _mm512_mask2_permutex2var_epi8(t->q[0], x, chosen & ~top, t->q[1]);
    return _mm512_mask2_permutex2var_epi8(t->q[2], x, chosen & top, t->q[3]);
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

/* At most a vector of pixels of `period` (3 or 4) bytes, which begins `phase` bytes
 * into a pixel: each table changes its own bytes. */
static inline void map_part(uint8_t *d, const uint8_t *s, size_t n, const Quarters t[3],
                            size_t period, size_t phase)
{
    Masks masks = masks_at(period, phase);
    put_part(d, look_up_3(t, load_part(s, n), masks.channel), n);
}

/* Three vectors, of which the first begins with the channel of t[0]. They hold each
 * channel at 64 different positions (64 is 1 modulo 3), so blends gather it in one
 * vector, in some order. A lookup does not depend on the order, and the same blends put
 * the bytes back. */
static inline void map_three(uint8_t *d, const uint8_t *s, const Quarters t[3],
                             bool stream)
{
    __m512i v0 = _mm512_loadu_si512(s), v1 = _mm512_loadu_si512(s + STEP);
    __m512i v2 = _mm512_loadu_si512(s + 2 * STEP);
    /* Channels at positions 0, 1, 2: 012 in v0, 120 in v1, 201 in v2. */
    __m512i x0 = look_up_all(&t[0], pick(v0, v2, v1));
    __m512i x1 = look_up_all(&t[1], pick(v1, v0, v2));
    __m512i x2 = look_up_all(&t[2], pick(v2, v1, v0));
    put(d, pick(x0, x1, x2), stream);
    put(d + STEP, pick(x1, x2, x0), stream);
    put(d + 2 * STEP, pick(x2, x0, x1), stream);
}

static inline void map_x3(uint8_t *d, const uint8_t *s, size_t pixels,
                          const void *const tables[3], bool stream)
{
    Quarters t[3] = {quarters_load(tables[0]), quarters_load(tables[1]),
                     quarters_load(tables[2])};
    size_t n = 3 * pixels, i = head_of(d, n, stream);
    map_part(d, s, i, t, 3, 0);
    /* The tables in the order of the channels that follow. */
    size_t first = i % 3;
    const Quarters turned[3] = {t[first], t[(first + 1) % 3], t[(first + 2) % 3]};
    for (; i + 3 * STEP <= n; i += 3 * STEP)
        map_three(d + i, s + i, turned, stream);
    for (; i < n; i += STEP)
        map_part(d + i, s + i, n - i, t, 3, i % 3);
    if (stream)
        _mm_sfence();
}

static inline void map_four(uint8_t *d, const uint8_t *s, const Quarters t[3],
                            bool stream)
{
    __m512i v[4];
    for (int k = 0; k < 4; k++)
        v[k] = _mm512_loadu_si512(s + k * STEP);
    to_channels(v);
    for (int c = 0; c < 3; c++)
        v[c] = look_up_all(&t[c], v[c]);
    to_pixels(v);
    for (int k = 0; k < 4; k++)
        put(d + k * STEP, v[k], stream);
}

static inline void map_x4(uint8_t *d, const uint8_t *s, size_t pixels,
                          const void *const tables[3], bool stream)
{
    const Quarters t[3] = {quarters_load(tables[0]), quarters_load(tables[1]),
                           quarters_load(tables[2])};
    /* Pixels of four bytes reach an aligned address only from a multiple of four. */
    stream = stream && (uintptr_t)d % 4 == 0;
    size_t n = 4 * pixels, i = head_of(d, n, stream);
    map_part(d, s, i, t, 4, 0);
    for (; i + 4 * STEP <= n; i += 4 * STEP)
        map_four(d + i, s + i, t, stream);
    for (; i < n; i += STEP)
        map_part(d + i, s + i, n - i, t, 4, 0);
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
DEFINE(x3, map_x3(dst, src, n, tables, false))
DEFINE(x3_stream, map_x3(dst, src, n, tables, true))
DEFINE(x4, map_x4(dst, src, n, tables, false))
DEFINE(x4_stream, map_x4(dst, src, n, tables, true))

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
