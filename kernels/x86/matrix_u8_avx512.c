/* matrix_u8_x86.h, sixty-four bytes a vector, gathered as in matrix_u8_avx2.c. 64 is 1
 * modulo 3, so the channels follow each other in another order, and a permutation
 * rotates a whole vector. */
#include <immintrin.h>
#include <stdbool.h>
#include <stdint.h>

enum { STEP = 64 };

/* Positions 1, 4, 7, … and 2, 5, 8, … */
#define SECOND_OF_3 0x2492492492492492u
#define THIRD_OF_3  0x4924924924924924u
#define FOURTH_OF_4 0x8888888888888888u

typedef __m512i Vec;
#define V(op) _mm512_##op

static inline void put(uint8_t *d, Vec x, bool stream)
{
    if (stream)
        _mm512_stream_si512((Vec *)d, x);
    else
        _mm512_storeu_si512(d, x);
}

static inline Vec evens(Vec a, Vec b)
{
    return _mm512_castps_si512(_mm512_shuffle_ps(
        _mm512_castsi512_ps(a), _mm512_castsi512_ps(b), _MM_SHUFFLE(2, 0, 2, 0)));
}

static inline Vec odds(Vec a, Vec b)
{
    return _mm512_castps_si512(_mm512_shuffle_ps(
        _mm512_castsi512_ps(a), _mm512_castsi512_ps(b), _MM_SHUFFLE(3, 1, 3, 1)));
}

static inline Vec with_alpha(Vec made, Vec v)
{
    return _mm512_mask_blend_epi8(FOURTH_OF_4, made, v);
}

#include "x86/matrix_u8_x86.h"

/* Bytes at positions 0 modulo 3 from a, 1 from b, 2 from c. */
static inline Vec pick(Vec a, Vec b, Vec c)
{
    return _mm512_mask_blend_epi8(THIRD_OF_3, _mm512_mask_blend_epi8(SECOND_OF_3, a, b),
                                  c);
}

static inline Vec gather(const uint8_t *s)
{
    return pick(_mm512_loadu_si512(s), _mm512_loadu_si512(s + 2 * STEP),
                _mm512_loadu_si512(s + STEP));
}

/* For a permutation: position i takes byte i - `by`. */
static inline Vec rotation(int by)
{
    uint8_t from[STEP];
    for (int i = 0; i < STEP; i++)
        from[i] = (uint8_t)((i - by) & (STEP - 1));
    return _mm512_loadu_si512(from);
}

/* Rounds of 64 pixels; the last one must leave a pixel, whose bytes are read. Returns
 * the pixels done. */
static inline size_t map_x3(uint8_t *d, const uint8_t *s, size_t n, const Weights *w,
                            bool stream)
{
    const Vec by_1 = rotation(1), by_2 = rotation(2);
    size_t i = 0;
    for (; i + STEP < n; i += STEP, s += 3 * STEP, d += 3 * STEP) {
        Vec plane[3] = {gather(s), gather(s + 1), gather(s + 2)};
        mix_planes(w, plane);
        Vec red = plane[0], green = _mm512_permutexvar_epi8(by_1, plane[1]);
        Vec blue = _mm512_permutexvar_epi8(by_2, plane[2]);
        put(d, pick(red, green, blue), stream);
        put(d + STEP, pick(green, blue, red), stream);
        put(d + 2 * STEP, pick(blue, red, green), stream);
    }
    return i;
}

static inline size_t map_x4(uint8_t *d, const uint8_t *s, size_t n, const Weights *w,
                            bool stream)
{
    enum { PIXELS = STEP / 2 };
    const Vec deal = _mm512_set4_epi32(0x0F0B0703, 0x0E0A0602, 0x0D090501, 0x0C080400);
    size_t i = 0;
    for (; i + PIXELS <= n; i += PIXELS, s += 2 * STEP, d += 2 * STEP) {
        Vec v[2] = {_mm512_loadu_si512(s), _mm512_loadu_si512(s + STEP)};
        mix_x4(w, v, deal);
        put(d, v[0], stream);
        put(d + STEP, v[1], stream);
    }
    return i;
}

MATRIX_U8_KERNELS(avx512)

void matrix_u8_fill_avx512(MatrixU8Kernels *kernels)
{
    kernels->pixels[0] = lk_matrix_u8x3_avx512;
    kernels->pixels[1] = lk_matrix_u8x4_avx512;
    kernels->stream[0] = lk_matrix_u8x3_stream_avx512;
    kernels->stream[1] = lk_matrix_u8x4_stream_avx512;
}
