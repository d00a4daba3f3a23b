/* lut3d_f32_cube_avx2.h: the same operations in the same order as lut3d_f32.c.
 *
 * First the tetrahedra of some pixels are found, eight at a time. Then two pixels'
 * channels go through the interpolation in one vector, with a load for each corner of
 * each. These are passes of their own because the loads wait for the places of their
 * points: the processor's window would hold little beside what waits with them. */
#include "x86/lut3d/lut3d_f32_cube_avx2.h"

#include "x86/lut3d/lut3d_f32_pairs_avx2.h"

enum { SOME = 64, LANES = 8, HALF = LANES / 2, CORNERS = 3, AXIS_BITS = 3 };

typedef struct Colours {
    __m256 c[3];
} Colours;

/* Of some pixels. The last corner lies as far from the first one in every cell. */
typedef struct Places {
    /* The corners but for the last one, as places among the points' floats. */
    uint32_t corner[CORNERS][SOME] __attribute__((aligned(32)));
    /* The parts of the ways from the first corner to the last one, from the first to
     * the second, and from there to the third. */
    float far[SOME] __attribute__((aligned(32)));
    float second[SOME] __attribute__((aligned(32)));
    float third[SOME] __attribute__((aligned(32)));
} Places;

/* Those of eight pixels. */
typedef struct Parts {
    __m256 far, second, third;
} Parts;

/* Red, green and blue of pixels i and i + 4, as halves; the fourth numbers are of no
 * use. */
typedef struct Pairs {
    __m256 at[HALF];
} Pairs;

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

static inline __m256 fraction_of(__m256i key)
{
    return _mm256_castsi256_ps(_mm256_andnot_si256(_mm256_set1_epi32(AXIS_BITS), key));
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

/* From the cells' lowest corners, and the keys. */
KERNEL_INLINE void put_places(Places *to, size_t i, __m256i low, Keys key, int size)
{
    sort_two(&key.red, &key.green);
    sort_two(&key.red, &key.blue);
    sort_two(&key.green, &key.blue);
    __m256i far = _mm256_add_epi32(low, _mm256_set1_epi32(far_corner(size)));
    __m256i second = _mm256_add_epi32(low, step_along(key.red, size));
    __m256i third = _mm256_sub_epi32(far, step_along(key.blue, size));
    _mm256_store_si256((__m256i *)(to->corner[0] + i), low);
    _mm256_store_si256((__m256i *)(to->corner[1] + i), second);
    _mm256_store_si256((__m256i *)(to->corner[2] + i), third);
    __m256 least = fraction_of(key.blue);
    _mm256_store_ps(to->far + i, least);
    _mm256_store_ps(to->second + i, _mm256_sub_ps(fraction_of(key.red), least));
    _mm256_store_ps(to->third + i, _mm256_sub_ps(fraction_of(key.green), least));
}

/* A lattice has at most 2^24 points, so a float is exact for each of their numbers. */
KERNEL_INLINE void find(Places *to, size_t i, const Lut3dF32Step *step, Colours v)
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
    put_places(to, i, low, key, step->size);
}

/* A corner of a pair. */
static inline __m256 two_points(const float *points, const uint32_t *at)
{
    __m128 first = _mm_loadu_ps(points + at[0]);
    return _mm256_insertf128_ps(_mm256_castps128_ps256(first),
                                _mm_loadu_ps(points + at[HALF]), 1);
}

static inline __m256 part_of(__m256 part, __m256 from, __m256 to)
{
    return _mm256_mul_ps(part, _mm256_sub_ps(to, from));
}

KERNEL_INLINE __m256 pair_at(const Lut3dF32Step *step, const Places *places, size_t i,
                             Parts part)
{
    const float *low = step->points, *far = low + far_corner(step->size);
    __m256 v0 = two_points(low, places->corner[0] + i);
    __m256 v1 = two_points(low, places->corner[1] + i);
    __m256 v2 = two_points(low, places->corner[2] + i);
    __m256 v3 = two_points(far, places->corner[0] + i);
    __m256 sum = _mm256_add_ps(v0, part_of(part.far, v0, v3));
    sum = _mm256_add_ps(sum, part_of(part.second, v0, v1));
    sum = _mm256_add_ps(sum, part_of(part.third, v1, v2));
    __asm__("" : "+x"(sum)); /* else all pairs are loaded before the first sum */
    return sum;
}

/* The same parts for all three channels of a pair. */
#define PARTS_AT(part, i)                                                              \
    ((Parts){_mm256_permute_ps((part).far, 0x55 * (i)),                                \
             _mm256_permute_ps((part).second, 0x55 * (i)),                             \
             _mm256_permute_ps((part).third, 0x55 * (i))})

KERNEL_INLINE Pairs look_up(const Lut3dF32Step *step, const Places *places, size_t i)
{
    Parts part = {_mm256_load_ps(places->far + i), _mm256_load_ps(places->second + i),
                  _mm256_load_ps(places->third + i)};
    return (Pairs){{pair_at(step, places, i, PARTS_AT(part, 0)),
                    pair_at(step, places, i + 1, PARTS_AT(part, 1)),
                    pair_at(step, places, i + 2, PARTS_AT(part, 2)),
                    pair_at(step, places, i + 3, PARTS_AT(part, 3))}};
}

