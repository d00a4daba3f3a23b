/* Two vectors, a line of the caches, a round. */
#include <immintrin.h>
#include <stdint.h>

#include "copy/copy.h"

enum { STEP = 32, LINE = 64, AHEAD = 4096 };

static void bytes_one_by_one(uint8_t *d, const uint8_t *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        d[i] = s[i];
}

static void lk_copy_stream_avx2(void *dst, const void *src, size_t n)
{
    uint8_t *d = dst;
    const uint8_t *s = src;
    size_t head = (size_t)(-(uintptr_t)d % STEP), i = head < n ? head : n;
    bytes_one_by_one(d, s, i);
    for (; i + LINE <= n; i += LINE) {
        /* Processors prefetch by themselves, but not beyond a page. */
        _mm_prefetch((const char *)(s + i + AHEAD), _MM_HINT_T1);
        __m256i low = _mm256_loadu_si256((const __m256i *)(s + i));
        __m256i high = _mm256_loadu_si256((const __m256i *)(s + i + STEP));
        _mm256_stream_si256((__m256i *)(d + i), low);
        _mm256_stream_si256((__m256i *)(d + i + STEP), high);
    }
    bytes_one_by_one(d + i, s + i, n - i);
    _mm_sfence();
}

void copy_fill_avx2(CopyKernels *kernels)
{
    kernels->stream = lk_copy_stream_avx2;
}
