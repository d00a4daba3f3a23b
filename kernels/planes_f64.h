/* planes_f64 — pixels in double precision: a block of them as three planes.
 *
 * Samples are fetched into the planes, go through matrices and curves there, and are
 * rounded once when they are stored. For looks that tables cannot represent exactly
 * enough: 16-bit colours after a matrix, several matrices, steep tones. Every level
 * does the same operations in the same order, so the bits are the same.
 * Threads: kernels as in kernels.h; each fill runs once, while the table is made.
 */
#ifndef LUTIST_KERNELS_PLANES_F64_H
#define LUTIST_KERNELS_PLANES_F64_H

#include <stddef.h>
#include <stdint.h>

/* Samples to planes: out[c][i] = tables[c][sample], or sample / most if tables[c] is
 * NULL; most is 255 or 65,535 and a table has most + 1 entries. `channels` of src: 3 or
 * 4. Otherwise as in kernels.h. */
typedef void (*planes_fetch_fn)(double *const out[3], const void *src, size_t n,
                                int channels, const double *const tables[3]);

/* In place: plane r becomes m[r][0] * red + m[r][1] * green + m[r][2] * blue + m[r][3],
 * added from left to right, no fused operations. */
typedef void (*planes_matrix_fn)(double *const planes[3], size_t n,
                                 const double m[3][4]);

/* A function of one value in rows of pieces. The first row has `pieces` pieces evenly
 * spread over [lo, hi]; a piece is either final or a row of CURVE_DEEPER pieces itself.
 *
 * Entry i of a row stands for piece i: `deeper` is 0 for a final piece, else the index
 * of its row's first entry. At position f in [0, 1] of a final piece the function is a
 * + f * (b + f * c). Beyond lo and hi it has the values at these ends. */
enum { CURVE_DEEPER = 16 };

typedef struct CurvePiece {
    double a, b, c;
    int64_t deeper;
} CurvePiece;

typedef struct CurveTable {
    double lo, scale; /* (x - lo) * scale is the position in the first row */
    int pieces;       /* 0: the identity; then nothing else is read */
    const CurvePiece *piece;
} CurveTable;

/* In place. The input must be finite. */
typedef void (*planes_curve_fn)(double *values, size_t n, const CurveTable *curve);

/* Planes to samples: floor(clamp(v, 0, 1) * most + 0.5); a NaN gives 0. With 4 channels
 * alpha is copied from the same place in `alpha_from`, which may be dst itself. */
typedef void (*planes_store_fn)(void *dst, const double *const in[3], size_t n,
                                int channels, const void *alpha_from);

typedef struct PlanesKernels {
    planes_fetch_fn fetch[2]; /* 8, 16 bits */
    planes_matrix_fn matrix;
    planes_curve_fn curve;
    planes_store_fn store[2]; /* 8, 16 bits */
} PlanesKernels;

void planes_f64_fill_c(PlanesKernels *kernels);
void planes_f64_fill_avx2(PlanesKernels *kernels);
void planes_f64_fill_neon(PlanesKernels *kernels);

#endif