KERNEL_INLINE Colours channels_of(Pairs p)
{
    __m256 rg_01 = _mm256_unpacklo_ps(p.at[0], p.at[1]);
    __m256 rg_23 = _mm256_unpacklo_ps(p.at[2], p.at[3]);
    __m256 b_01 = _mm256_unpackhi_ps(p.at[0], p.at[1]);
    __m256 b_23 = _mm256_unpackhi_ps(p.at[2], p.at[3]);
    return (Colours){{_mm256_shuffle_ps(rg_01, rg_23, 0x44),
                      _mm256_shuffle_ps(rg_01, rg_23, 0xEE),
                      _mm256_shuffle_ps(b_01, b_23, 0x44)}};
}

static inline Colours mixed(float mix, Colours x, Colours y)
{
    for (int c = 0; c < 3; c++) {
        __m256 change = part_of(_mm256_set1_ps(mix), x.c[c], y.c[c]);
        y.c[c] = _mm256_add_ps(x.c[c], change);
    }
    return y;
}

KERNEL_INLINE Colours load_colours(const float *const planes[3], size_t i)
{
    return (Colours){{_mm256_loadu_ps(planes[0] + i), _mm256_loadu_ps(planes[1] + i),
                      _mm256_loadu_ps(planes[2] + i)}};
}

static void find_some(Places *to, const float *const planes[3], size_t first, size_t n,
                      const Lut3dF32Step *step)
{
    const Lut3dF32Step own = *step;
    const float *const from[3] = {planes[0] + first, planes[1] + first,
                                  planes[2] + first};
    for (size_t i = 0; i < n; i += LANES)
        find(to, i, &own, load_colours(from, i));
}

static inline size_t some_of(size_t n)
{
    return n < SOME ? n : SOME;
}

void lut3d_f32_cube_avx2(float *const planes[3], size_t n, const Lut3dF32Step *step)
{
    const Lut3dF32Step own = *step;
    const float *const from[3] = {planes[0], planes[1], planes[2]};
    Places places;
    for (size_t first = 0; first < n; first += SOME) {
        size_t some = some_of(n - first);
        find_some(&places, from, first, some, &own);
        for (size_t i = 0; i < some; i += LANES) {
            Colours v = channels_of(look_up(&own, &places, i));
            if (own.mix != 1)
                v = mixed(own.mix, load_colours(from, first + i), v);
            for (int c = 0; c < 3; c++)
                _mm256_storeu_ps(planes[c] + first + i, v.c[c]);
        }
    }
}

/* Pixels i and i + 1 in each half. The conversion truncates, which is floor for values
 * >= 0; packing clamps the others. */
KERNEL_INLINE __m256i rounded(__m256 a, __m256 b)
{
    const __m256 most = _mm256_set1_ps(UINT16_MAX), half = _mm256_set1_ps(0.5F);
    a = _mm256_add_ps(_mm256_min_ps(most, a), half);
    b = _mm256_add_ps(_mm256_min_ps(most, b), half);
    return _mm256_packus_epi32(_mm256_cvttps_epi32(a), _mm256_cvttps_epi32(b));
}

KERNEL_INLINE void map_some(uint16_t *d, const uint16_t *s, const Places *places,
                            size_t n, const Lut3dF32Step *step, size_t channels,
                            bool stream)
{
    for (size_t i = 0; i < n; i += 2 * LANES) {
        Pairs a = look_up(step, places, i), b = look_up(step, places, i + LANES);
        const __m256i pixels[4] = {rounded(a.at[0], a.at[1]), rounded(a.at[2], a.at[3]),
                                   rounded(b.at[0], b.at[1]),
                                   rounded(b.at[2], b.at[3])};
        if (channels == 3)
            store_pairs_rgb(d + i * channels, pixels, stream);
        else
            store_pairs_rgba(d + i * channels, s + i * channels, pixels, stream);
    }
}

KERNEL_INLINE void map(uint16_t *d, const uint16_t *s, const float *const planes[3],
                       size_t n, const Lut3dF32Step *step, size_t channels, bool stream)
{
    const Lut3dF32Step own = *step;
    Places places;
    for (size_t first = 0; first < n; first += SOME) {
        size_t some = some_of(n - first), at = first * channels;
        find_some(&places, planes, first, some, &own);
        map_some(d + at, s + at, &places, some, &own, channels, stream);
    }
}

void lut3d_f32_cube_u16_avx2(uint16_t *dst, const uint16_t *src,
                             const float *const planes[3], size_t n,
                             const Lut3dF32Step *step, size_t channels, bool stream)
{
    if (channels == 3 && stream)
        map(dst, src, planes, n, step, 3, true);
    else if (channels == 3)
        map(dst, src, planes, n, step, 3, false);
    else
        map(dst, src, planes, n, step, 4, stream);
}
