/* planes_u8_avx512 — sixty-four pixels of 8 bits as a vector of each channel, and back.
 *
 * 64 is 1 modulo 3, so in vectors of RGB that follow each other the channels begin at
 * another byte each time, and blends collect one of them.
 * Threads: pure.
 */
#ifndef LUTIST_KERNELS_X86_PLANES_U8_AVX512_H
#define LUTIST_KERNELS_X86_PLANES_U8_AVX512_H

#include <immintrin.h>
#include <stdbool.h>

#include "sample.h"

/* Bytes of a vector, and pixels whose channels fill one each. */
enum { STEP = 64 };

/* Positions 0, period, 2 · period, … below 64. */
#define EVERY_2 0x5555555555555555u
#define EVERY_3 0x9249249249249249u
#define EVERY_4 0x1111111111111111u

KERNEL_INLINE void put(uint8_t *d, __m512i x, bool stream)
{
    if (stream)
        _mm512_stream_si512((__m512i *)d, x);
    else
        _mm512_storeu_si512(d, x);
}

/* Positions 0 modulo 3 from a, 1 from b, 2 from c. */
static inline __m512i pick(__m512i a, __m512i b, __m512i c)
{
    return _mm512_mask_blend_epi8(EVERY_3 << 2,
                                  _mm512_mask_blend_epi8(EVERY_3 << 1, a, b), c);
}

static inline __m512i gather(const uint8_t *s)
{
    return pick(_mm512_loadu_si512(s), _mm512_loadu_si512(s + 2 * STEP),
                _mm512_loadu_si512(s + STEP));
}

/* Red, green and blue, each in the same order, which store_rgb puts right. Two bytes
 * behind the pixels are read. */
static inline void load_rgb(__m512i plane[3], const uint8_t *s)
{
    for (int c = 0; c < 3; c++)
        plane[c] = gather(s + c);
}

/* For a permutation: position i takes byte i - `by`. */
static inline __m512i rotation(int by)
{
    uint8_t from[STEP];
    for (int i = 0; i < STEP; i++)
        from[i] = (uint8_t)((i - by) & (STEP - 1));
    return _mm512_loadu_si512(from);
}

/* `by_1` and `by_2` are rotations. */
KERNEL_INLINE void store_rgb(uint8_t *d, const __m512i plane[3], __m512i by_1,
                             __m512i by_2, bool stream)
{
    __m512i red = plane[0], green = _mm512_permutexvar_epi8(by_1, plane[1]);
    __m512i blue = _mm512_permutexvar_epi8(by_2, plane[2]);
    put(d, pick(red, green, blue), stream);
    put(d + STEP, pick(green, blue, red), stream);
    put(d + 2 * STEP, pick(blue, red, green), stream);
}

/* Four vectors of RGBA as a 4 × 4 transpose of the bytes of each pixel: red of all
 * four, green, blue, alpha. Vector k rotated by k bytes in each pixel has the same
 * channel one byte further down than vector k - 1, so blends do the rest. */
#define ODD_BYTES (EVERY_2 << 1)
#define UPPER_TWO (EVERY_4 << 2 | EVERY_4 << 3)

/* Channel c has byte i of each pixel from rotated vector (c - i) modulo 4. */
static inline void to_channels(__m512i v[4])
{
    __m512i x[4] = {v[0], _mm512_ror_epi32(v[1], 8), _mm512_ror_epi32(v[2], 16),
                    _mm512_ror_epi32(v[3], 24)};
    __m512i y[4];
    for (int k = 0; k < 4; k++)
        y[k] = _mm512_mask_blend_epi8(ODD_BYTES, x[k], x[(k + 3) % 4]);
    for (int k = 0; k < 4; k++)
        v[k] = _mm512_mask_blend_epi8(UPPER_TWO, y[k], y[(k + 2) % 4]);
}

static inline void to_pixels(__m512i v[4])
{
    __m512i x[4], y[4];
    for (int k = 0; k < 4; k++)
        x[k] = _mm512_mask_blend_epi8(ODD_BYTES, v[k], v[(k + 1) % 4]);
    for (int k = 0; k < 4; k++)
        y[k] = _mm512_mask_blend_epi8(UPPER_TWO, x[k], x[(k + 2) % 4]);
    v[0] = y[0];
    v[1] = _mm512_rol_epi32(y[1], 8);
    v[2] = _mm512_rol_epi32(y[2], 16);
    v[3] = _mm512_rol_epi32(y[3], 24);
}

#endif
