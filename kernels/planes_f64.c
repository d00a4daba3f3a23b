/* The scalar reference of planes_f64.h. */
#include "planes_f64.h"

#include <math.h>

#include "sample.h"

KERNEL_INLINE void fetch(double *const out[3], const void *src, size_t n, int channels,
                         const double *const tables[3], int bits, double most)
{
    for (size_t c = 0; c < 3; c++)
        for (size_t i = 0, at = c; i < n; i++, at += (size_t)channels) {
            unsigned from = sample_get(src, at, bits);
            out[c][i] = tables[c] ? tables[c][from] : from / most;
        }
}

/* A NaN fails the first comparison. */
static inline double clamp(double v)
{
    return v > 0.0 ? (v < 1.0 ? v : 1.0) : 0.0;
}

KERNEL_INLINE void store(void *dst, const double *const in[3], size_t n, int channels,
                         const void *alpha_from, int bits, double most)
{
    for (size_t i = 0, at = 0; i < n; i++, at += (size_t)channels) {
        for (size_t c = 0; c < 3; c++)
            sample_put(dst, at + c, (unsigned)floor(clamp(in[c][i]) * most + 0.5),
                       bits);
        if (channels == 4)
            sample_put(dst, at + 3, sample_get(alpha_from, at + 3, bits), bits);
    }
}

#define DEFINE(BITS, MOST)                                                             \
    static void lk_planes_fetch_u##BITS##_c(double *const out[3], const void *src,     \
                                            size_t n, int channels,                    \
                                            const double *const tables[3])             \
    {                                                                                  \
        fetch(out, src, n, channels, tables, BITS, MOST);                              \
    }                                                                                  \
    static void lk_planes_store_u##BITS##_c(void *dst, const double *const in[3],      \
                                            size_t n, int channels,                    \
                                            const void *alpha_from)                    \
    {                                                                                  \
        store(dst, in, n, channels, alpha_from, BITS, MOST);                           \
    }

DEFINE(8, 255.0)
DEFINE(16, 65535.0)

static void lk_planes_matrix_c(double *const planes[3], size_t n, const double m[3][4])
{
    for (size_t i = 0; i < n; i++) {
        double r = planes[0][i], g = planes[1][i], b = planes[2][i];
        for (int k = 0; k < 3; k++)
            planes[k][i] = m[k][0] * r + m[k][1] * g + m[k][2] * b + m[k][3];
    }
}

/* Choose the piece: `at` becomes the position within it. */
static inline size_t split(double *at, double pieces)
{
    double whole = floor(*at);
    if (whole > pieces - 1)
        whole = pieces - 1;
    *at -= whole;
    return (size_t)whole;
}

static double curve_at(const CurveTable *curve, double x)
{
    double at = (x - curve->lo) * curve->scale;
    at = at > 0.0 ? at : 0.0;
    at = at < curve->pieces ? at : curve->pieces;
    const CurvePiece *piece = curve->piece + split(&at, curve->pieces);
    while (piece->deeper) {
        at *= CURVE_DEEPER;
        piece = curve->piece + piece->deeper + split(&at, CURVE_DEEPER);
    }
    return piece->a + at * (piece->b + at * piece->c);
}

static void lk_planes_curve_c(double *values, size_t n, const CurveTable *curve)
{
    if (curve->pieces)
        for (size_t i = 0; i < n; i++)
            values[i] = curve_at(curve, values[i]);
}

void planes_f64_fill_c(PlanesKernels *kernels)
{
    kernels->fetch[0] = lk_planes_fetch_u8_c;
    kernels->fetch[1] = lk_planes_fetch_u16_c;
    kernels->matrix = lk_planes_matrix_c;
    kernels->curve = lk_planes_curve_c;
    kernels->store[0] = lk_planes_store_u8_c;
    kernels->store[1] = lk_planes_store_u16_c;
}
