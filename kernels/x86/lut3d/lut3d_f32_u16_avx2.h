/* lut3d_f32_u16_avx2 — sixteen pixels of 16 bits as vectors of a channel, and back.
 *
 * A channel's samples are one vector of words, pixels 0 to 7 in its low half; as
 * numbers two vectors, first pixels 0 to 3 and 8 to 11, so that nothing crosses the
 * halves.
 * Threads: pure.
 */
#ifndef LUTIST_KERNELS_X86_LUT3D_LUT3D_F32_U16_AVX2_H
#define LUTIST_KERNELS_X86_LUT3D_LUT3D_F32_U16_AVX2_H

#include <immintrin.h>
#include <stdbool.h>

#include "x86/lut3d/halves_avx2.h"

/* The samples of 16 pixels: red, green, blue, and alpha where there is one. */
typedef struct Words {
    __m256i c[4];
} Words;

/* One shuffle of words in both halves, by their numbers. */
static inline __m256i shuffle_words(__m256i v, int a, int b, int c, int d, int e, int f,
                                    int g, int h)
{
    const int at[8] = {a, b, c, d, e, f, g, h};
    uint8_t bytes[16];
    for (int i = 0; i < 8; i++) {
        bytes[2 * i] = (uint8_t)(2 * at[i]);
        bytes[2 * i + 1] = (uint8_t)(2 * at[i] + 1);
    }
    return shuffle_halves(v, _mm_loadu_si128((const __m128i *)bytes));
}

/* Word k of 24 belongs to channel k % 3. Those of a channel lie in three vectors at
 * places that differ, so two blends collect them. */
enum { THIRD_0 = 0x49, THIRD_1 = 0x92, THIRD_2 = 0x24 };

static inline Words load_rgb(const uint16_t *s)
{
    __m256i a = load_halves(s, s + 24), b = load_halves(s + 8, s + 32);
    __m256i c = load_halves(s + 16, s + 40);
    __m256i red = _mm256_blend_epi16(_mm256_blend_epi16(a, b, THIRD_1), c, THIRD_2);
    __m256i green = _mm256_blend_epi16(_mm256_blend_epi16(a, b, THIRD_2), c, THIRD_0);
    __m256i blue = _mm256_blend_epi16(_mm256_blend_epi16(a, b, THIRD_0), c, THIRD_1);
    return (Words){{shuffle_words(red, 0, 3, 6, 1, 4, 7, 2, 5),
                    shuffle_words(green, 1, 4, 7, 2, 5, 0, 3, 6),
                    shuffle_words(blue, 2, 5, 0, 3, 6, 1, 4, 7)}};
}

KERNEL_INLINE void store_rgb(uint16_t *d, Words w, bool stream)
{
    __m256i red = shuffle_words(w.c[0], 0, 3, 6, 1, 4, 7, 2, 5);
    __m256i green = shuffle_words(w.c[1], 5, 0, 3, 6, 1, 4, 7, 2);
    __m256i blue = shuffle_words(w.c[2], 2, 5, 0, 3, 6, 1, 4, 7);
    __m256i a =
        _mm256_blend_epi16(_mm256_blend_epi16(red, green, THIRD_1), blue, THIRD_2);
    __m256i b =
        _mm256_blend_epi16(_mm256_blend_epi16(red, green, THIRD_2), blue, THIRD_0);
    __m256i c =
        _mm256_blend_epi16(_mm256_blend_epi16(red, green, THIRD_0), blue, THIRD_1);
    put_thirds(d, a, b, c, stream);
}

static inline Words load_rgba(const uint16_t *s)
{
    __m256i p0 = load_halves(s, s + 32), p2 = load_halves(s + 8, s + 40);
    __m256i p4 = load_halves(s + 16, s + 48), p6 = load_halves(s + 24, s + 56);
    __m256i even = _mm256_unpacklo_epi16(p0, p2), odd = _mm256_unpackhi_epi16(p0, p2);
    __m256i rg0 = _mm256_unpacklo_epi16(even, odd);
    __m256i ba0 = _mm256_unpackhi_epi16(even, odd);
    even = _mm256_unpacklo_epi16(p4, p6), odd = _mm256_unpackhi_epi16(p4, p6);
    __m256i rg4 = _mm256_unpacklo_epi16(even, odd);
    __m256i ba4 = _mm256_unpackhi_epi16(even, odd);
    return (Words){{_mm256_unpacklo_epi64(rg0, rg4), _mm256_unpackhi_epi64(rg0, rg4),
                    _mm256_unpacklo_epi64(ba0, ba4), _mm256_unpackhi_epi64(ba0, ba4)}};
}

KERNEL_INLINE void store_rgba(uint16_t *d, Words w, bool stream)
{
    __m256i rg0 = _mm256_unpacklo_epi16(w.c[0], w.c[1]);
    __m256i rg4 = _mm256_unpackhi_epi16(w.c[0], w.c[1]);
    __m256i ba0 = _mm256_unpacklo_epi16(w.c[2], w.c[3]);
    __m256i ba4 = _mm256_unpackhi_epi16(w.c[2], w.c[3]);
    __m256i p0 = _mm256_unpacklo_epi32(rg0, ba0), p2 = _mm256_unpackhi_epi32(rg0, ba0);
    __m256i p4 = _mm256_unpacklo_epi32(rg4, ba4), p6 = _mm256_unpackhi_epi32(rg4, ba4);
    put_quarters(d, p0, p2, p4, p6, stream);
}

#endif
