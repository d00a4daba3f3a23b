/* planes_f64.h four values at a time; the same operations in the same order as
 * planes_f64.c. */
#include <immintrin.h>

#include "planes_f64.h"
#include "sample.h"

enum { LANES = 4 };

static inline __m256d row_of(__m256d r, __m256d g, __m256d b, const double m[4])
{
    __m256d sum = _mm256_mul_pd(_mm256_set1_pd(m[0]), r);
    sum = _mm256_add_pd(sum, _mm256_mul_pd(_mm256_set1_pd(m[1]), g));
    sum = _mm256_add_pd(sum, _mm256_mul_pd(_mm256_set1_pd(m[2]), b));
    return _mm256_add_pd(sum, _mm256_set1_pd(m[3]));
}

static void matrix_at(double *const planes[3], size_t i, const double m[3][4])
{
    __m256d r = _mm256_loadu_pd(planes[0] + i);
    __m256d g = _mm256_loadu_pd(planes[1] + i);
    __m256d b = _mm256_loadu_pd(planes[2] + i);
    for (int k = 0; k < 3; k++)
        _mm256_storeu_pd(planes[k] + i, row_of(r, g, b, m[k]));
}

/* The last, incomplete group goes through a copy, padded with its first value. */
static void lk_planes_matrix_avx2(double *const planes[3], size_t n,
                                  const double m[3][4])
{
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        matrix_at(planes, i, m);
    if (i == n)
        return;
    double rest[3][LANES];
    for (int c = 0; c < 3; c++)
        for (size_t k = 0; k < LANES; k++)
            rest[c][k] = planes[c][i + k < n ? i + k : i];
    double *const padded[3] = {rest[0], rest[1], rest[2]};
    matrix_at(padded, 0, m);
    for (int c = 0; c < 3; c++)
        for (size_t k = 0; i + k < n; k++)
            planes[c][i + k] = rest[c][k];
}

/* Four entries of a row: their pieces and the positions within them. */
typedef struct Found {
    __m256i piece; /* indices */
    __m256d at;
} Found;

static inline Found split(__m256d at, __m256d most, __m256i row)
{
    __m256d whole = _mm256_min_pd(_mm256_floor_pd(at), most);
    __m256i index = _mm256_cvtepi32_epi64(_mm256_cvttpd_epi32(whole));
    return (Found){_mm256_add_epi64(row, index), _mm256_sub_pd(at, whole)};
}

enum { PIECE_WORDS = sizeof(CurvePiece) / sizeof(double), DEEPER = 3 };

static inline __m256i words_of(__m256i piece)
{
    _Static_assert(PIECE_WORDS == 4, "an index times four is a place in the words");
    return _mm256_slli_epi64(piece, 2);
}

static inline __m256i deeper_of(const CurvePiece *pieces, __m256i piece)
{
    const long long *base = (const long long *)(const void *)pieces + DEEPER;
    return _mm256_i64gather_epi64(base, words_of(piece), 8);
}

static inline __m256d value_of(const CurvePiece *pieces, Found found)
{
    const double *base = &pieces->a;
    __m256i at = words_of(found.piece);
    __m256d a = _mm256_i64gather_pd(base, at, 8);
    __m256d b = _mm256_i64gather_pd(base + 1, at, 8);
    __m256d c = _mm256_i64gather_pd(base + 2, at, 8);
    b = _mm256_add_pd(b, _mm256_mul_pd(found.at, c));
    return _mm256_add_pd(a, _mm256_mul_pd(found.at, b));
}

