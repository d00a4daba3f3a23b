/* halve — an image's rows at half their size.
 *
 * Threads: kernels as in kernels.h; each fill runs once, while the table is made.
 */
#ifndef LUTIST_KERNELS_HALVE_HALVE_H
#define LUTIST_KERNELS_HALVE_HALVE_H

#include <stddef.h>
#include <stdint.h>

/* n pixels of dst, each the mean of the 2×2 that begin at pixel 2 * i of the rows
 * `upper` and `lower` (which may be the same), rounded half up. With alpha (2 and 4
 * channels) a colour is weighted by its alpha; alpha's own mean is plain. Exact.
 * Otherwise as in kernels.h. */
typedef void (*halve_fn)(void *dst, const void *upper, const void *lower, size_t n);

/* The same of both rows as lut1d makes them of `upper` and `lower`: each sample is
 * first replaced by its entry in its channel's table. Reads ahead of what it works on.
 */
typedef void (*lut_halve_fn)(void *dst, const void *upper, const void *lower, size_t n,
                             const void *const tables[3]);

typedef struct HalveKernels {
    halve_fn u8[5], u16[5]; /* by channels, 1 to 4 */
    /* The same; NULL where lut1d and then halving are faster, or there is alpha. */
    lut_halve_fn lut_u16[5];
    lut_halve_fn lut_u8[5]; /* all channels through tables[0] */
} HalveKernels;

void halve_fill_c(HalveKernels *kernels);
void lut_halve_fill_c(HalveKernels *kernels);
void halve_fill_avx2(HalveKernels *kernels);
void halve_fill_avx512(HalveKernels *kernels);
void halve_fill_neon(HalveKernels *kernels);

#endif
