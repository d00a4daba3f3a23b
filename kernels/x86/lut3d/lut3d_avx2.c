/* lut3d.h four pixels at a time; the same operations in the same order as lut3d.c. The
 * corners are chosen for four pixels at once; then each pixel's three channels go
 * through the interpolation in one vector. */
#include <immintrin.h>
#include <stdint.h>

#include "lut3d/lut3d.h"

enum { LANES = 4, CORNERS = 4 };

/* Four positions on an axis. */
typedef struct Along {
    __m128i index, step; /* of the cell; to the next one, in doubles */
    __m256d fraction;
} Along;

/* max() gives its second operand for a NaN. */
static inline Along along(const Lut3d *table, int axis, __m256d x, int stride)
{
    __m256d at = _mm256_sub_pd(x, _mm256_set1_pd(table->lo[axis]));
    at = _mm256_mul_pd(at, _mm256_set1_pd(table->scale[axis]));
    at = _mm256_max_pd(at, _mm256_setzero_pd());
    at = _mm256_min_pd(at, _mm256_set1_pd(table->size - 1));
    __m256d whole = _mm256_floor_pd(at);
    __m128i cell = _mm256_cvttpd_epi32(whole);
    __m128i inside = _mm_cmpgt_epi32(_mm_set1_epi32(table->size - 1), cell);
    __m128i step = _mm_set1_epi32(stride);
    return (Along){_mm_mullo_epi32(cell, step), _mm_and_si128(inside, step),
                   _mm256_sub_pd(at, whole)};
}

/* a >= b, as masks of 32 bits. */
static inline __m128i not_below(__m256d a, __m256d b)
{
    const __m256i low_halves = _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6);
    __m256i wide = _mm256_castpd_si256(_mm256_cmp_pd(a, b, _CMP_GE_OQ));
    return _mm256_castsi256_si128(_mm256_permutevar8x32_epi32(wide, low_halves));
}

/* yes where the mask is set, else no. */
static inline __m128i choose(__m128i mask, __m128i yes, __m128i no)
{
    return _mm_blendv_epi8(no, yes, mask);
}

/* The corners of four pixels, as places in the table, and the parts of the ways from
 * the first to the last one, from the first to the second, and from there to the third.
 */
typedef struct Places {
    int32_t corner[CORNERS][LANES];
    double far[LANES], second[LANES], third[LANES];
} Places;

static inline void put_corner(Places *places, int corner, __m128i at)
{
    _mm_storeu_si128((__m128i *)places->corner[corner], at);
}

static inline void find(Places *places, Along r, Along g, Along b)
{
    __m256d f = r.fraction, h = g.fraction, k = b.fraction;
    __m128i rg = not_below(f, h), rb = not_below(f, k), gb = not_below(h, k);
    __m128i first = choose(_mm_and_si128(rg, rb), r.step,
                           choose(_mm_andnot_si128(rg, gb), g.step, b.step));
    __m128i last = choose(_mm_and_si128(rb, gb), b.step,
                          choose(_mm_andnot_si128(gb, rg), g.step, r.step));
    __m128i low = _mm_add_epi32(r.index, _mm_add_epi32(g.index, b.index));
    __m128i high = _mm_add_epi32(r.step, _mm_add_epi32(g.step, b.step));
    high = _mm_add_epi32(low, high);
    put_corner(places, 0, low);
    put_corner(places, 1, _mm_add_epi32(low, first));
    put_corner(places, 2, _mm_sub_epi32(high, last));
    put_corner(places, 3, high);
    __m256d more = _mm256_max_pd(f, h), less = _mm256_min_pd(f, h);
    __m256d most = _mm256_max_pd(more, k), least = _mm256_min_pd(less, k);
    __m256d middle = _mm256_max_pd(less, _mm256_min_pd(more, k));
    _mm256_storeu_pd(places->far, least);
    _mm256_storeu_pd(places->second, _mm256_sub_pd(most, least));
    _mm256_storeu_pd(places->third, _mm256_sub_pd(middle, least));
}

/* A part of the way from one value to another. */
static inline __m256d part_of(double part, __m256d from, __m256d to)
{
    return _mm256_mul_pd(_mm256_set1_pd(part), _mm256_sub_pd(to, from));
}

/* Red, green and blue of a pixel; the fourth value is of no use. */
static inline __m256d value_at(const double *values, const Places *places, int lane)
{
    __m256d v[CORNERS];
    for (int c = 0; c < CORNERS; c++)
        v[c] = _mm256_loadu_pd(values + places->corner[c][lane]);
    __m256d sum = _mm256_add_pd(v[0], part_of(places->far[lane], v[0], v[3]));
    sum = _mm256_add_pd(sum, part_of(places->second[lane], v[0], v[1]));
    return _mm256_add_pd(sum, part_of(places->third[lane], v[1], v[2]));
}

static inline __m256d mixed(__m256d x, __m256d y, double mix)
{
    if (mix == 1.0)
        return y;
    return _mm256_add_pd(x, _mm256_mul_pd(_mm256_set1_pd(mix), _mm256_sub_pd(y, x)));
}

static inline void put(double *plane, __m256d value, double mix)
{
    _mm256_storeu_pd(plane, mixed(_mm256_loadu_pd(plane), value, mix));
}

static void four(double *const planes[3], const double *const at[3], size_t i,
                 const Lut3d *table, double mix)
{
    Places places;
    int size = table->size;
    find(&places, along(table, 0, _mm256_loadu_pd(at[0] + i), 3),
         along(table, 1, _mm256_loadu_pd(at[1] + i), 3 * size),
         along(table, 2, _mm256_loadu_pd(at[2] + i), 3 * size * size));
    __m256d p[LANES];
    for (int lane = 0; lane < LANES; lane++)
        p[lane] = value_at(table->values, &places, lane);
    __m256d red_blue = _mm256_unpacklo_pd(p[0], p[1]),
            green = _mm256_unpackhi_pd(p[0], p[1]);
    __m256d red_blue2 = _mm256_unpacklo_pd(p[2], p[3]),
            green2 = _mm256_unpackhi_pd(p[2], p[3]);
    put(planes[0] + i, _mm256_permute2f128_pd(red_blue, red_blue2, 0x20), mix);
    put(planes[1] + i, _mm256_permute2f128_pd(green, green2, 0x20), mix);
    put(planes[2] + i, _mm256_permute2f128_pd(red_blue, red_blue2, 0x31), mix);
}

/* The last, incomplete group goes through a copy, padded with its first pixel. */
static void lk_lut3d_planes_avx2(double *const planes[3], const double *const at[3],
                                 size_t n, const Lut3d *table, double mix)
{
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        four(planes, at, i, table, mix);
    if (i == n)
        return;
    double rest[3][LANES], rest_at[3][LANES];
    for (int c = 0; c < 3; c++)
        for (size_t k = 0; k < LANES; k++) {
            rest[c][k] = planes[c][i + k < n ? i + k : i];
            rest_at[c][k] = at[c][i + k < n ? i + k : i];
        }
    four((double *const[3]){rest[0], rest[1], rest[2]},
         (const double *const[3]){rest_at[0], rest_at[1], rest_at[2]}, 0, table, mix);
    for (int c = 0; c < 3; c++)
        for (size_t k = 0; i + k < n; k++)
            planes[c][i + k] = rest[c][k];
}

void lut3d_fill_avx2(Lut3dKernels *kernels)
{
    kernels->planes = lk_lut3d_planes_avx2;
}
