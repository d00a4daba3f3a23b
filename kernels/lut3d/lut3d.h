/* lut3d — a 3D table on pixels as three planes of doubles, by tetrahedral
 * interpolation.
 *
 * The position on an axis is (x - lo) * scale, clamped to 0 … size - 1 (a NaN becomes
 * 0); its whole part chooses a cell of the lattice, and the rest is the fraction. From
 * the cell's lowest corner v0 one step along the axis of the largest fraction leads to
 * v1, one along that of the middle fraction to v2, and one along that of the smallest
 * to v3, the opposite corner. With these fractions f1 >= f2 >= f3 the value is
 *
 *     ((v0 + f3 * (v3 - v0)) + (f1 - f3) * (v1 - v0)) + (f2 - f3) * (v2 - v1)
 *
 * without fused operations. Three equal fractions leave v0 and v3 alone, so a gray is
 * gray in the result where those are. Equal fractions: red comes before green, green
 * before blue. At the upper end of an axis its step is none, so every lattice point has
 * exactly its own value. The six tetrahedra of a cell are those of J. M. Kasson, W.
 * Plouffe and S. I. Nin, "A tetrahedral interpolation technique for color space
 * conversion", Proc. SPIE 1909 (1993), 127-138.
 * Threads: kernels as in kernels.h; each fill runs once, while the table is made.
 */
#ifndef LUTIST_KERNELS_LUT3D_LUT3D_H
#define LUTIST_KERNELS_LUT3D_LUT3D_H

#include <stddef.h>

enum { LUT3D_LEAST_SIZE = 2, LUT3D_MOST_SIZE = 256 };

typedef struct Lut3d {
    int size;               /* lattice points a side */
    double lo[3], scale[3]; /* the axes of red, green and blue */
    /* Red, green and blue of each lattice point, finite; red's index rises fastest,
     * then green's. One more double follows the last point, of any value. */
    const double *values;
} Lut3d;

/* planes = planes + mix * (table(at) - planes), or table(at) where mix is 1; `at` may
 * be `planes`. */
typedef void (*lut3d_fn)(double *const planes[3], const double *const at[3], size_t n,
                         const Lut3d *table, double mix);

typedef struct Lut3dKernels {
    lut3d_fn planes;
} Lut3dKernels;

void lut3d_fill_c(Lut3dKernels *kernels);
void lut3d_fill_avx2(Lut3dKernels *kernels);

#endif
