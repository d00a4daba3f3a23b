/* lut3d_u8.h sixteen pixels at a time, whole numbers as in lut3d_u8.c.
 *
 * Vectors of words hold a channel: pixels 0 to 7 in the low half, 8 to 15 in the high
 * one. Vectors of 32 bits hold pixels 0 to 3 and 8 to 11, or 4 to 7 and 12 to 15, so
 * nothing crosses the halves. Places and weights are made for all pixels at once. Then
 * two pixels, eight apart, go through the interpolation in one vector, in a pass of its
 * own (see lut3d_f32_cube_avx2.c). */
#include <string.h>

#include "lut3d/lut3d_u8.h"
#include "x86/lut3d/halves_avx2.h"

enum { SOME = 64, PIXELS = 16, HALF = 8, QUARTER = 4, NUMBERS = 4, CORNERS = 3 };
enum { AXIS_BITS = 3, WEIGHT_BITS = 14, CUT_BITS = 2, WORD = 16, ODD_WORDS = 0xAA };

typedef struct Words {
    __m256i c[3];
} Words;

/* Pairs of weights for the first and the last two corners of eight pixels. */
typedef struct Weights {
    __m256i first, last;
} Weights;

/* Of some pixels: the corners, as numbers of points, in the order of the vectors above,
 * and their weights. */
typedef struct Places {
    uint32_t corner[CORNERS][SOME] __attribute__((aligned(32)));
    Weights weights[SOME / HALF];
} Places;

/* The bytes from `first` on, `step` apart, twice each, as words `from` to `to`. */
static inline __m128i twice(int first, int step, int from, int to)
{
    int8_t by[16];
    for (int word = 0; word < 8; word++) {
        bool here = word >= from && word < to;
        by[2 * word] = by[2 * word + 1] =
            (int8_t)(here ? first + step * (word - from) : -1);
    }
    return _mm_loadu_si128((const __m128i *)by);
}

/* Samples times 257. */
static inline Words load_rgb(const uint8_t *s)
{
    __m256i a = load_halves(s, s + 24), b = load_halves(s + 8, s + 32);
    Words w;
    w.c[0] = _mm256_or_si256(shuffle_halves(a, twice(0, 3, 0, 6)),
                             shuffle_halves(b, twice(10, 3, 6, 8)));
    w.c[1] = _mm256_or_si256(shuffle_halves(a, twice(1, 3, 0, 5)),
                             shuffle_halves(b, twice(8, 3, 5, 8)));
    w.c[2] = _mm256_or_si256(shuffle_halves(a, twice(2, 3, 0, 5)),
                             shuffle_halves(b, twice(9, 3, 5, 8)));
    return w;
}

static inline Words load_rgba(const uint8_t *s)
{
    __m256i a = load_halves(s, s + 32), b = load_halves(s + 16, s + 48);
    Words w;
    for (int c = 0; c < 3; c++)
        w.c[c] = _mm256_or_si256(shuffle_halves(a, twice(c, 4, 0, 4)),
                                 shuffle_halves(b, twice(c, 4, 4, 8)));
    return w;
}

/* The places of pixels 0 to 3 and 8 to 11 from `s` on, loaded one by one, which is
 * faster than a gather. */
static inline __m256i read_places(const uint32_t *place, const uint8_t *s,
                                  size_t channels)
{
    const uint8_t *h = s + HALF * channels;
    return _mm256_setr_epi32((int)place[s[0]], (int)place[s[channels]],
                             (int)place[s[2 * channels]], (int)place[s[3 * channels]],
                             (int)place[h[0]], (int)place[h[channels]],
                             (int)place[h[2 * channels]], (int)place[h[3 * channels]]);
}

