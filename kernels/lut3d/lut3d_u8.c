/* The scalar reference of lut3d_u8.h. */
#include "lut3d/lut3d_u8.h"

#include "sample.h"

/* A fraction's two lowest bits give way to its axis, so that sorting the fractions
 * sorts the axes, too. */
enum { BLUE, GREEN, RED = 3, AXES, AXIS_BITS = 3, KEY = UINT16_MAX };
enum { PLACE_BITS = 16, WEIGHT_BITS = 14, CUT_BITS = PLACE_BITS - WEIGHT_BITS };
enum { NUMBERS = 4, ONE = 1 << WEIGHT_BITS };

size_t lut3d_u8_points(int size)
{
    size_t n = (size_t)size, far = n * n + n + 1;
    return n * n * n + far + 1; /* a vector holds two points */
}

void lut3d_u8_even(uint32_t place[LUT3D_U8_SAMPLES], int size)
{
    for (uint32_t s = 0; s < LUT3D_U8_SAMPLES; s++) {
        uint32_t at = s * 257 * (uint32_t)(size - 1); /* 65,535 cells * 2^16 / 65,536 */
        place[s] = at + (at >> PLACE_BITS);
    }
}

static inline void sort_two(int *high, int *low)
{
    int a = *high, b = *low;
    *high = a > b ? a : b;
    *low = a > b ? b : a;
}

static inline int key_of(uint32_t place, int axis)
{
    return (int)(place & (KEY & ~AXIS_BITS)) | axis;
}

static inline uint8_t clamped(int value)
{
    return (uint8_t)(value < 0 ? 0 : value > UINT8_MAX ? UINT8_MAX : value);
}

static inline void look_up(uint8_t *d, const uint8_t *s, const Lut3dU8 *table)
{
    size_t size = (size_t)table->size;
    const size_t stride[AXES] = {
        [BLUE] = NUMBERS * size * size, [GREEN] = NUMBERS * size, [RED] = NUMBERS};
    uint32_t r = table->place[0][s[0]], g = table->place[1][s[1]];
    uint32_t b = table->place[2][s[2]];
    size_t at = (r >> PLACE_BITS) * stride[RED] + (g >> PLACE_BITS) * stride[GREEN] +
                (b >> PLACE_BITS) * stride[BLUE];
    int first = key_of(r, RED), middle = key_of(g, GREEN), last = key_of(b, BLUE);
    sort_two(&first, &middle);
    sort_two(&first, &last);
    sort_two(&middle, &last);
    int f1 = first >> CUT_BITS, f2 = middle >> CUT_BITS, f3 = last >> CUT_BITS;
    const int16_t *v0 = table->points + at, *v1 = v0 + stride[first & AXIS_BITS];
    const int16_t *v3 = v0 + stride[RED] + stride[GREEN] + stride[BLUE];
    const int16_t *v2 = v3 - stride[last & AXIS_BITS];
    for (int c = 0; c < 3; c++) {
        int sum = (ONE - f1) * v0[c] + (f1 - f2) * v1[c] + (f2 - f3) * v2[c];
        d[c] = clamped((sum + f3 * v3[c]) >> (WEIGHT_BITS + table->bits));
    }
}

KERNEL_INLINE void run(uint8_t *dst, const uint8_t *src, size_t n, const Lut3dU8 *table,
                       size_t channels)
{
    for (size_t i = 0; i < n * channels; i += channels) {
        look_up(dst + i, src + i, table);
        if (channels == 4)
            dst[i + 3] = src[i + 3];
    }
}

static void lk_lut3d_u8x3_c(uint8_t *dst, const uint8_t *src, size_t n,
                            const Lut3dU8 *table)
{
    run(dst, src, n, table, 3);
}

static void lk_lut3d_u8x4_c(uint8_t *dst, const uint8_t *src, size_t n,
                            const Lut3dU8 *table)
{
    run(dst, src, n, table, 4);
}

void lut3d_u8_fill_c(Lut3dU8Kernels *kernels)
{
    kernels->pixels[0] = lk_lut3d_u8x3_c;
    kernels->pixels[1] = lk_lut3d_u8x4_c;
}
