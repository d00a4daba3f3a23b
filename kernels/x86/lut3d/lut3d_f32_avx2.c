/* lut3d_f32.h in blocks; the same operations in the same order as lut3d_f32.c.
 *
 * A block's channels are planes, which stay in the first-level cache. Each pass takes
 * them through a step: through the curves in front of it, then its matrix or table. A
 * curve's pieces are loaded one by one, which takes long, so passes are short: many
 * iterations of one overlap, where those of a whole chain would not fit into the
 * processor's window. */
#include <string.h>

#include "x86/line_curve_avx2.h"
#include "x86/lut3d/lut3d_f32_cube_avx2.h"
#include "x86/lut3d/lut3d_f32_u16_avx2.h"
#include "x86/lut3d/lut3d_f32_u8_avx2.h"
#include "x86/stream_head.h"

enum { BLOCK = 256, PIXELS = 16, LANES = 8, ALIGN = 32 };

typedef struct Colours {
    __m256 c[3];
} Colours;

typedef struct Block {
    float v[3][BLOCK] __attribute__((aligned(ALIGN)));
    /* Lanes with a NaN, which count as 0. */
    uint8_t unclear[BLOCK / LANES];
    bool any_unclear;
} Block;

/* Pixels of a picture, or copies of some. */
typedef struct Pixels {
    const void *src;
    void *dst;
    bool stream;
} Pixels;

/* Samples as numbers: a channel of the pixels that `half` has (see above). */
static inline __m256 numbers_u16(__m256i words, int half)
{
    const __m256i zero = _mm256_setzero_si256();
    return _mm256_cvtepi32_ps(half ? _mm256_unpackhi_epi16(words, zero)
                                   : _mm256_unpacklo_epi16(words, zero));
}

/* Entries of a table for the pixels that `half` has, loaded one by one, which is faster
 * than a gather; `s` is pixel 0's sample. */
static inline __m256 entries_u16(const float *tone, const uint16_t *s, int half,
                                 size_t channels)
{
    const uint16_t *l = s + (half ? 4 * channels : 0), *h = l + 8 * channels;
    return _mm256_setr_ps(tone[l[0]], tone[l[channels]], tone[l[2 * channels]],
                          tone[l[3 * channels]], tone[h[0]], tone[h[channels]],
                          tone[h[2 * channels]], tone[h[3 * channels]]);
}

static inline __m256 entries_u8(const float *tone, const uint8_t *s, size_t channels)
{
    return _mm256_setr_ps(tone[s[0]], tone[s[channels]], tone[s[2 * channels]],
                          tone[s[3 * channels]], tone[s[4 * channels]],
                          tone[s[5 * channels]], tone[s[6 * channels]],
                          tone[s[7 * channels]]);
}

/* Eight values of a channel, from samples of 16 or of 8 bits. */
KERNEL_INLINE __m256 fetch_u16(const float *tone, const Words *w, const uint16_t *s,
                               int c, int half, size_t channels)
{
    return tone ? entries_u16(tone, s + c, half, channels) : numbers_u16(w->c[c], half);
}

KERNEL_INLINE __m256 fetch_u8(const float *tone, const uint8_t *s, int c,
                              size_t channels)
{
    return tone ? entries_u8(tone, s + c, channels)
                : _mm256_cvtepi32_ps(samples_u8(s, c, (int)channels));
}

KERNEL_INLINE void fetch(Block *block, const Lut3dF32 *chain, const void *src, size_t n,
                         int bits, size_t channels)
{
    for (size_t i = 0; i < n; i += PIXELS) {
        const uint16_t *s = (const uint16_t *)src + i * channels;
        const uint8_t *bytes = (const uint8_t *)src + i * channels;
        Words w = {0};
        if (bits == 16)
            w = channels == 3 ? load_rgb(s) : load_rgba(s);
        for (int half = 0; half < 2; half++, bytes += LANES * channels)
            for (int c = 0; c < 3; c++) {
                const float *tone = chain->tone[c];
                __m256 v = bits == 16 ? fetch_u16(tone, &w, s, c, half, channels)
                                      : fetch_u8(tone, bytes, c, channels);
                _mm256_store_ps(block->v[c] + i + LANES * (size_t)half, v);
            }
    }
}

static inline void mark(Block *block, size_t i, unsigned lanes)
{
    block->unclear[i / LANES] |= (uint8_t)lanes;
    block->any_unclear = true;
}

/* How a pass finds the pieces of its curves: a constant where a loop is inlined. */
typedef enum Bend {
    STRAIGHT, /* no curves */
    BY_HALF,  /* each by the halves of numbers, or none */
    ANY
} Bend;