KERNEL_INLINE void find_places(const Lut3dU8 *table, const uint8_t *s, size_t channels,
                               bool even, Words *cell, Words *fraction)
{
    const __m256i zero = _mm256_setzero_si256();
    const __m256i most = _mm256_set1_epi16((int16_t)(table->size - 1));
    Words w = {0};
    if (even)
        w = channels == 3 ? load_rgb(s) : load_rgba(s);
    for (int c = 0; c < 3; c++) {
        if (even) {
            cell->c[c] = _mm256_mulhi_epu16(w.c[c], most);
            fraction->c[c] =
                _mm256_add_epi16(_mm256_mullo_epi16(w.c[c], most), cell->c[c]);
            continue;
        }
        const uint8_t *from = s + c;
        __m256i a = read_places(table->place[c], from, channels);
        __m256i b = read_places(table->place[c], from + QUARTER * channels, channels);
        cell->c[c] =
            _mm256_packus_epi32(_mm256_srli_epi32(a, WORD), _mm256_srli_epi32(b, WORD));
        fraction->c[c] = _mm256_packus_epi32(_mm256_blend_epi16(a, zero, ODD_WORDS),
                                             _mm256_blend_epi16(b, zero, ODD_WORDS));
    }
}

static inline void sort_two(__m256i *high, __m256i *low)
{
    __m256i a = *high, b = *low;
    *high = _mm256_max_epu16(a, b);
    *low = _mm256_min_epu16(a, b);
}

/* Fractions with their axes (red 3, green 1, blue 0), the largest first. */
static inline Words sorted(Words fraction)
{
    const __m256i axis = _mm256_set1_epi16(AXIS_BITS);
    Words key;
    key.c[0] = _mm256_or_si256(fraction.c[0], axis);
    key.c[1] = _mm256_xor_si256(_mm256_or_si256(fraction.c[1], axis),
                                _mm256_set1_epi16(AXIS_BITS - 1));
    key.c[2] = _mm256_andnot_si256(axis, fraction.c[2]);
    sort_two(&key.c[0], &key.c[1]);
    sort_two(&key.c[0], &key.c[2]);
    sort_two(&key.c[1], &key.c[2]);
    return key;
}

static inline int far_corner(int size)
{
    return size * size + size + 1;
}

/* The step along the axis that each key names. */
static inline __m256i step_along(__m256i key, int size)
{
    __m256 steps = _mm256_castsi256_ps(
        _mm256_setr_epi32(size * size, size, 0, 1, size * size, size, 0, 1));
    return _mm256_castps_si256(_mm256_permutevar_ps(steps, key));
}

/* Eight pixels; `rg`: pairs of cells. */
KERNEL_INLINE void put_corners(Places *to, size_t at, __m256i rg, __m256i b,
                               __m256i first, __m256i last, int size)
{
    __m256i low = _mm256_madd_epi16(rg, _mm256_set1_epi32(1 | size << WORD));
    low = _mm256_add_epi32(low, _mm256_mullo_epi32(b, _mm256_set1_epi32(size * size)));
    __m256i far = _mm256_add_epi32(low, _mm256_set1_epi32(far_corner(size)));
    __m256i second = _mm256_add_epi32(low, step_along(first, size));
    __m256i third = _mm256_sub_epi32(far, step_along(last, size));
    _mm256_store_si256((__m256i *)(to->corner[0] + at), low);
    _mm256_store_si256((__m256i *)(to->corner[1] + at), second);
    _mm256_store_si256((__m256i *)(to->corner[2] + at), third);
}

KERNEL_INLINE void find_corners(Places *to, size_t at, const Words *cell,
                                const Words *key, int size)
{
    const __m256i zero = _mm256_setzero_si256();
    const __m256i *c = cell->c, *k = key->c;
    put_corners(to, at, _mm256_unpacklo_epi16(c[0], c[1]),
                _mm256_unpacklo_epi16(c[2], zero), _mm256_unpacklo_epi16(k[0], zero),
                _mm256_unpacklo_epi16(k[2], zero), size);
    put_corners(to, at + HALF, _mm256_unpackhi_epi16(c[0], c[1]),
                _mm256_unpackhi_epi16(c[2], zero), _mm256_unpackhi_epi16(k[0], zero),
                _mm256_unpackhi_epi16(k[2], zero), size);
}

