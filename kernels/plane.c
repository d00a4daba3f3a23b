/* The scalar reference of plane.h. */
#include "plane.h"

#include <math.h>

#include "kernels.h"

#define DEFINE_PLANE(BITS, MOST)                                                       \
    static void lk_plane_fetch_u##BITS##_c(double *const out[3], const void *src,      \
                                           size_t n, int channels,                     \
                                           const double *const tables[3])              \
    {                                                                                  \
        for (int c = 0; c < 3; c++) {                                                  \
            const uint##BITS##_t *s = (const uint##BITS##_t *)src + c;                 \
            for (size_t i = 0; i < n; i++, s += channels)                              \
                out[c][i] = tables[c] ? tables[c][*s] : *s / (MOST);                   \
        }                                                                              \
    }                                                                                  \
    static void lk_plane_store_u##BITS##_c(void *dst, const double *const in[3],       \
                                           size_t n, int channels,                     \
                                           const void *alpha_from)                     \
    {                                                                                  \
        uint##BITS##_t *d = dst;                                                       \
        const uint##BITS##_t *alpha = alpha_from;                                      \
        for (size_t i = 0; i < n; i++, d += channels) {                                \
            for (int c = 0; c < 3; c++)                                                \
                d[c] = (uint##BITS##_t)floor(clamp(in[c][i]) * (MOST) + 0.5);          \
            if (channels == 4)                                                         \
                d[3] = alpha[4 * i + 3];                                               \
        }                                                                              \
    }

/* A NaN fails the first comparison. */
static inline double clamp(double v)
{
    return v > 0.0 ? (v < 1.0 ? v : 1.0) : 0.0;
}

DEFINE_PLANE(8, 255.0)
DEFINE_PLANE(16, 65535.0)

static void lk_plane_matrix_c(double *const planes[3], size_t n, const double m[3][4])
{
    for (size_t i = 0; i < n; i++) {
        double r = planes[0][i], g = planes[1][i], b = planes[2][i];
        for (int k = 0; k < 3; k++)
            planes[k][i] = m[k][0] * r + m[k][1] * g + m[k][2] * b + m[k][3];
    }
}

/* Which piece, and where in it: `at` becomes the position within the piece. */
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

static void lk_plane_curve_c(double *values, size_t n, const CurveTable *curve)
{
    if (curve->pieces)
        for (size_t i = 0; i < n; i++)
            values[i] = curve_at(curve, values[i]);
}

void plane_fill_c(Kernels *kernels)
{
    kernels->plane_fetch[0] = lk_plane_fetch_u8_c;
    kernels->plane_fetch[1] = lk_plane_fetch_u16_c;
    kernels->plane_matrix = lk_plane_matrix_c;
    kernels->plane_curve = lk_plane_curve_c;
    kernels->plane_store[0] = lk_plane_store_u8_c;
    kernels->plane_store[1] = lk_plane_store_u16_c;
}