static Bend bend_of(const LineCurve curve[3])
{
    int curves = 0, halves = 0;
    for (int c = 0; c < 3; c++) {
        curves += curve[c].piece != NULL;
        halves += curve[c].by_half != NULL;
    }
    return curves == 0 ? STRAIGHT : halves == curves ? BY_HALF : ANY;
}

KERNEL_INLINE __m256 bent(const LineCurve *curve, const float *x, Bend bend)
{
    if (bend != STRAIGHT && curve->by_half)
        return line_curve_by_half(curve->by_half, x);
    if (bend == ANY && curve->piece)
        return line_curve_of(curve, x);
    return _mm256_load_ps(x);
}

/* Eight pixels behind their curves; lanes with a NaN are marked. */
KERNEL_INLINE Colours take_curves(Block *block, const LineCurve curve[3], size_t i,
                                  Bend bend)
{
    Colours v;
    for (int c = 0; c < 3; c++)
        v.c[c] = bent(&curve[c], block->v[c] + i, bend);
    if (bend == STRAIGHT)
        return v;
    __m256 unclear = _mm256_or_ps(_mm256_cmp_ps(v.c[0], v.c[1], _CMP_UNORD_Q),
                                  _mm256_cmp_ps(v.c[2], v.c[2], _CMP_UNORD_Q));
    unsigned lanes = (unsigned)_mm256_movemask_ps(unclear);
    if (__builtin_expect(lanes != 0, 0)) {
        mark(block, i, lanes);
        for (int c = 0; c < 3; c++)
            v.c[c] = _mm256_and_ps(v.c[c], _mm256_cmp_ps(v.c[c], v.c[c], _CMP_ORD_Q));
    }
    return v;
}

static inline void put_colours(Block *block, size_t i, Colours v)
{
    for (int c = 0; c < 3; c++)
        _mm256_store_ps(block->v[c] + i, v.c[c]);
}

static inline Colours multiplied(Colours v, __m256 m[3][4])
{
    Colours y;
    __m256 red = _mm256_sub_ps(v.c[0], v.c[1]), blue = _mm256_sub_ps(v.c[2], v.c[1]);
    for (int c = 0; c < 3; c++) {
        y.c[c] = _mm256_mul_ps(m[c][0], red);
        y.c[c] = _mm256_add_ps(y.c[c], _mm256_mul_ps(m[c][1], v.c[1]));
        y.c[c] = _mm256_add_ps(y.c[c], _mm256_mul_ps(m[c][2], blue));
        y.c[c] = _mm256_add_ps(y.c[c], m[c][3]);
    }
    return y;
}

/* A step's matrix behind the curves before it. */
KERNEL_INLINE void take_matrix(Block *block, size_t n, const LineCurve before[3],
                               const Lut3dF32Step *step, Bend bend)
{
    const LineCurve curve[3] = {before[0], before[1], before[2]};
    __m256 m[3][4];
    for (int c = 0; c < 3; c++)
        for (int k = 0; k < 4; k++)
            m[c][k] = _mm256_set1_ps(step->matrix[c][k]);
    for (size_t i = 0; i < n; i += LANES)
        put_colours(block, i, multiplied(take_curves(block, curve, i, bend), m));
}

/* The curves alone. */
static void take_bends(Block *block, size_t n, const LineCurve curve[3])
{
    Bend bend = bend_of(curve);
    for (size_t i = 0; i < n && bend != STRAIGHT; i += LANES)
        put_colours(block, i, take_curves(block, curve, i, bend));
}

/* A step's table behind the curves before it. */
static void take_table(Block *block, size_t n, const LineCurve before[3],
                       const Lut3dF32Step *step)
{
    float *const planes[3] = {block->v[0], block->v[1], block->v[2]};
    take_bends(block, n, before);
    lut3d_f32_cube_avx2(planes, n, step);
}

static void take_step(Block *block, size_t n, const LineCurve before[3],
                      const Lut3dF32Step *step)
{
    Bend bend = bend_of(before);
    if (step->points)
        take_table(block, n, before, step);
    else if (bend == STRAIGHT)
        take_matrix(block, n, before, step, STRAIGHT);
    else if (bend == BY_HALF)
        take_matrix(block, n, before, step, BY_HALF);
    else
        take_matrix(block, n, before, step, ANY);
}

/* The conversion truncates, which is floor for values >= 0; packing clamps the others.
 * min() gives its second operand for a NaN, which becomes the lowest number. */
