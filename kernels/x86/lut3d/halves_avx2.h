/* halves_avx2 — vectors whose halves belong to places apart, and memory.
 *
 * Threads: pure.
 */
#ifndef LUTIST_KERNELS_X86_LUT3D_HALVES_AVX2_H
#define LUTIST_KERNELS_X86_LUT3D_HALVES_AVX2_H

#include <immintrin.h>
#include <stdbool.h>

#include "sample.h"

static inline __m256i load_halves(const void *low, const void *high)
{
    __m128i l = _mm_loadu_si128(low);
    return _mm256_inserti128_si256(_mm256_castsi128_si256(l), _mm_loadu_si128(high), 1);
}

/* One shuffle of bytes in both halves. */
static inline __m256i shuffle_halves(__m256i v, __m128i by)
{
    return _mm256_shuffle_epi8(v, _mm256_broadcastsi128_si256(by));
}

KERNEL_INLINE void put(uint16_t *d, __m256i v, bool stream)
{
    if (stream)
        _mm256_stream_si256((__m256i *)d, v);
    else
        _mm256_storeu_si256((__m256i *)d, v);
}

/* 24 words of the low halves, then as many of the high ones. */
KERNEL_INLINE void put_thirds(uint16_t *d, __m256i a, __m256i b, __m256i c, bool stream)
{
    put(d, _mm256_permute2x128_si256(a, b, 0x20), stream);
    put(d + 16, _mm256_permute2x128_si256(c, a, 0x30), stream);
    put(d + 32, _mm256_permute2x128_si256(b, c, 0x31), stream);
}

/* 32 words of the low halves, then as many of the high ones. */
KERNEL_INLINE void put_quarters(uint16_t *d, __m256i p0, __m256i p2, __m256i p4,
                                __m256i p6, bool stream)
{
    put(d, _mm256_permute2x128_si256(p0, p2, 0x20), stream);
    put(d + 16, _mm256_permute2x128_si256(p4, p6, 0x20), stream);
    put(d + 32, _mm256_permute2x128_si256(p0, p2, 0x31), stream);
    put(d + 48, _mm256_permute2x128_si256(p4, p6, 0x31), stream);
}

#endif
