/* lut3d_u8 — a 3D table on 8-bit colours, in whole numbers of 16 bits.
 *
 * Tetrahedral interpolation as lut3d.h defines it, at places cut to multiples of 2^-14
 * of a cell. The four weights add up to 2^14 exactly, so a sum is exact for those
 * places and points, and can't overflow.
 * Threads: kernels as in kernels.h; each fill runs once, while the table is made.
 */
#ifndef LUTIST_KERNELS_LUT3D_LUT3D_U8_H
#define LUTIST_KERNELS_LUT3D_LUT3D_U8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LUT3D_U8_SAMPLES = 256, LUT3D_U8_LEAST_BITS = 2, LUT3D_U8_MOST_BITS = 7 };

typedef struct Lut3dU8 {
    /* Each point is (value + 0.5) * 2^bits for red, green and blue, then any number;
     * red's index rises fastest, then green's. lut3d_u8_points(size) points, of which
     * those behind the lattice have any numbers. */
    const int16_t *points;
    int size; /* points a side: LUT3D_LEAST_SIZE to LUT3D_MOST_SIZE */
    int bits; /* LUT3D_U8_LEAST_BITS to LUT3D_U8_MOST_BITS */
    /* Where each sample lies on the axis, in cells * 2^16: 0 to (size - 1) * 2^16. */
    const uint32_t *place[3];
    bool even; /* the places are all those of lut3d_u8_even, and need not be read */
} Lut3dU8;

/* The points to allocate: behind the lattice lie those that have no weight. */
size_t lut3d_u8_points(int size);
/* Places of samples that spread evenly from the first point to the last, at most 2^-16
 * of a cell below. */
void lut3d_u8_even(uint32_t place[LUT3D_U8_SAMPLES], int size);

/* n pixels. Channels become floor(sum / 2^(14 + bits)), clamped to 0 … 255, of the
 * points times their weights; alpha is copied. As in kernels.h.
 *
 * Points are off by at most 2^-(bits + 1) steps, and cutting a place is worth at most
 * 2^-14 of what the values change along an edge, for each axis. For values of -0.25 to
 * 1.25 in a lattice whose neighbours differ by less than a quarter, that is 0.02 steps.
 */
typedef void (*lut3d_u8_fn)(uint8_t *dst, const uint8_t *src, size_t n,
                            const Lut3dU8 *table);

typedef struct Lut3dU8Kernels {
    lut3d_u8_fn pixels[2]; /* RGB, RGBA */
} Lut3dU8Kernels;

void lut3d_u8_fill_c(Lut3dU8Kernels *kernels);
void lut3d_u8_fill_avx2(Lut3dU8Kernels *kernels);

#endif