static inline __m256i rounded(__m256 v, int bits)
{
    v = _mm256_min_ps(_mm256_set1_ps(bits == 8 ? UINT8_MAX : UINT16_MAX), v);
    return _mm256_cvttps_epi32(_mm256_add_ps(v, _mm256_set1_ps(0.5F)));
}

/* Eight pixels behind the last curves, as whole numbers. */
KERNEL_INLINE void finish(Block *block, const LineCurve curve[3], size_t i, int bits,
                          Bend bend, __m256i made[3])
{
    Colours v;
    for (int c = 0; c < 3; c++) {
        v.c[c] = bent(&curve[c], block->v[c] + i, bend);
        made[c] = rounded(v.c[c], bits);
    }
    if (bend == STRAIGHT)
        return;
    __m256 unclear = _mm256_or_ps(_mm256_cmp_ps(v.c[0], v.c[1], _CMP_UNORD_Q),
                                  _mm256_cmp_ps(v.c[2], v.c[2], _CMP_UNORD_Q));
    unsigned lanes = (unsigned)_mm256_movemask_ps(unclear);
    if (__builtin_expect(lanes != 0, 0))
        mark(block, i, lanes);
}

KERNEL_INLINE void store_words(uint16_t *d, const uint16_t *s, const __m256i first[3],
                               const __m256i second[3], size_t channels, bool stream)
{
    Words w = {0};
    if (channels == 4)
        w = load_rgba(s);
    for (int c = 0; c < 3; c++)
        w.c[c] = _mm256_packus_epi32(first[c], second[c]);
    if (channels == 3)
        store_rgb(d, w, stream);
    else
        store_rgba(d, w, stream);
}

KERNEL_INLINE void store_bent(Block *block, const LineCurve last[3],
                              const Pixels *pixels, size_t n, int bits, size_t channels,
                              Bend bend)
{
    const LineCurve curve[3] = {last[0], last[1], last[2]};
    const bool stream = pixels->stream;
    size_t eight = LANES * channels * (size_t)bits / 8;
    const uint8_t *s = pixels->src;
    uint8_t *d = pixels->dst;
    for (size_t i = 0; i < n; i += PIXELS, s += 2 * eight, d += 2 * eight) {
        __m256i first[3], second[3];
        finish(block, curve, i, bits, bend, first);
        finish(block, curve, i + LANES, bits, bend, second);
        if (bits == 8) {
            store_u8(d, s, first, (int)channels);
            store_u8(d + eight, s + eight, second, (int)channels);
        } else {
            store_words((uint16_t *)(void *)d, (const uint16_t *)(const void *)s, first,
                        second, channels, stream);
        }
    }
}

KERNEL_INLINE void store(Block *block, const LineCurve last[3], const Pixels *pixels,
                         size_t n, int bits, size_t channels)
{
    Bend bend = bend_of(last);
    if (bend == STRAIGHT)
        store_bent(block, last, pixels, n, bits, channels, STRAIGHT);
    else if (bend == BY_HALF)
        store_bent(block, last, pixels, n, bits, channels, BY_HALF);
    else
        store_bent(block, last, pixels, n, bits, channels, ANY);
}

/* The last step's table behind the curves before it, at 16 bits. */
static void store_table(Block *block, const LineCurve before[3],
                        const Lut3dF32Step *step, const Pixels *pixels, size_t n,
                        size_t channels)
{
    const float *const planes[3] = {block->v[0], block->v[1], block->v[2]};
    take_bends(block, n, before);
    lut3d_f32_cube_u16_avx2(pixels->dst, pixels->src, planes, n, step, channels,
                            pixels->stream);
}

/* The pixels' bits for lanes of two vectors (see lut3d_f32_u16_avx2.h). */
static inline unsigned pixels_of(unsigned first, unsigned second, int bits)
{
    if (bits == 8)
        return first | second << LANES;
    return (first & 15) | (second & 15) << 4 | (first >> 4) << 8 | (second >> 4) << 12;
}

/* List the unclear ones of n pixels, and forget them. */
static size_t list(Block *block, uint32_t *found, size_t first, size_t n, int bits)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i += PIXELS) {
        const uint8_t *lanes = &block->unclear[i / LANES];
        unsigned pixels = pixels_of(lanes[0], lanes[1], bits);
        if (n - i < PIXELS)
            pixels &= (1U << (n - i)) - 1;
        count += line_curve_list(found + count, first + i, pixels);
    }
    memset(block->unclear, 0, sizeof block->unclear);
    block->any_unclear = false;
    return count;
}

