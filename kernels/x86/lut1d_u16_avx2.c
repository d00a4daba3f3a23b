/* 16-bit tables: 128 KB each, so vectors cannot speed up the lookups. Loads and stores
 * of single samples would be the limit; so four samples are loaded as one number and
 * parted by shifts, and eight entries are put into a vector, which is stored at once.
 * Streaming stores bypass the caches, which keep the tables. */
#include <immintrin.h>
#include <stdbool.h>
#include <string.h>

#include "lut1d.h"
#include "sample.h"

/* Samples of a vector, and of a round: whole pixels and whole vectors for 1 to 4
 * channels. */
enum { VECTOR = 8, ROUND = 24, ALIGN = 16 };

typedef struct Tables {
    const uint16_t *c[3];
} Tables;

/* Is sample `i` of a round alpha? */
KERNEL_INLINE bool is_alpha(size_t i, size_t channels)
{
    return channels % 2 == 0 && i % channels == channels - 1;
}

/* The entry of sample `i` of a round. */
KERNEL_INLINE uint16_t entry(const Tables *t, size_t i, size_t channels,
                             uint16_t sample)
{
    return t->c[channels >= 3 ? i % channels : 0][sample];
}

/* Word `k` of v becomes the entry of its sample, one of the four in `samples`. */
#define PUT(v, k, samples)                                                             \
    do {                                                                               \
        uint16_t sample = (uint16_t)((samples) >> 16 * ((k) % 4));                     \
        if (!is_alpha(first + (k), channels))                                          \
            (v) = _mm_insert_epi16(v, entry(t, first + (k), channels, sample), k);     \
    } while (0)

/* Eight samples, from sample `first` of a round on. Alpha stays. */
KERNEL_INLINE __m128i entries(const uint16_t *s, const Tables *t, size_t first,
                              size_t channels)
{
    uint64_t samples[2];
    memcpy(samples, s, sizeof samples);
    __m128i low =
        channels % 2 ? _mm_setzero_si128() : _mm_loadu_si128((const __m128i *)s);
    __m128i high = low;
    PUT(low, 0, samples[0]);
    PUT(low, 1, samples[0]);
    PUT(low, 2, samples[0]);
    PUT(low, 3, samples[0]);
    PUT(high, 4, samples[1]);
    PUT(high, 5, samples[1]);
    PUT(high, 6, samples[1]);
    PUT(high, 7, samples[1]);
    return _mm_blend_epi16(low, high, 0xF0);
}

/* `n` samples, whole pixels. */
KERNEL_INLINE void look_up(uint16_t *d, const uint16_t *s, size_t n, const Tables *t,
                           size_t channels)
{
    for (size_t i = 0; i < n; i += channels)
        for (size_t c = 0; c < channels; c++)
            d[i + c] =
                is_alpha(c, channels) ? s[i + c] : entry(t, c, channels, s[i + c]);
}

/* Samples until dst is aligned, in whole pixels; all of them if it never is. */
static size_t head_of(const uint16_t *d, size_t n, size_t channels)
{
    size_t head = 0;
    while (head < n && head < ROUND && (uintptr_t)(d + head) % ALIGN)
        head += channels;
    return (uintptr_t)(d + head) % ALIGN ? n : head;
}

KERNEL_INLINE void map(uint16_t *d, const uint16_t *s, size_t n, size_t channels,
                       const void *const tables[3], bool stream)
{
    const Tables own = {{tables[0], tables[1], tables[2]}}, *t = &own;
    size_t i = stream ? head_of(d, n, channels) : 0;
    look_up(d, s, i, t, channels);
    for (; i + ROUND <= n; i += ROUND)
        for (size_t k = 0; k < ROUND; k += VECTOR) {
            __m128i v = entries(s + i + k, t, k, channels);
            if (stream)
                _mm_stream_si128((__m128i *)(d + i + k), v);
            else
                _mm_storeu_si128((__m128i *)(d + i + k), v);
        }
    look_up(d + i, s + i, n - i, t, channels);
    if (stream)
        _mm_sfence();
}

#define DEFINE(CHANNELS)                                                               \
    static void lk_lut1d_u16x##CHANNELS##_avx2(void *dst, const void *src, size_t n,   \
                                               const void *const tables[3])            \
    {                                                                                  \
        map(dst, src, n *CHANNELS, CHANNELS, tables, false);                           \
    }                                                                                  \
    static void lk_lut1d_u16x##CHANNELS##_stream_avx2(                                 \
        void *dst, const void *src, size_t n, const void *const tables[3])             \
    {                                                                                  \
        map(dst, src, n *CHANNELS, CHANNELS, tables, true);                            \
    }

DEFINE(1)
DEFINE(2)
DEFINE(3)
DEFINE(4)

void lut1d_u16_fill_avx2(Lut1dKernels *kernels)
{
    static const lut1d_fn plain[] = {lk_lut1d_u16x1_avx2, lk_lut1d_u16x2_avx2,
                                     lk_lut1d_u16x3_avx2, lk_lut1d_u16x4_avx2};
    static const lut1d_fn streams[] = {
        lk_lut1d_u16x1_stream_avx2, lk_lut1d_u16x2_stream_avx2,
        lk_lut1d_u16x3_stream_avx2, lk_lut1d_u16x4_stream_avx2};
    for (int layout = LUT_X1; layout <= LUT_X4; layout++) {
        kernels->u16[layout] = plain[layout];
        kernels->u16_stream[layout] = streams[layout];
    }
}
