/* The scalar reference of lut3d_f32.h. */
#include "lut3d/lut3d_f32.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "sample.h"

/* A fraction's two lowest bits give way to its axis, so that sorting the fractions
 * sorts the axes, too. */
enum { BLUE, GREEN, RED = 3, AXES, AXIS_BITS = 3 };

/* Fractions are not negative, and such floats rise like their bits. */
static inline int32_t key_of(float fraction, int axis)
{
    int32_t bits;
    memcpy(&bits, &fraction, sizeof bits);
    return (bits & ~AXIS_BITS) | axis;
}

static inline float fraction_of(int32_t key)
{
    float fraction;
    key &= ~AXIS_BITS;
    memcpy(&fraction, &key, sizeof fraction);
    return fraction;
}

/* The cell, and the place in it. The last point of an axis is the end of the last
 * cell. */
static inline float along(const Lut3dF32Step *step, int axis, float x, float *fraction)
{
    float most = (float)(step->size - 1), last = (float)(step->size - 2);
    float at = x * step->scale[axis] + step->start[axis];
    at = at > 0 ? at : 0;
    at = at < most ? at : most;
    float cell = floorf(at);
    cell = cell < last ? cell : last;
    *fraction = at - cell;
    return cell;
}

static inline void sort_two(int32_t *high, int32_t *low)
{
    int32_t a = *high, b = *low;
    *high = a > b ? a : b;
    *low = a > b ? b : a;
}

static inline void look_up(const Lut3dF32Step *step, float v[3])
{
    size_t size = (size_t)step->size;
    const size_t stride[AXES] = {
        [BLUE] = 3 * size * size, [GREEN] = 3 * size, [RED] = 3};
    float f, g, b;
    size_t at = (size_t)along(step, 0, v[0], &f) * stride[RED];
    at += (size_t)along(step, 1, v[1], &g) * stride[GREEN];
    at += (size_t)along(step, 2, v[2], &b) * stride[BLUE];
    int32_t first = key_of(f, RED), middle = key_of(g, GREEN), last = key_of(b, BLUE);
    sort_two(&first, &middle);
    sort_two(&first, &last);
    sort_two(&middle, &last);
    float f1 = fraction_of(first), f2 = fraction_of(middle), f3 = fraction_of(last);
    const float *v0 = step->points + at, *v1 = v0 + stride[first & AXIS_BITS];
    const float *v3 = v0 + stride[RED] + stride[GREEN] + stride[BLUE];
    const float *v2 = v3 - stride[last & AXIS_BITS];
    float second = f1 - f3, third = f2 - f3;
    for (int c = 0; c < 3; c++) {
        float y = v0[c] + f3 * (v3[c] - v0[c]);
        y = y + second * (v1[c] - v0[c]);
        y = y + third * (v2[c] - v1[c]);
        v[c] = step->mix == 1 ? y : v[c] + step->mix * (y - v[c]);
    }
}

static inline void mix(const Lut3dF32Step *step, float v[3])
{
    float green = v[1], red = v[0] - green, blue = v[2] - green;
    for (int c = 0; c < 3; c++) {
        const float *m = step->matrix[c];
        v[c] = m[0] * red + m[1] * green + m[2] * blue + m[3];
    }
}

/* False: a curve gave NaN. */
static inline bool bend(const Lut3dF32Step *step, float v[3])
{
    bool clear = true;
    for (int c = 0; c < 3; c++) {
        if (!step->curve[c].piece)
            continue;
        v[c] = line_curve_at(&step->curve[c], v[c]);
        clear = clear && !isnan(v[c]);
        v[c] = isnan(v[c]) ? 0 : v[c];
    }
    return clear;
}

static inline float first(const Lut3dF32 *chain, int c, unsigned sample)
{
    if (chain->tone[c])
        return chain->tone[c][sample];
    const LineCurve *curve = &chain->input[c];
    return curve->piece ? line_curve_at(curve, (float)sample) : (float)sample;
}

static inline bool take_step(const Lut3dF32Step *step, float v[3])
{
    if (step->points)
        look_up(step, v);
    else
        mix(step, v);
    return bend(step, v);
}

static inline unsigned rounded(float v, float most)
{
    float y = v < most ? v : most;
    return (unsigned)((y > 0 ? y : 0) + 0.5F);
}

/* Bits and channels are constants where this is inlined. */
KERNEL_INLINE size_t run(void *dst, const void *src, size_t n, const Lut3dF32 *chain,
                         uint32_t *found, int bits, size_t channels)
{
    const float most = bits == 8 ? UINT8_MAX : UINT16_MAX;
    size_t count = 0;
    for (size_t i = 0; i < n * channels; i += channels) {
        float v[3];
        bool clear = true;
        for (size_t c = 0; c < 3; c++) {
            unsigned sample = sample_get(src, i + c, bits);
            v[c] = first(chain, (int)c, sample);
        }
        for (int s = 0; s < chain->n_steps; s++)
            clear &= take_step(&chain->steps[s], v);
        for (size_t c = 0; c < 3; c++)
            sample_put(dst, i + c, rounded(v[c], most), bits);
        if (channels == 4)
            sample_put(dst, i + 3, sample_get(src, i + 3, bits), bits);
        if (!clear)
            found[count++] = (uint32_t)(i / channels);
    }
    return count;
}

#define DEFINE(BITS, CHANNELS)                                                         \
    static size_t lk_lut3d_f32_u##BITS##x##CHANNELS##_c(                               \
        void *dst, const void *src, size_t n, const Lut3dF32 *chain, uint32_t *found)  \
    {                                                                                  \
        return run(dst, src, n, chain, found, BITS, CHANNELS);                         \
    }

DEFINE(8, 3)
DEFINE(8, 4)
DEFINE(16, 3)
DEFINE(16, 4)

size_t lut3d_f32_c(void *dst, const void *src, size_t n, const Lut3dF32 *chain,
                   uint32_t *found, int channels)
{
    return (channels == 3 ? lk_lut3d_f32_u16x3_c : lk_lut3d_f32_u16x4_c)(dst, src, n,
                                                                         chain, found);
}

void lut3d_f32_fill_c(Lut3dF32Kernels *kernels)
{
    kernels->u8[0] = lk_lut3d_f32_u8x3_c;
    kernels->u8[1] = lk_lut3d_f32_u8x4_c;
    kernels->u16[0] = kernels->u16_stream[0] = lk_lut3d_f32_u16x3_c;
    kernels->u16[1] = kernels->u16_stream[1] = lk_lut3d_f32_u16x4_c;
}