/* The last step whose results are pixels at once. */
static const Lut3dF32Step *direct_step(const Lut3dF32 *chain, int bits)
{
    if (bits != 16 || chain->n_steps == 0)
        return NULL;
    const Lut3dF32Step *last = &chain->steps[chain->n_steps - 1];
    bool direct = last->points && last->mix == 1 && bend_of(last->curve) == STRAIGHT;
    return direct ? last : NULL;
}

/* A multiple of PIXELS. */
KERNEL_INLINE void take_block(Block *block, const Lut3dF32 *chain, Pixels pixels,
                              size_t n, int bits, size_t channels)
{
    const LineCurve *curve = chain->input;
    const Lut3dF32Step *direct = direct_step(chain, bits);
    fetch(block, chain, pixels.src, n, bits, channels);
    for (int s = 0; s < chain->n_steps - (direct != NULL); s++) {
        take_step(block, n, curve, &chain->steps[s]);
        curve = chain->steps[s].curve;
    }
    if (direct)
        store_table(block, curve, direct, &pixels, n, channels);
    else
        store(block, curve, &pixels, n, bits, channels);
}

/* Where the next pixels end: those of the head, whole groups, or the last few. */
static inline size_t some_of(size_t i, size_t n, size_t head)
{
    size_t most = i < head ? head - i : BLOCK, left = n - i;
    size_t some = left < most ? left : most;
    return some < PIXELS ? some : some & ~(size_t)(PIXELS - 1);
}

/* `head` pixels, fewer than PIXELS, come before whole groups. They and the last ones go
 * through a copy. */
KERNEL_INLINE size_t run(void *dst, const void *src, size_t n, const Lut3dF32 *chain,
                         uint32_t *found, int bits, size_t channels, size_t head,
                         bool stream)
{
    uint16_t from[PIXELS * 4] = {0}, to[PIXELS * 4] = {0};
    size_t pixel = (size_t)bits / 8 * channels, count = 0;
    Block block;
    memset(block.unclear, 0, sizeof block.unclear);
    block.any_unclear = false;
    for (size_t i = 0, some; i < n; i += some) {
        const uint8_t *s = (const uint8_t *)src + i * pixel;
        uint8_t *d = (uint8_t *)dst + i * pixel;
        some = some_of(i, n, head);
        bool few = some < PIXELS;
        if (few)
            memcpy(from, s, some * pixel);
        Pixels pixels = {few ? (void *)from : s, few ? (void *)to : d, stream && !few};
        take_block(&block, chain, pixels, few ? PIXELS : some, bits, channels);
        if (few)
            memcpy(d, to, some * pixel);
        if (block.any_unclear)
            count += list(&block, found + count, i, some, bits);
    }
    if (stream)
        _mm_sfence();
    return count;
}

#define DEFINE(BITS, CHANNELS)                                                         \
    static size_t lk_lut3d_f32_u##BITS##x##CHANNELS##_avx2(                            \
        void *dst, const void *src, size_t n, const Lut3dF32 *chain, uint32_t *found)  \
    {                                                                                  \
        return run(dst, src, n, chain, found, BITS, CHANNELS, 0, false);               \
    }

DEFINE(8, 3)
DEFINE(8, 4)
DEFINE(16, 3)
DEFINE(16, 4)

#define DEFINE_STREAM(CHANNELS)                                                        \
    static size_t lk_lut3d_f32_u16x##CHANNELS##_stream_avx2(                           \
        void *dst, const void *src, size_t n, const Lut3dF32 *chain, uint32_t *found)  \
    {                                                                                  \
        size_t head = stream_head(dst, CHANNELS * sizeof(uint16_t), ALIGN);            \
        if (head == SIZE_MAX)                                                          \
            return run(dst, src, n, chain, found, 16, CHANNELS, 0, false);             \
        return run(dst, src, n, chain, found, 16, CHANNELS, head, true);               \
    }

DEFINE_STREAM(3)
DEFINE_STREAM(4)

void lut3d_f32_fill_avx2(Lut3dF32Kernels *kernels)
{
    kernels->u8[0] = lk_lut3d_f32_u8x3_avx2;
    kernels->u8[1] = lk_lut3d_f32_u8x4_avx2;
    kernels->u16[0] = lk_lut3d_f32_u16x3_avx2;
    kernels->u16[1] = lk_lut3d_f32_u16x4_avx2;
    kernels->u16_stream[0] = lk_lut3d_f32_u16x3_stream_avx2;
    kernels->u16_stream[1] = lk_lut3d_f32_u16x4_stream_avx2;
}
