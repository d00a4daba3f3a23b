/* The scalar reference of lut3d.h. */
#include "lut3d/lut3d.h"

#include <math.h>

/* A position on an axis. */
typedef struct Along {
    size_t index, step; /* of the cell; to the next one, in doubles */
    double fraction;
} Along;

/* A NaN fails the first comparison. */
static inline Along along(const Lut3d *table, int axis, double x, size_t stride)
{
    double most = table->size - 1, at = (x - table->lo[axis]) * table->scale[axis];
    at = at > 0.0 ? at : 0.0;
    at = at < most ? at : most;
    double whole = floor(at);
    return (Along){(size_t)whole * stride, whole < most ? stride : 0, at - whole};
}

/* The four corners of a tetrahedron, and the parts of the ways from the first to the
 * last one, from the first to the second, and from there to the third. */
typedef struct Place {
    const double *corner[4];
    double far, second, third;
} Place;

static inline Place place_of(const Lut3d *table, double red, double green, double blue)
{
    size_t size = (size_t)table->size;
    Along r = along(table, 0, red, 3), g = along(table, 1, green, 3 * size),
          b = along(table, 2, blue, 3 * size * size);
    double f = r.fraction, h = g.fraction, k = b.fraction;
    size_t first = f >= h && f >= k ? r.step : f < h && h >= k ? g.step : b.step;
    size_t last = f >= k && h >= k ? b.step : f >= h && h < k ? g.step : r.step;
    const double *low = table->values + r.index + g.index + b.index;
    const double *high = low + r.step + g.step + b.step;
    double f1 = fmax(f, fmax(h, k)), f2 = fmax(fmin(f, h), fmin(fmax(f, h), k));
    double f3 = fmin(f, fmin(h, k));
    return (Place){{low, low + first, high - last, high}, f3, f1 - f3, f2 - f3};
}

static void lk_lut3d_planes_c(double *const planes[3], const double *const at[3],
                              size_t n, const Lut3d *table, double mix)
{
    for (size_t i = 0; i < n; i++) {
        Place p = place_of(table, at[0][i], at[1][i], at[2][i]);
        for (int c = 0; c < 3; c++) {
            double v[4], x = planes[c][i];
            for (int k = 0; k < 4; k++)
                v[k] = p.corner[k][c];
            double y = v[0] + p.far * (v[3] - v[0]) + p.second * (v[1] - v[0]) +
                       p.third * (v[2] - v[1]);
            planes[c][i] = mix == 1.0 ? y : x + mix * (y - x);
        }
    }
}

void lut3d_fill_c(Lut3dKernels *kernels)
{
    kernels->planes = lk_lut3d_planes_c;
}
