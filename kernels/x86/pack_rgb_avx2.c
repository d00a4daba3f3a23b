/* Eight pixels a round: each half of a vector is loaded with four and shuffled. The
 * second half's load reads four bytes of the next pixels. */
#include <immintrin.h>

#include "pack_rgb.h"

enum { STEP = 8, READ = STEP + 2 }; /* pixels */

static void lk_pack_rgb_avx2(uint32_t *dst, const uint8_t *src, size_t n)
{
    const __m256i alpha = _mm256_set1_epi32((int)0xff000000);
    const __m256i places = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(2, 1, 0, -1, 5, 4, 3, -1, 8, 7, 6, -1, 11, 10, 9, -1));
    for (; n >= READ; n -= STEP, dst += STEP, src += 3 * STEP) {
        __m256i v = _mm256_inserti128_si256(
            _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)src)),
            _mm_loadu_si128((const __m128i *)(src + 12)), 1);
        v = _mm256_or_si256(_mm256_shuffle_epi8(v, places), alpha);
        _mm256_storeu_si256((__m256i *)dst, v);
    }
    for (; n; n--, src += 3)
        *dst++ = 0xff000000u | (uint32_t)src[0] << 16 | (uint32_t)src[1] << 8 | src[2];
}

void pack_rgb_fill_avx2(PackKernels *kernels)
{
    kernels->rgb = lk_pack_rgb_avx2;
}
