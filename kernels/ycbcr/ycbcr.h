/* ycbcr — 8-bit RGB as the planes of a JPEG file: luma and two differences of colour.
 *
 * Threads: kernels as in kernels.h; each fill runs once, while the table is made.
 */
#ifndef LUTIST_KERNELS_YCBCR_YCBCR_H
#define LUTIST_KERNELS_YCBCR_YCBCR_H

#include <stddef.h>
#include <stdint.h>

/* n pixels of `rgb` into the planes Y, Cb and Cr, which are disjoint. The formulas are
 * those of JFIF with weights of 16 fractional bits; Y is rounded half up, Cb and Cr
 * half down. So they are those of libjpeg (its "islow" conversion), bit for bit.
 * Otherwise as in kernels.h. */
typedef void (*ycbcr_fn)(uint8_t *const planes[3], const uint8_t *rgb, size_t n);

typedef struct YcbcrKernels {
    ycbcr_fn from_rgb;
} YcbcrKernels;

void ycbcr_fill_c(YcbcrKernels *kernels);
void ycbcr_fill_avx2(YcbcrKernels *kernels);
void ycbcr_fill_avx512(YcbcrKernels *kernels);

#endif
