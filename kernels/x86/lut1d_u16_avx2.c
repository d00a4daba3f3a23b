/* 16-bit tables: 128 KB each, so loads from the second-level cache are the limit and
 * vectors cannot speed up the lookups. They speed up the stores: results are gathered
 * in a few lines of the first-level cache and then bypass the caches, which keep the
 * tables. */
#include <immintrin.h>

#include "lut1d.h"

/* Samples of a round: whole pixels and whole vectors for 1 to 4 channels. */
enum { ROUND = 48, VECTOR = 16, ALIGN = 32 };

/* `n` samples, whole pixels; `channels` is a constant where this is inlined. With 2 and
 * 4 channels the last is alpha. */
static inline void look_up(uint16_t *d, const uint16_t *s, size_t n, size_t channels,
                           const uint16_t *r, const uint16_t *g, const uint16_t *b)
{
    for (size_t i = 0; i < n; i += channels) {
        d[i] = r[s[i]];
        if (channels == 2)
            d[i + 1] = s[i + 1];
        if (channels >= 3) {
            d[i + 1] = g[s[i + 1]];
            d[i + 2] = b[s[i + 2]];
        }
        if (channels == 4)
            d[i + 3] = s[i + 3];
    }
}

/* Samples until dst is aligned, in whole pixels; all of them if it never is. */
static size_t head_of(const uint16_t *d, size_t n, size_t channels)
{
    size_t head = 0;
    while (head < n && head < ROUND && (uintptr_t)(d + head) % ALIGN)
        head += channels;
    return (uintptr_t)(d + head) % ALIGN ? n : head;
}

static inline void map(uint16_t *d, const uint16_t *s, size_t n, size_t channels,
                       const void *const tables[3])
{
    const uint16_t *r = tables[0], *g = tables[1], *b = tables[2];
    size_t i = head_of(d, n, channels);
    look_up(d, s, i, channels, r, g, b);
    for (; i + ROUND <= n; i += ROUND) {
        uint16_t line[ROUND] __attribute__((aligned(ALIGN)));
        look_up(line, s + i, ROUND, channels, r, g, b);
        for (size_t k = 0; k < ROUND; k += VECTOR)
            _mm256_stream_si256((__m256i *)(d + i + k),
                                _mm256_load_si256((const __m256i *)(line + k)));
    }
    look_up(d + i, s + i, n - i, channels, r, g, b);
    _mm_sfence();
}

#define DEFINE(CHANNELS)                                                               \
    static void lk_lut1d_u16x##CHANNELS##_stream_avx2(                                 \
        void *dst, const void *src, size_t n, const void *const tables[3])             \
    {                                                                                  \
        map(dst, src, n *CHANNELS, CHANNELS, tables);                                  \
    }

DEFINE(1)
DEFINE(2)
DEFINE(3)
DEFINE(4)

void lut1d_u16_fill_avx2(Lut1dKernels *kernels)
{
    kernels->u16_stream[LUT_X1] = lk_lut1d_u16x1_stream_avx2;
    kernels->u16_stream[LUT_X2] = lk_lut1d_u16x2_stream_avx2;
    kernels->u16_stream[LUT_X3] = lk_lut1d_u16x3_stream_avx2;
    kernels->u16_stream[LUT_X4] = lk_lut1d_u16x4_stream_avx2;
}