/* Of sixteen pixels. */
static inline void find_weights(Weights to[2], const Words *key)
{
    __m256i x = _mm256_srli_epi16(key->c[0], CUT_BITS);
    __m256i y = _mm256_srli_epi16(key->c[1], CUT_BITS);
    __m256i z = _mm256_srli_epi16(key->c[2], CUT_BITS);
    __m256i low = _mm256_sub_epi16(_mm256_set1_epi16(1 << WEIGHT_BITS), x);
    __m256i second = _mm256_sub_epi16(x, y), third = _mm256_sub_epi16(y, z);
    to[0] =
        (Weights){_mm256_unpacklo_epi16(low, second), _mm256_unpacklo_epi16(third, z)};
    to[1] =
        (Weights){_mm256_unpackhi_epi16(low, second), _mm256_unpackhi_epi16(third, z)};
}

/* A corner of two pixels; a half holds one more point, of no use. */
static inline __m256i two_points(const int16_t *points, const uint32_t *at)
{
    return load_halves(points + NUMBERS * (size_t)at[0],
                       points + NUMBERS * (size_t)at[QUARTER]);
}

/* The sums of pixel `at` and of the one eight behind it; `w`: their weights. */
KERNEL_INLINE __m256i sum_at(const Lut3dU8 *table, const Places *places, size_t at,
                             Weights w)
{
    const int16_t *low = table->points;
    const int16_t *far = low + NUMBERS * (size_t)far_corner(table->size);
    const uint32_t *c0 = places->corner[0] + at, *c1 = places->corner[1] + at;
    const uint32_t *c2 = places->corner[2] + at;
    __m256i first = _mm256_unpacklo_epi16(two_points(low, c0), two_points(low, c1));
    __m256i last = _mm256_unpacklo_epi16(two_points(low, c2), two_points(far, c0));
    return _mm256_add_epi32(_mm256_madd_epi16(first, w.first),
                            _mm256_madd_epi16(last, w.last));
}

/* The same weights for all three channels. */
#define WEIGHTS_OF(w, pixel)                                                           \
    ((Weights){_mm256_shuffle_epi32((w).first, 0x55 * (pixel)),                        \
               _mm256_shuffle_epi32((w).last, 0x55 * (pixel))})

/* High words of two sums, in turn, as whole numbers. */
static inline __m256i rounded(__m256i even, __m256i odd, __m128i shift)
{
    __m256i words = _mm256_blend_epi16(_mm256_srli_epi32(even, WORD), odd, ODD_WORDS);
    return _mm256_sra_epi16(words, shift);
}

/* Samples of four pixels in each half, channels of two in turn, with gaps. */
KERNEL_INLINE __m256i eight(const Lut3dU8 *table, const Places *places, size_t at)
{
    const Weights w = places->weights[at / HALF];
    const __m128i shift = _mm_cvtsi32_si128(table->bits + WEIGHT_BITS - WORD);
    __m256i a = rounded(sum_at(table, places, at, WEIGHTS_OF(w, 0)),
                        sum_at(table, places, at + 1, WEIGHTS_OF(w, 1)), shift);
    __m256i b = rounded(sum_at(table, places, at + 2, WEIGHTS_OF(w, 2)),
                        sum_at(table, places, at + 3, WEIGHTS_OF(w, 3)), shift);
    return _mm256_packus_epi16(a, b);
}

static inline void store_rgb(uint8_t *d, __m256i first, __m256i second)
{
    const __m128i order =
        _mm_setr_epi8(0, 2, 4, 1, 3, 5, 8, 10, 12, 9, 11, 13, -1, -1, -1, -1);
    first = shuffle_halves(first, order);
    second = shuffle_halves(second, order);
    __m128i p0 = _mm256_castsi256_si128(first), p4 = _mm256_castsi256_si128(second);
    __m128i p8 = _mm256_extracti128_si256(first, 1);
    __m128i p12 = _mm256_extracti128_si256(second, 1), *to = (__m128i *)(void *)d;
    _mm_storeu_si128(to, _mm_or_si128(p0, _mm_slli_si128(p4, 12)));
    _mm_storeu_si128(to + 1,
                     _mm_or_si128(_mm_srli_si128(p4, 4), _mm_slli_si128(p8, 8)));
    _mm_storeu_si128(to + 2,
                     _mm_or_si128(_mm_srli_si128(p8, 8), _mm_slli_si128(p12, 4)));
}

