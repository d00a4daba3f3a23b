/* lut3d_f32.h at 16 bits, eight pixels at a time, for chains without 3D tables; the
 * same operations in the same order as lut3d_f32.c, which does the others. Loads and
 * stores of structures part and join the channels. */
#include <arm_neon.h>
#include <stdbool.h>
#include <string.h>

#include "lut3d/lut3d_f32.h"
#include "sample.h"

enum { PIXELS = 8, HALVES = 2, LANES = 4 };

/* A channel of eight pixels. */
typedef struct Numbers {
    float32x4_t half[HALVES];
} Numbers;

static inline Numbers widen(uint16x8_t words)
{
    return (Numbers){{vcvtq_f32_u32(vmovl_u16(vget_low_u16(words))),
                      vcvtq_f32_u32(vmovl_high_u16(words))}};
}

static inline float32x4_t look_up(const LineCurve *curve, float32x4_t x)
{
    float from[LANES], a[LANES], b[LANES];
    if (!curve->piece)
        return x;
    vst1q_f32(from, x);
    for (int i = 0; i < LANES; i++) {
        const LinePiece *piece = &curve->piece[line_curve_piece(curve, from[i])];
        a[i] = piece->a;
        b[i] = piece->b;
    }
    return vaddq_f32(vld1q_f32(a), vmulq_f32(vld1q_f32(b), x));
}

static inline Numbers fetch(const Lut3dF32 *chain, int c, const uint16_t *s,
                            size_t channels, uint16x8_t words)
{
    const float *tone = chain->tone[c];
    float v[PIXELS];
    if (!tone) {
        Numbers x = widen(words);
        return (Numbers){{look_up(&chain->input[c], x.half[0]),
                          look_up(&chain->input[c], x.half[1])}};
    }
    for (size_t i = 0; i < PIXELS; i++)
        v[i] = tone[s[i * channels + (size_t)c]];
    return (Numbers){{vld1q_f32(v), vld1q_f32(v + LANES)}};
}

/* Red and blue less green, which is `g`. */
static inline float32x4_t row_of(const float m[4], float32x4_t r, float32x4_t g,
                                 float32x4_t b)
{
    float32x4_t sum = vmulq_n_f32(r, m[0]);
    sum = vaddq_f32(sum, vmulq_n_f32(g, m[1]));
    sum = vaddq_f32(sum, vmulq_n_f32(b, m[2]));
    return vaddq_f32(sum, vdupq_n_f32(m[3]));
}

/* Four pixels; returns which have no NaN. A NaN goes on as 0. */
static inline uint32x4_t take_step(const Lut3dF32Step *step, Numbers v[3], int half)
{
    float32x4_t g = v[1].half[half];
    float32x4_t r = vsubq_f32(v[0].half[half], g), b = vsubq_f32(v[2].half[half], g);
    uint32x4_t clear = vdupq_n_u32(UINT32_MAX);
    for (int c = 0; c < 3; c++) {
        float32x4_t y = look_up(&step->curve[c], row_of(step->matrix[c], r, g, b));
        uint32x4_t is_number = vceqq_f32(y, y);
        y = vreinterpretq_f32_u32(vandq_u32(vreinterpretq_u32_f32(y), is_number));
        clear = vandq_u32(clear, is_number);
        v[c].half[half] = y;
    }
    return clear;
}

/* The conversion truncates, which is floor for values >= 0. */
static inline uint16x4_t rounded(float32x4_t y)
{
    y = vminq_f32(vmaxq_f32(y, vdupq_n_f32(0)), vdupq_n_f32(UINT16_MAX));
    return vqmovn_u32(vcvtq_u32_f32(vaddq_f32(y, vdupq_n_f32(0.5F))));
}

/* List the first n pixels from `first` on that are not clear; returns how many. */
static inline size_t list(uint32_t *found, size_t first, size_t n,
                          const uint32x4_t clear[HALVES])
{
    uint32_t each[PIXELS];
    size_t count = 0;
    if (vminvq_u32(vandq_u32(clear[0], clear[1])))
        return 0;
    vst1q_u32(each, clear[0]);
    vst1q_u32(each + LANES, clear[1]);
    for (size_t i = 0; i < n; i++)
        if (!each[i])
            found[count++] = (uint32_t)(first + i);
    return count;
}

/* Eight pixels, of which the first n are listed if they have a NaN. */
KERNEL_INLINE size_t eight(uint16_t *d, const uint16_t *s, const Lut3dF32 *chain,
                           size_t channels, uint32_t *found, size_t first, size_t n)
{
    uint16x8x3_t rgb = {0};
    uint16x8x4_t rgba = {0};
    if (channels == 4) {
        rgba = vld4q_u16(s);
        for (int c = 0; c < 3; c++)
            rgb.val[c] = rgba.val[c];
    } else {
        rgb = vld3q_u16(s);
    }
    Numbers v[3];
    uint32x4_t clear[HALVES] = {vdupq_n_u32(UINT32_MAX), vdupq_n_u32(UINT32_MAX)};
    for (int c = 0; c < 3; c++)
        v[c] = fetch(chain, c, s, channels, rgb.val[c]);
    for (int k = 0; k < chain->n_steps; k++)
        for (int half = 0; half < HALVES; half++)
            clear[half] = vandq_u32(clear[half], take_step(&chain->steps[k], v, half));
    for (int c = 0; c < 3; c++)
        rgb.val[c] = rgba.val[c] =
            vcombine_u16(rounded(v[c].half[0]), rounded(v[c].half[1]));
    if (channels == 4)
        vst4q_u16(d, rgba);
    else
        vst3q_u16(d, rgb);
    return list(found, first, n, clear);
}

static bool has_table(const Lut3dF32 *chain)
{
    for (int s = 0; s < chain->n_steps; s++)
        if (chain->steps[s].points)
            return true;
    return false;
}

/* The last, incomplete group goes through a copy. */
KERNEL_INLINE size_t run(void *dst, const void *src, size_t n, const Lut3dF32 *chain,
                         uint32_t *found, size_t channels)
{
    if (has_table(chain))
        return lut3d_f32_c(dst, src, n, chain, found, (int)channels);
    uint16_t *d = dst;
    const uint16_t *s = src;
    size_t i = 0, count = 0, pixel = channels * sizeof *s;
    for (; i + PIXELS <= n; i += PIXELS, d += PIXELS * channels, s += PIXELS * channels)
        count += eight(d, s, chain, channels, found + count, i, PIXELS);
    if (i == n)
        return count;
    uint16_t from[PIXELS * 4] = {0}, to[PIXELS * 4];
    memcpy(from, s, (n - i) * pixel);
    count += eight(to, from, chain, channels, found + count, i, n - i);
    memcpy(d, to, (n - i) * pixel);
    return count;
}

static size_t lk_lut3d_f32_u16x3_neon(void *dst, const void *src, size_t n,
                                      const Lut3dF32 *chain, uint32_t *found)
{
    return run(dst, src, n, chain, found, 3);
}

static size_t lk_lut3d_f32_u16x4_neon(void *dst, const void *src, size_t n,
                                      const Lut3dF32 *chain, uint32_t *found)
{
    return run(dst, src, n, chain, found, 4);
}

void lut3d_f32_fill_neon(Lut3dF32Kernels *kernels)
{
    kernels->u16[0] = kernels->u16_stream[0] = lk_lut3d_f32_u16x3_neon;
    kernels->u16[1] = kernels->u16_stream[1] = lk_lut3d_f32_u16x4_neon;
}
