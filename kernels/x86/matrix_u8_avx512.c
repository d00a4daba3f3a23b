/* As matrix_u8_avx2.c, sixty-four pixels a round. */
#include <immintrin.h>

#include "matrix/matrix_u8.h"
#include "matrix/matrix_u8_pixel.h"
#include "x86/planes_u8_avx512.h"
#include "x86/stream_head.h"

#define FOURTH_OF_4 (EVERY_4 << 3)

typedef struct Weights {
    __m512i weight[3][3], bias[3];
    __m512i unit; /* divides a sum */
} Weights;

static inline Weights weights_of(const MatrixU8 *m)
{
    Weights w;
    for (int c = 0; c < 3; c++) {
        w.bias[c] = _mm512_set1_epi16(m->bias[c]);
        for (int k = 0; k < 3; k++)
            w.weight[c][k] = _mm512_set1_epi16(m->weight[c][k]);
    }
    w.unit = _mm512_set1_epi16((short)(1 << (15 - (m->bits - 7))));
    return w;
}

/* One channel of the result, not yet clamped, of the samples in the high bytes. */
static inline __m512i mix(const Weights *w, int c, const __m512i in[3])
{
    __m512i red = _mm512_mulhrs_epi16(in[0], w->weight[c][0]);
    __m512i green = _mm512_mulhrs_epi16(in[1], w->weight[c][1]);
    __m512i blue = _mm512_mulhrs_epi16(in[2], w->weight[c][2]);
    __m512i sum = _mm512_add_epi16(_mm512_add_epi16(w->bias[c], red),
                                   _mm512_add_epi16(green, blue));
    return _mm512_mulhrs_epi16(sum, w->unit);
}

/* The middle of the samples becomes 0. */
static inline __m512i from_middle(__m512i x)
{
    return _mm512_xor_si512(x, _mm512_set1_epi8((char)MATRIX_U8_MIDDLE));
}

/* A plane of each channel becomes the result's. */
static inline void mix_planes(const Weights *w, __m512i plane[3])
{
    const __m512i zero = _mm512_setzero_si512();
    __m512i low[3], high[3];
    for (int k = 0; k < 3; k++) {
        __m512i x = from_middle(plane[k]);
        low[k] = _mm512_unpacklo_epi8(zero, x);
        high[k] = _mm512_unpackhi_epi8(zero, x);
    }
    for (int c = 0; c < 3; c++)
        plane[c] = _mm512_packus_epi16(mix(w, c, low), mix(w, c, high));
}

/* Rounds of 64 pixels; the last one must leave a pixel, whose bytes are read. Returns
 * the pixels done. */
static inline size_t map_x3(uint8_t *d, const uint8_t *s, size_t n, const Weights *w,
                            bool stream)
{
    const __m512i by_1 = rotation(1), by_2 = rotation(2);
    size_t i = 0;
    for (; i + STEP < n; i += STEP, s += 3 * STEP, d += 3 * STEP) {
        __m512i plane[3];
        load_rgb(plane, s);
        mix_planes(w, plane);
        store_rgb(d, plane, by_1, by_2, stream);
    }
    return i;
}

/* Two vectors of RGBA. In each 128 bits `deal` collects the four reds, the four greens
 * and so on, or puts them back. */
static inline void mix_x4(const Weights *w, __m512i v[2])
{
    const __m512i deal =
        _mm512_set4_epi32(0x0F0B0703, 0x0E0A0602, 0x0D090501, 0x0C080400);
    const __m512i zero = _mm512_setzero_si512();
    __m512i x = _mm512_shuffle_epi8(from_middle(v[0]), deal);
    __m512i y = _mm512_shuffle_epi8(from_middle(v[1]), deal);
    __m512i red_green = _mm512_unpacklo_epi32(x, y);
    __m512i blue_alpha = _mm512_unpackhi_epi32(x, y);
    __m512i in[3] = {_mm512_unpacklo_epi8(zero, red_green),
                     _mm512_unpackhi_epi8(zero, red_green),
                     _mm512_unpacklo_epi8(zero, blue_alpha)};
    __m512i blue = mix(w, 2, in);
    __m512 rg = _mm512_castsi512_ps(_mm512_packus_epi16(mix(w, 0, in), mix(w, 1, in)));
    __m512 bb = _mm512_castsi512_ps(_mm512_packus_epi16(blue, blue));
    x = _mm512_castps_si512(_mm512_shuffle_ps(rg, bb, _MM_SHUFFLE(2, 0, 2, 0)));
    y = _mm512_castps_si512(_mm512_shuffle_ps(rg, bb, _MM_SHUFFLE(3, 1, 3, 1)));
    v[0] = _mm512_mask_blend_epi8(FOURTH_OF_4, _mm512_shuffle_epi8(x, deal), v[0]);
    v[1] = _mm512_mask_blend_epi8(FOURTH_OF_4, _mm512_shuffle_epi8(y, deal), v[1]);
}

static inline size_t map_x4(uint8_t *d, const uint8_t *s, size_t n, const Weights *w,
                            bool stream)
{
    enum { PIXELS = STEP / 2 };
    size_t i = 0;
    for (; i + PIXELS <= n; i += PIXELS, s += 2 * STEP, d += 2 * STEP) {
        __m512i v[2] = {_mm512_loadu_si512(s), _mm512_loadu_si512(s + STEP)};
        mix_x4(w, v);
        put(d, v[0], stream);
        put(d + STEP, v[1], stream);
    }
    return i;
}

static inline void map(uint8_t *d, const uint8_t *s, size_t n, const MatrixU8 *m,
                       size_t channels, bool stream)
{
    const Weights w = weights_of(m);
    size_t head = stream ? stream_head(d, channels, STEP) : 0;
    stream = stream && head < n;
    head = stream ? head : 0;
    matrix_u8_pixels(d, s, head, m, channels);
    d += head * channels, s += head * channels, n -= head;
    size_t done =
        channels == 3 ? map_x3(d, s, n, &w, stream) : map_x4(d, s, n, &w, stream);
    matrix_u8_pixels(d + done * channels, s + done * channels, n - done, m, channels);
    if (stream)
        _mm_sfence();
}

#define DEFINE(NAME, CHANNELS, STREAM)                                                 \
    static void lk_matrix_u8##NAME##_avx512(uint8_t *dst, const uint8_t *src,          \
                                            size_t n, const MatrixU8 *matrix)          \
    {                                                                                  \
        map(dst, src, n, matrix, CHANNELS, STREAM);                                    \
    }

DEFINE(x3, 3, false)
DEFINE(x4, 4, false)
DEFINE(x3_stream, 3, true)
DEFINE(x4_stream, 4, true)

void matrix_u8_fill_avx512(MatrixU8Kernels *kernels)
{
    kernels->pixels[0] = lk_matrix_u8x3_avx512;
    kernels->pixels[1] = lk_matrix_u8x4_avx512;
    kernels->stream[0] = lk_matrix_u8x3_stream_avx512;
    kernels->stream[1] = lk_matrix_u8x4_stream_avx512;
}