/* Four pixels in each half, with the alpha of those at `s` and `s` + 32. */
static inline void store_rgba(uint8_t *d, const uint8_t *s, __m256i made)
{
    const __m128i order =
        _mm_setr_epi8(0, 2, 4, -1, 1, 3, 5, -1, 8, 10, 12, -1, 9, 11, 13, -1);
    const __m256i alpha = _mm256_set1_epi32((int)0xFF000000);
    made = _mm256_or_si256(shuffle_halves(made, order),
                           _mm256_and_si256(load_halves(s, s + 32), alpha));
    _mm_storeu_si128((__m128i *)(void *)d, _mm256_castsi256_si128(made));
    _mm_storeu_si128((__m128i *)(void *)(d + 32), _mm256_extracti128_si256(made, 1));
}

KERNEL_INLINE void find(Places *to, const uint8_t *s, size_t n, const Lut3dU8 *table,
                        size_t channels, bool even)
{
    for (size_t i = 0; i < n; i += PIXELS) {
        Words cell, key;
        find_places(table, s + i * channels, channels, even, &cell, &key);
        key = sorted(key);
        find_corners(to, i, &cell, &key, table->size);
        find_weights(to->weights + i / HALF, &key);
    }
}

KERNEL_INLINE void look_up(uint8_t *d, const uint8_t *s, size_t n, const Lut3dU8 *table,
                           const Places *places, size_t channels)
{
    for (size_t i = 0; i < n; i += PIXELS, s += PIXELS * channels) {
        __m256i first = eight(table, places, i),
                second = eight(table, places, i + HALF);
        if (channels == 3) {
            store_rgb(d + i * channels, first, second);
            continue;
        }
        store_rgba(d + i * channels, s, first);
        store_rgba(d + i * channels + 16, s + 16, second);
    }
}

/* The last, incomplete group goes through a copy. */
KERNEL_INLINE void run(uint8_t *dst, const uint8_t *src, size_t n, const Lut3dU8 *table,
                       size_t channels, bool even)
{
    uint8_t from[PIXELS * 4] = {0}, to[PIXELS * 4] = {0};
    const Lut3dU8 own = *table;
    Places places;
    for (size_t i = 0, some; i < n; i += some) {
        some = n - i < SOME ? n - i : SOME;
        some = some < PIXELS ? some : some / PIXELS * PIXELS;
        bool few = some < PIXELS;
        const uint8_t *s = few ? from : src + i * channels;
        uint8_t *d = few ? to : dst + i * channels;
        if (few)
            memcpy(from, src + i * channels, some * channels);
        find(&places, s, some, &own, channels, even);
        look_up(d, s, some, &own, &places, channels);
        if (few)
            memcpy(dst + i * channels, to, some * channels);
    }
}

static void lk_lut3d_u8x3_avx2(uint8_t *dst, const uint8_t *src, size_t n,
                               const Lut3dU8 *table)
{
    if (table->even)
        run(dst, src, n, table, 3, true);
    else
        run(dst, src, n, table, 3, false);
}

static void lk_lut3d_u8x4_avx2(uint8_t *dst, const uint8_t *src, size_t n,
                               const Lut3dU8 *table)
{
    if (table->even)
        run(dst, src, n, table, 4, true);
    else
        run(dst, src, n, table, 4, false);
}

void lut3d_u8_fill_avx2(Lut3dU8Kernels *kernels)
{
    kernels->pixels[0] = lk_lut3d_u8x3_avx2;
    kernels->pixels[1] = lk_lut3d_u8x4_avx2;
}
