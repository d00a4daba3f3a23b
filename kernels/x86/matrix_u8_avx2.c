/* One multiplication a sample and weight: vpmulhrsw gives (a * b + 2^14) >> 15. With a
 * = (sample - 128) * 256 that is the rounded part of matrix_u8.h, and with b = 2^(15 -
 * n) it divides a sum by 2^n, rounded.
 *
 * Three vectors of RGB hold red at 32 different positions (32 is 2 modulo 3), so
 * blending gathers all red bytes in one vector. The same blends of the three vectors
 * that begin one byte later, and two bytes later, put the green and the blue of a pixel
 * at the position of its red. */
#include <immintrin.h>

#include "matrix/matrix_u8.h"
#include "matrix/matrix_u8_pixel.h"

enum { STEP = 32, LINE = 64, AHEAD = 4096 };

typedef struct Weights {
    __m256i weight[3][3], bias[3];
    __m256i unit; /* divides a sum */
} Weights;

static inline Weights weights_of(const MatrixU8 *m)
{
    Weights w;
    for (int c = 0; c < 3; c++) {
        w.bias[c] = _mm256_set1_epi16(m->bias[c]);
        for (int k = 0; k < 3; k++)
            w.weight[c][k] = _mm256_set1_epi16(m->weight[c][k]);
    }
    w.unit = _mm256_set1_epi16((short)(1 << (15 - (m->bits - 7))));
    return w;
}

static inline __m256i load(const uint8_t *p)
{
    return _mm256_loadu_si256((const __m256i *)p);
}

static inline void put(uint8_t *d, __m256i x, bool stream)
{
    if (stream)
        _mm256_stream_si256((__m256i *)d, x);
    else
        _mm256_storeu_si256((__m256i *)d, x);
}

/* Processors prefetch by themselves, but not beyond a page. */
static inline void look_ahead(const uint8_t *s, bool stream)
{
    if (!stream)
        return;
    _mm_prefetch((const char *)(s + AHEAD), _MM_HINT_T1);
    _mm_prefetch((const char *)(s + AHEAD + LINE), _MM_HINT_T1);
}

/* One channel of the result, not yet clamped, of the samples in the high bytes. */
static inline __m256i mix(const Weights *w, int c, const __m256i in[3])
{
    __m256i red = _mm256_mulhrs_epi16(in[0], w->weight[c][0]);
    __m256i green = _mm256_mulhrs_epi16(in[1], w->weight[c][1]);
    __m256i blue = _mm256_mulhrs_epi16(in[2], w->weight[c][2]);
    __m256i sum = _mm256_add_epi16(_mm256_add_epi16(w->bias[c], red),
                                   _mm256_add_epi16(green, blue));
    return _mm256_mulhrs_epi16(sum, w->unit);
}

/* The middle of the samples becomes 0. */
static inline __m256i from_middle(__m256i x)
{
    return _mm256_xor_si256(x, _mm256_set1_epi8((char)MATRIX_U8_MIDDLE));
}

/* A plane of each channel becomes the result's. */
static inline void mix_planes(const Weights *w, __m256i plane[3])
{
    const __m256i zero = _mm256_setzero_si256();
    __m256i low[3], high[3];
    for (int k = 0; k < 3; k++) {
        __m256i x = from_middle(plane[k]);
        low[k] = _mm256_unpacklo_epi8(zero, x);
        high[k] = _mm256_unpackhi_epi8(zero, x);
    }
    for (int c = 0; c < 3; c++)
        plane[c] = _mm256_packus_epi16(mix(w, c, low), mix(w, c, high));
}

/* Bytes whose position is 1 or 2 modulo 3. */
typedef struct Thirds {
    __m256i first, second;
} Thirds;

static inline Thirds thirds_make(void)
{
    uint8_t bytes[2][STEP];
    for (int i = 0; i < STEP; i++) {
        bytes[0][i] = i % 3 == 1 ? 0xFF : 0;
        bytes[1][i] = i % 3 == 2 ? 0xFF : 0;
    }
    return (Thirds){load(bytes[0]), load(bytes[1])};
}

/* Bytes at positions 0 modulo 3 from a, 1 from b, 2 from c. */
static inline __m256i pick(const Thirds *t, __m256i a, __m256i b, __m256i c)
{
    return _mm256_blendv_epi8(_mm256_blendv_epi8(a, b, t->first), c, t->second);
}

static inline __m256i gather(const Thirds *t, const uint8_t *s)
{
    return pick(t, load(s), load(s + STEP), load(s + 2 * STEP));
}

/* Rounds of 32 pixels; the last one must leave a pixel, whose bytes are read. Returns
 * the pixels done. */
