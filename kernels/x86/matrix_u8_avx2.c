/* matrix_u8_x86.h, thirty-two bytes a vector.
 *
 * Three vectors of RGB hold red at 32 different positions (32 is 2 modulo 3), so
 * blending gathers all red bytes in one vector. The same blends of the three vectors
 * that begin one byte later, and two bytes later, put the green and the blue of a pixel
 * at the position of its red. */
#include <immintrin.h>
#include <stdbool.h>
#include <stdint.h>

enum { STEP = 32, LINE = 64, AHEAD = 4096 };

typedef __m256i Vec;
#define V(op) _mm256_##op

static inline Vec load(const uint8_t *p)
{
    return _mm256_loadu_si256((const Vec *)p);
}

static inline void put(uint8_t *d, Vec x, bool stream)
{
    if (stream)
        _mm256_stream_si256((Vec *)d, x);
    else
        _mm256_storeu_si256((Vec *)d, x);
}

static inline Vec evens(Vec a, Vec b)
{
    return _mm256_castps_si256(_mm256_shuffle_ps(
        _mm256_castsi256_ps(a), _mm256_castsi256_ps(b), _MM_SHUFFLE(2, 0, 2, 0)));
}

static inline Vec odds(Vec a, Vec b)
{
    return _mm256_castps_si256(_mm256_shuffle_ps(
        _mm256_castsi256_ps(a), _mm256_castsi256_ps(b), _MM_SHUFFLE(3, 1, 3, 1)));
}

static inline Vec with_alpha(Vec made, Vec v)
{
    return _mm256_blendv_epi8(made, v, _mm256_set1_epi32((int)0xFF000000));
}

#include "x86/matrix_u8_x86.h"

/* Processors prefetch by themselves, but not beyond a page. */
static inline void look_ahead(const uint8_t *s, bool stream)
{
    if (!stream)
        return;
    _mm_prefetch((const char *)(s + AHEAD), _MM_HINT_T1);
    _mm_prefetch((const char *)(s + AHEAD + LINE), _MM_HINT_T1);
}

/* Bytes whose position is 1 or 2 modulo 3. */
typedef struct Thirds {
    Vec first, second;
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
static inline Vec pick(const Thirds *t, Vec a, Vec b, Vec c)
{
    return _mm256_blendv_epi8(_mm256_blendv_epi8(a, b, t->first), c, t->second);
}

static inline Vec gather(const Thirds *t, const uint8_t *s)
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
        Vec plane[3] = {gather(&t, s), gather(&t, s + 1), gather(&t, s + 2)};
        mix_planes(w, plane);
        /* Each byte to its own position, one and two after that of its pixel's red. */
        Vec red = plane[0], green = plane[1], blue = plane[2];
        green =
            _mm256_alignr_epi8(green, _mm256_permute2x128_si256(green, green, 1), 15);
        blue = _mm256_alignr_epi8(blue, _mm256_permute2x128_si256(blue, blue, 1), 14);
        put(d, pick(&t, red, green, blue), stream);
        put(d + STEP, pick(&t, blue, red, green), stream);
        put(d + 2 * STEP, pick(&t, green, blue, red), stream);
    }
    return i;
}

static inline size_t map_x4(uint8_t *d, const uint8_t *s, size_t n, const Weights *w,
                            bool stream)
{
    const Vec deal = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15));
    size_t i = 0;
    for (; i + STEP <= n; i += STEP, s += 4 * STEP, d += 4 * STEP) {
        look_ahead(s, stream);
        Vec v[4];
        for (int k = 0; k < 4; k++)
            v[k] = load(s + k * STEP);
        mix_x4(w, v, deal);
        mix_x4(w, v + 2, deal);
        for (int k = 0; k < 4; k++)
            put(d + k * STEP, v[k], stream);
    }
    return i;
}

MATRIX_U8_KERNELS(avx2)

void matrix_u8_fill_avx2(MatrixU8Kernels *kernels)
{
    kernels->pixels[0] = lk_matrix_u8x3_avx2;
    kernels->pixels[1] = lk_matrix_u8x4_avx2;
    kernels->stream[0] = lk_matrix_u8x3_stream_avx2;
    kernels->stream[1] = lk_matrix_u8x4_stream_avx2;
}