static inline __m256d curve_at(const CurveTable *curve, __m256d x)
{
    const __m256d deep = _mm256_set1_pd(CURVE_DEEPER);
    const __m256d deep_most = _mm256_set1_pd(CURVE_DEEPER - 1);
    __m256d at = _mm256_sub_pd(x, _mm256_set1_pd(curve->lo));
    at = _mm256_mul_pd(at, _mm256_set1_pd(curve->scale));
    at = _mm256_max_pd(at, _mm256_setzero_pd());
    at = _mm256_min_pd(at, _mm256_set1_pd(curve->pieces));
    Found found = split(at, _mm256_set1_pd(curve->pieces - 1), _mm256_setzero_si256());
    __m256i row = deeper_of(curve->piece, found.piece);
    while (!_mm256_testz_si256(row, row)) {
        Found below = split(_mm256_mul_pd(found.at, deep), deep_most, row);
        __m256d go =
            _mm256_castsi256_pd(_mm256_cmpgt_epi64(row, _mm256_setzero_si256()));
        found.at = _mm256_blendv_pd(found.at, below.at, go);
        found.piece = _mm256_castpd_si256(_mm256_blendv_pd(
            _mm256_castsi256_pd(found.piece), _mm256_castsi256_pd(below.piece), go));
        row = deeper_of(curve->piece, found.piece);
    }
    return value_of(curve->piece, found);
}

static void lk_planes_curve_avx2(double *values, size_t n, const CurveTable *curve)
{
    if (!curve->pieces)
        return;
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        _mm256_storeu_pd(values + i, curve_at(curve, _mm256_loadu_pd(values + i)));
    if (i == n)
        return;
    double rest[LANES];
    for (size_t k = 0; k < LANES; k++)
        rest[k] = values[i + k < n ? i + k : i];
    _mm256_storeu_pd(rest, curve_at(curve, _mm256_loadu_pd(rest)));
    for (size_t k = 0; i + k < n; k++)
        values[i + k] = rest[k];
}

/* max() gives its second operand for a NaN. The conversion truncates, which is floor
 * for values >= 0. */
static inline __m128i quantise(__m256d v, __m256d most)
{
    v = _mm256_max_pd(v, _mm256_setzero_pd());
    v = _mm256_min_pd(v, _mm256_set1_pd(1.0));
    v = _mm256_add_pd(_mm256_mul_pd(v, most), _mm256_set1_pd(0.5));
    return _mm256_cvttpd_epi32(v);
}

enum { BLOCK = 64 };

/* Up to BLOCK pixels' samples, a plane each. */
static void quantise_block(uint32_t out[3][BLOCK], const double *const in[3], size_t at,
                           size_t n, double most)
{
    const __m256d scale = _mm256_set1_pd(most);
    for (int c = 0; c < 3; c++) {
        size_t i = 0;
        for (; i + LANES <= n; i += LANES) {
            __m128i q = quantise(_mm256_loadu_pd(in[c] + at + i), scale);
            _mm_storeu_si128((__m128i *)(out[c] + i), q);
        }
        for (; i < n; i++) {
            __m128i q = quantise(_mm256_set1_pd(in[c][at + i]), scale);
            out[c][i] = (uint32_t)_mm_cvtsi128_si32(q);
        }
    }
}

KERNEL_INLINE void store(void *dst, const double *const in[3], size_t n, int channels,
                         const void *alpha_from, int bits, double most)
{
    uint32_t q[3][BLOCK];
    for (size_t begin = 0; begin < n; begin += BLOCK) {
        size_t count = n - begin < BLOCK ? n - begin : BLOCK;
        quantise_block(q, in, begin, count, most);
        for (size_t i = 0; i < count; i++) {
            size_t at = (begin + i) * (size_t)channels;
            for (size_t c = 0; c < 3; c++)
                sample_put(dst, at + c, q[c][i], bits);
            if (channels == 4)
                sample_put(dst, at + 3, sample_get(alpha_from, at + 3, bits), bits);
        }
    }
}

static void lk_planes_store_u8_avx2(void *dst, const double *const in[3], size_t n,
                                    int channels, const void *alpha_from)
{
    store(dst, in, n, channels, alpha_from, 8, 255.0);
}

static void lk_planes_store_u16_avx2(void *dst, const double *const in[3], size_t n,
                                     int channels, const void *alpha_from)
{
    store(dst, in, n, channels, alpha_from, 16, 65535.0);
}

void planes_f64_fill_avx2(PlanesKernels *kernels)
{
    kernels->matrix = lk_planes_matrix_avx2;
    kernels->curve = lk_planes_curve_avx2;
    kernels->store[0] = lk_planes_store_u8_avx2;
    kernels->store[1] = lk_planes_store_u16_avx2;
}