static inline size_t map_x3(uint8_t *d, const uint8_t *s, size_t n, const Weights *w,
                            bool stream)
{
    const Thirds t = thirds_make();
    size_t i = 0;
    for (; i + STEP < n; i += STEP, s += 3 * STEP, d += 3 * STEP) {
        look_ahead(s, stream);
        __m256i plane[3] = {gather(&t, s), gather(&t, s + 1), gather(&t, s + 2)};
        mix_planes(w, plane);
        /* Each byte to its own position, one and two after that of its pixel's red. */
        __m256i red = plane[0], green = plane[1], blue = plane[2];
        green =
            _mm256_alignr_epi8(green, _mm256_permute2x128_si256(green, green, 1), 15);
        blue = _mm256_alignr_epi8(blue, _mm256_permute2x128_si256(blue, blue, 1), 14);
        put(d, pick(&t, red, green, blue), stream);
        put(d + STEP, pick(&t, blue, red, green), stream);
        put(d + 2 * STEP, pick(&t, green, blue, red), stream);
    }
    return i;
}

/* Two vectors of RGBA. In each 128 bits `deal` collects the four reds, the four greens
 * and so on, or puts them back. */
static inline void mix_x4(const Weights *w, __m256i v[2])
{
    const __m256i deal = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15));
    const __m256i alpha = _mm256_set1_epi32((int)0xFF000000),
                  zero = _mm256_setzero_si256();
    __m256i x = _mm256_shuffle_epi8(from_middle(v[0]), deal);
    __m256i y = _mm256_shuffle_epi8(from_middle(v[1]), deal);
    __m256i red_green = _mm256_unpacklo_epi32(x, y);
    __m256i blue_alpha = _mm256_unpackhi_epi32(x, y);
    __m256i in[3] = {_mm256_unpacklo_epi8(zero, red_green),
                     _mm256_unpackhi_epi8(zero, red_green),
                     _mm256_unpacklo_epi8(zero, blue_alpha)};
    __m256i blue = mix(w, 2, in);
    __m256 rg = _mm256_castsi256_ps(_mm256_packus_epi16(mix(w, 0, in), mix(w, 1, in)));
    __m256 bb = _mm256_castsi256_ps(_mm256_packus_epi16(blue, blue));
    x = _mm256_castps_si256(_mm256_shuffle_ps(rg, bb, _MM_SHUFFLE(2, 0, 2, 0)));
    y = _mm256_castps_si256(_mm256_shuffle_ps(rg, bb, _MM_SHUFFLE(3, 1, 3, 1)));
    v[0] = _mm256_blendv_epi8(_mm256_shuffle_epi8(x, deal), v[0], alpha);
    v[1] = _mm256_blendv_epi8(_mm256_shuffle_epi8(y, deal), v[1], alpha);
}

static inline size_t map_x4(uint8_t *d, const uint8_t *s, size_t n, const Weights *w,
                            bool stream)
{
    size_t i = 0;
    for (; i + STEP <= n; i += STEP, s += 4 * STEP, d += 4 * STEP) {
        look_ahead(s, stream);
        __m256i v[4];
        for (int k = 0; k < 4; k++)
            v[k] = load(s + k * STEP);
        mix_x4(w, v);
        mix_x4(w, v + 2);
        for (int k = 0; k < 4; k++)
            put(d + k * STEP, v[k], stream);
    }
    return i;
}

/* Pixels until the result is aligned; more than n if it never is. */
static inline size_t head_of(const uint8_t *d, size_t channels)
{
    for (size_t head = 0; head < STEP; head++)
        if ((uintptr_t)(d + channels * head) % STEP == 0)
            return head;
    return SIZE_MAX;
}

static inline void map(uint8_t *d, const uint8_t *s, size_t n, const MatrixU8 *m,
                       size_t channels, bool stream)
{
    const Weights w = weights_of(m);
    size_t head = stream ? head_of(d, channels) : 0;
    stream = stream && head < n;
    head = stream ? head : 0;
    matrix_u8_pixels(d, s, head, m, channels);
    d += head * channels, s += head * channels, n -= head;
    size_t done = 0;
    if (channels == 3)
        done = stream ? map_x3(d, s, n, &w, true) : map_x3(d, s, n, &w, false);
    else
        done = stream ? map_x4(d, s, n, &w, true) : map_x4(d, s, n, &w, false);
    matrix_u8_pixels(d + done * channels, s + done * channels, n - done, m, channels);
    if (stream)
        _mm_sfence();
}

#define DEFINE(NAME, CHANNELS, STREAM)                                                 \
    static void lk_matrix_u8##NAME##_avx2(uint8_t *dst, const uint8_t *src, size_t n,  \
                                          const MatrixU8 *matrix)                      \
    {                                                                                  \
        map(dst, src, n, matrix, CHANNELS, STREAM);                                    \
    }

DEFINE(x3, 3, false)
DEFINE(x4, 4, false)
DEFINE(x3_stream, 3, true)
DEFINE(x4_stream, 4, true)

void matrix_u8_fill_avx2(MatrixU8Kernels *kernels)
{
    kernels->pixels[0] = lk_matrix_u8x3_avx2;
    kernels->pixels[1] = lk_matrix_u8x4_avx2;
    kernels->stream[0] = lk_matrix_u8x3_stream_avx2;
    kernels->stream[1] = lk_matrix_u8x4_stream_avx2;
}
