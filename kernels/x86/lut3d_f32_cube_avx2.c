/* lut3d_f32_cube_avx2.h: the same operations in the same order as lut3d_f32.c.
 *
 * The eight tetrahedra are chosen at once. Then each pixel's three channels go through
 * the interpolation in one vector, with a load for each corner, and the results turn
 * back into three vectors of a channel. */
#include "x86/lut3d_f32_cube_avx2.h"

#include <immintrin.h>

#include "sample.h"

enum { LANES = 8, CORNERS = 4, AXIS_BITS = 3 };

typedef struct Colours {
    __m256 c[3];
} Colours;

/* The corners of eight pixels, as places among the points' floats. The last corner lies
 * as far from the first one in every cell. */
typedef struct Places {
    int32_t corner[CORNERS - 1][LANES] __attribute__((aligned(32)));
    float fraction[CORNERS - 1][LANES] __attribute__((aligned(32)));
} Places;

/* max() and min() give their second operand for a NaN. */
static inline __m256 position(const Lut3dF32Step *step, int axis, __m256 x)
{
    __m256 at = _mm256_mul_ps(x, _mm256_set1_ps(step->scale[axis]));
    at = _mm256_add_ps(at, _mm256_set1_ps(step->start[axis]));
    at = _mm256_max_ps(at, _mm256_setzero_ps());
    return _mm256_min_ps(at, _mm256_set1_ps((float)(step->size - 1)));
}

static inline __m256 cell_of(const Lut3dF32Step *step, __m256 position)
{
    return _mm256_min_ps(_mm256_floor_ps(position),
                         _mm256_set1_ps((float)(step->size - 2)));
}

/* Fractions with their axes: red 3, green 1, blue 0. */
typedef struct Keys {
    __m256i red, green, blue;
} Keys;

static inline void sort_two(__m256i *high, __m256i *low)
{
    __m256i a = *high, b = *low;
    *high = _mm256_max_epi32(a, b);
    *low = _mm256_min_epi32(a, b);
}

static inline void put_corner(Places *places, int corner, __m256i at)
{
    _mm256_store_si256((__m256i *)places->corner[corner], at);
}

static inline void put_fraction(Places *places, int number, __m256i key)
{
    key = _mm256_andnot_si256(_mm256_set1_epi32(AXIS_BITS), key);
    _mm256_store_si256((__m256i *)places->fraction[number], key);
}

/* The step along the axis that a key names. */
static inline __m256i step_along(__m256i key, int size)
{
    const int blue = 3 * size * size, green = 3 * size, red = 3;
    __m256 steps = _mm256_castsi256_ps(
        _mm256_setr_epi32(blue, green, 0, red, blue, green, 0, red));
    return _mm256_castps_si256(_mm256_permutevar_ps(steps, key));
}

static inline int far_corner(int size)
{
    return 3 * (size * size + size + 1);
}

static inline void put_places(Places *places, __m256i low, Keys key, int size)
{
    sort_two(&key.red, &key.green);
    sort_two(&key.red, &key.blue);
    sort_two(&key.green, &key.blue);
    __m256i far = _mm256_add_epi32(low, _mm256_set1_epi32(far_corner(size)));
    put_corner(places, 0, low);
    put_corner(places, 1, _mm256_add_epi32(low, step_along(key.red, size)));
    put_corner(places, 2, _mm256_sub_epi32(far, step_along(key.blue, size)));
    put_fraction(places, 0, key.red);
    put_fraction(places, 1, key.green);
    put_fraction(places, 2, key.blue);
}

