/* lut3d_f32_u8_avx2 — eight pixels of 8 bits as vectors of a channel, and back.
 *
 * Threads: pure.
 */
#ifndef LUTIST_KERNELS_X86_LUT3D_LUT3D_F32_U8_AVX2_H
#define LUTIST_KERNELS_X86_LUT3D_LUT3D_F32_U8_AVX2_H

#include "x86/lut3d/halves_avx2.h"

/* For a shuffle: a byte as a number; those outside of 16 are zero. */
static inline int number(int byte)
{
    return byte < 16 ? ~UINT8_MAX | byte : -1;
}

/* The bytes at `at`, `at + step` … of the low half, and at `high` … of the other, as
 * numbers. */
static inline __m256i pick(__m256i v, int at, int high, int step)
{
    return _mm256_shuffle_epi8(
        v, _mm256_setr_epi32(number(at), number(at + step), number(at + 2 * step),
                             number(at + 3 * step), number(high), number(high + step),
                             number(high + 2 * step), number(high + 3 * step)));
}

/* A channel of eight pixels. No byte behind them is read: the second half of RGB begins
 * before pixel 4. */
static inline __m256i samples_u8(const uint8_t *s, int channel, int channels)
{
    if (channels == 3)
        return pick(load_halves(s, s + 8), channel, channel + 4, 3);
    return pick(load_halves(s, s + 16), channel, channel, 4);
}

/* The twelve bytes of four pixels begin each half. */
static inline void store_u8x3(uint8_t *d, __m256i rgb)
{
    __m128i low = _mm256_castsi256_si128(rgb), high = _mm256_extracti128_si256(rgb, 1);
    low = _mm_or_si128(low, _mm_slli_si128(high, 12));
    _mm_storeu_si128((__m128i *)d, low);
    _mm_storel_epi64((__m128i *)(d + 16), _mm_srli_si128(high, 4));
}

/* Eight pixels; `v`: whole numbers, clamped here. */
KERNEL_INLINE void store_u8(uint8_t *d, const uint8_t *s, const __m256i v[3],
                            int channels)
{
    __m256i rg = _mm256_packs_epi32(v[0], v[1]);
    if (channels == 3) {
        __m256i all = _mm256_packus_epi16(rg, _mm256_packs_epi32(v[2], v[2]));
        store_u8x3(d, shuffle_halves(all, _mm_setr_epi8(0, 4, 8, 1, 5, 9, 2, 6, 10, 3,
                                                        7, 11, -1, -1, -1, -1)));
        return;
    }
    __m256i alpha = samples_u8(s, 3, 4);
    __m256i all = _mm256_packus_epi16(rg, _mm256_packs_epi32(v[2], alpha));
    all = shuffle_halves(
        all, _mm_setr_epi8(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15));
    _mm256_storeu_si256((__m256i *)d, all);
}

#endif
