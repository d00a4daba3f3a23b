/* lut3d_f32_pairs_avx2 — sixteen pixels of 16 bits, two in each half of a vector.
 *
 * Pixels 0 and 1 are in the low half of the first vector, 8 and 9 in its high one, then
 * 2 and 3, and so on; the fourth word of each is of no use.
 * Threads: pure.
 */
#ifndef LUTIST_KERNELS_X86_LUT3D_LUT3D_F32_PAIRS_AVX2_H
#define LUTIST_KERNELS_X86_LUT3D_LUT3D_F32_PAIRS_AVX2_H

#include "x86/lut3d/lut3d_f32_u16_avx2.h"

/* Six words of a vector and two of the next one make eight, then four and four, then
 * two and six. */
KERNEL_INLINE void store_pairs_rgb(uint16_t *d, const __m256i pixels[4], bool stream)
{
    __m256i p0 = shuffle_words(pixels[0], 0, 1, 2, 4, 5, 6, 3, 7);
    __m256i p2 = shuffle_words(pixels[1], 2, 4, 5, 6, 3, 7, 0, 1);
    __m256i p4 = shuffle_words(pixels[2], 5, 6, 3, 7, 0, 1, 2, 4);
    __m256i p6 = shuffle_words(pixels[3], 3, 7, 0, 1, 2, 4, 5, 6);
    put_thirds(d, _mm256_blend_epi32(p0, p2, 0x88), _mm256_blend_epi32(p2, p4, 0xCC),
               _mm256_blend_epi32(p4, p6, 0xEE), stream);
}

/* With the alpha of the pixels at `s`. */
KERNEL_INLINE void store_pairs_rgba(uint16_t *d, const uint16_t *s,
                                    const __m256i pixels[4], bool stream)
{
    enum { ALPHA = 0x88 };
    __m256i p[4];
    for (int k = 0; k < 4; k++, s += 8)
        p[k] = _mm256_blend_epi16(pixels[k], load_halves(s, s + 32), ALPHA);
    put_quarters(d, p[0], p[1], p[2], p[3], stream);
}

#endif
