/* Depth conversion, thirty-two samples a round.
 *
 * (v + 128) / 257 is (v * 255 + 32,895) >> 16 for every v. Two multiplications give the
 * product's halves. Adding the constant carries out of the low half exactly if that is
 * above 65,536 - 32,896. */
#include <immintrin.h>

#include "convert_depth.h"

enum { STEP = 32 };

static inline __m256i narrow(__m256i v)
{
    const __m256i by = _mm256_set1_epi16(255), limit = _mm256_set1_epi16(32640);
    __m256i high = _mm256_mulhi_epu16(v, by), low = _mm256_mullo_epi16(v, by);
    /* All ones (minus one) where low <= 32640: high + 1 + that. */
    __m256i below = _mm256_cmpeq_epi16(_mm256_max_epu16(low, limit), limit);
    return _mm256_add_epi16(_mm256_add_epi16(high, _mm256_set1_epi16(1)), below);
}

static void lk_narrow_avx2(uint8_t *dst, const uint16_t *src, size_t n)
{
    size_t i = 0;
    for (; i + STEP <= n; i += STEP) {
        __m256i a = narrow(_mm256_loadu_si256((const __m256i *)(src + i)));
        __m256i b = narrow(_mm256_loadu_si256((const __m256i *)(src + i + STEP / 2)));
        __m256i bytes = _mm256_packus_epi16(a, b);
        bytes = _mm256_permute4x64_epi64(bytes, 0xD8);
        _mm256_storeu_si256((__m256i *)(dst + i), bytes);
    }
    for (; i < n; i++)
        dst[i] = (uint8_t)((src[i] + 128u) / 257u);
}

static void lk_widen_avx2(uint16_t *dst, const uint8_t *src, size_t n)
{
    size_t i = 0;
    for (; i + STEP <= n; i += STEP) {
        __m256i v = _mm256_loadu_si256((const __m256i *)(src + i));
        v = _mm256_permute4x64_epi64(v, 0xD8);
        _mm256_storeu_si256((__m256i *)(dst + i), _mm256_unpacklo_epi8(v, v));
        _mm256_storeu_si256((__m256i *)(dst + i + STEP / 2),
                            _mm256_unpackhi_epi8(v, v));
    }
    for (; i < n; i++)
        dst[i] = (uint16_t)(src[i] * 257u);
}

void convert_depth_fill_avx2(ConvertDepthKernels *kernels)
{
    kernels->narrow = lk_narrow_avx2;
    kernels->widen = lk_widen_avx2;
}
