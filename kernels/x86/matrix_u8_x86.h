/* matrix_u8_x86 — matrix_u8.h on vectors of any width.
 *
 * Private to the kernels of two CPU levels. Each defines first: Vec, a vector of STEP
 * bytes, and V(op), an operation on it; evens() and odds(), which join the 32-bit
 * numbers of that parity of each 128 bits of two vectors; with_alpha(), which puts the
 * fourth bytes of the second vector into the first. Then map_x3() and map_x4().
 *
 * One multiplication a sample and weight: vpmulhrsw gives (a * b + 2^14) >> 15. With a
 * = (sample - 128) * 256 that is the rounded part of matrix_u8.h, and with b = 2^(15 -
 * n) it divides a sum by 2^n, rounded.
 * Threads: pure.
 */
#ifndef LUTIST_KERNELS_X86_MATRIX_U8_X86_H
#define LUTIST_KERNELS_X86_MATRIX_U8_X86_H

#include "matrix/matrix_u8.h"
#include "matrix/matrix_u8_pixel.h"
#include "x86/stream_head.h"

typedef struct Weights {
    Vec weight[3][3], bias[3];
    Vec unit; /* divides a sum */
} Weights;

static inline Weights weights_of(const MatrixU8 *m)
{
    Weights w = {.unit = V(set1_epi16)((short)(1 << (15 - (m->bits - 7))))};
    for (int c = 0; c < 3; c++) {
        w.bias[c] = V(set1_epi16)(m->bias[c]);
        for (int k = 0; k < 3; k++)
            w.weight[c][k] = V(set1_epi16)(m->weight[c][k]);
    }
    return w;
}

/* One channel of the result, not yet clamped, of the samples in the high bytes. */
static inline Vec mix(const Weights *w, int c, const Vec in[3])
{
    Vec red = V(mulhrs_epi16)(in[0], w->weight[c][0]);
    Vec green = V(mulhrs_epi16)(in[1], w->weight[c][1]);
    Vec blue = V(mulhrs_epi16)(in[2], w->weight[c][2]);
    Vec sum = V(add_epi16)(V(add_epi16)(w->bias[c], red), V(add_epi16)(green, blue));
    return V(mulhrs_epi16)(sum, w->unit);
}

/* The middle of the samples becomes 0. */
static inline Vec from_middle(Vec x)
{
    return x ^ V(set1_epi8)((char)MATRIX_U8_MIDDLE);
}

/* A plane of each channel becomes the result's. */
static inline void mix_planes(const Weights *w, Vec plane[3])
{
    const Vec zero = {0};
    Vec low[3], high[3];
    for (int k = 0; k < 3; k++) {
        Vec x = from_middle(plane[k]);
        low[k] = V(unpacklo_epi8)(zero, x);
        high[k] = V(unpackhi_epi8)(zero, x);
    }
    for (int c = 0; c < 3; c++)
        plane[c] = V(packus_epi16)(mix(w, c, low), mix(w, c, high));
}

/* Two vectors of RGBA. In each 128 bits `deal` collects the four reds, the four greens
 * and so on, or puts them back. */
static inline void mix_x4(const Weights *w, Vec v[2], Vec deal)
{
    const Vec zero = {0};
    Vec x = V(shuffle_epi8)(from_middle(v[0]), deal);
    Vec y = V(shuffle_epi8)(from_middle(v[1]), deal);
    Vec red_green = V(unpacklo_epi32)(x, y), blue_alpha = V(unpackhi_epi32)(x, y);
    Vec in[3] = {V(unpacklo_epi8)(zero, red_green), V(unpackhi_epi8)(zero, red_green),
                 V(unpacklo_epi8)(zero, blue_alpha)};
    Vec blue = mix(w, 2, in), rg = V(packus_epi16)(mix(w, 0, in), mix(w, 1, in));
    Vec bb = V(packus_epi16)(blue, blue);
    v[0] = with_alpha(V(shuffle_epi8)(evens(rg, bb), deal), v[0]);
    v[1] = with_alpha(V(shuffle_epi8)(odds(rg, bb), deal), v[1]);
}

/* Whole rounds of RGB and RGBA. Each returns the pixels done. */
typedef size_t rounds_fn(uint8_t *d, const uint8_t *s, size_t n, const Weights *w,
                         bool stream);
static inline rounds_fn map_x3, map_x4;

/* The ends of a row go pixel by pixel; so does its beginning until it is aligned for
 * stores past the caches. */
static inline void map(uint8_t *d, const uint8_t *s, size_t n, const MatrixU8 *m,
                       size_t channels, bool stream)
{
    const Weights w = weights_of(m);
    size_t head = stream ? stream_head(d, channels, STEP) : 0, done = 0;
    stream = stream && head < n;
    head = stream ? head : 0;
    matrix_u8_pixels(d, s, head, m, channels);
    d += head * channels, s += head * channels, n -= head;
    if (channels == 3)
        done = stream ? map_x3(d, s, n, &w, true) : map_x3(d, s, n, &w, false);
    else
        done = stream ? map_x4(d, s, n, &w, true) : map_x4(d, s, n, &w, false);
    matrix_u8_pixels(d + done * channels, s + done * channels, n - done, m, channels);
    if (stream)
        _mm_sfence();
}

#define MATRIX_U8_KERNEL(NAME, LEVEL, CHANNELS, STREAM)                                \
    static void lk_matrix_u8##NAME##_##LEVEL(uint8_t *dst, const uint8_t *src,         \
                                             size_t n, const MatrixU8 *matrix)         \
    {                                                                                  \
        map(dst, src, n, matrix, CHANNELS, STREAM);                                    \
    }

#define MATRIX_U8_KERNELS(LEVEL)                                                       \
    MATRIX_U8_KERNEL(x3, LEVEL, 3, false)                                              \
    MATRIX_U8_KERNEL(x4, LEVEL, 4, false)                                              \
    MATRIX_U8_KERNEL(x3_stream, LEVEL, 3, true)                                        \
    MATRIX_U8_KERNEL(x4_stream, LEVEL, 4, true)

#endif