/* A lattice has at most 2^24 points, so a float is exact for each of their numbers. */
static inline void find(Places *places, const Lut3dF32Step *step, Colours v)
{
    const __m256i axis = _mm256_set1_epi32(AXIS_BITS);
    float size = (float)step->size;
    __m256 r = position(step, 0, v.c[0]), g = position(step, 1, v.c[1]);
    __m256 b = position(step, 2, v.c[2]);
    __m256 cell_r = cell_of(step, r), cell_g = cell_of(step, g),
           cell_b = cell_of(step, b);
    __m256 point = _mm256_mul_ps(cell_b, _mm256_set1_ps(size));
    point = _mm256_mul_ps(_mm256_add_ps(point, cell_g), _mm256_set1_ps(size));
    __m256i low = _mm256_cvttps_epi32(_mm256_add_ps(point, cell_r));
    low = _mm256_add_epi32(low, _mm256_add_epi32(low, low));
    Keys key = {_mm256_castps_si256(_mm256_sub_ps(r, cell_r)),
                _mm256_castps_si256(_mm256_sub_ps(g, cell_g)),
                _mm256_castps_si256(_mm256_sub_ps(b, cell_b))};
    key.red = _mm256_or_si256(key.red, axis);
    key.green =
        _mm256_xor_si256(_mm256_or_si256(key.green, axis), _mm256_set1_epi32(2));
    key.blue = _mm256_andnot_si256(axis, key.blue);
    put_places(places, low, key, step->size);
}

/* Red, green and blue of a pixel; the fourth value is of no use. */
static inline __m128 value_at(const Lut3dF32Step *step, const Places *p, int lane)
{
    const float *low = step->points + p->corner[0][lane];
    const float *corner[CORNERS] = {low, step->points + p->corner[1][lane],
                                    step->points + p->corner[2][lane],
                                    low + far_corner(step->size)};
    __m128 v = _mm_loadu_ps(low), sum = v;
    for (int c = 1; c < CORNERS; c++) {
        __m128 next = _mm_loadu_ps(corner[c]);
        __m128 part = _mm_broadcast_ss(&p->fraction[c - 1][lane]);
        sum = _mm_add_ps(sum, _mm_mul_ps(part, _mm_sub_ps(next, v)));
        v = next;
    }
    return sum;
}

/* Two pixels, four apart. */
static inline __m256 two_at(const Lut3dF32Step *step, const Places *places, int lane)
{
    return _mm256_insertf128_ps(_mm256_castps128_ps256(value_at(step, places, lane)),
                                value_at(step, places, lane + LANES / 2), 1);
}

static inline Colours values_at(const Lut3dF32Step *step, const Places *places)
{
    __m256 a = two_at(step, places, 0), b = two_at(step, places, 1);
    __m256 c = two_at(step, places, 2), d = two_at(step, places, 3);
    __m256 rg_ab = _mm256_unpacklo_ps(a, b), rg_cd = _mm256_unpacklo_ps(c, d);
    __m256 b_ab = _mm256_unpackhi_ps(a, b), b_cd = _mm256_unpackhi_ps(c, d);
    return (Colours){{_mm256_shuffle_ps(rg_ab, rg_cd, 0x44),
                      _mm256_shuffle_ps(rg_ab, rg_cd, 0xEE),
                      _mm256_shuffle_ps(b_ab, b_cd, 0x44)}};
}

KERNEL_INLINE Colours look_up(const Lut3dF32Step *step, Colours v)
{
    Places places;
    find(&places, step, v);
    Colours y = values_at(step, &places);
    for (int c = 0; c < 3 && step->mix != 1; c++) {
        __m256 change = _mm256_sub_ps(y.c[c], v.c[c]);
        change = _mm256_mul_ps(_mm256_set1_ps(step->mix), change);
        y.c[c] = _mm256_add_ps(v.c[c], change);
    }
    return y;
}

void lut3d_f32_cube_avx2(float *const planes[3], size_t n, const Lut3dF32Step *step)
{
    for (size_t i = 0; i < n; i += LANES) {
        Colours v;
        for (int c = 0; c < 3; c++)
            v.c[c] = _mm256_loadu_ps(planes[c] + i);
        v = look_up(step, v);
        for (int c = 0; c < 3; c++)
            _mm256_storeu_ps(planes[c] + i, v.c[c]);
    }
}
