/* weigh — samples added up with weights, in the two directions of a resampling.
 *
 * Threads: kernels as in kernels.h; each fill runs once, while the table is made.
 */
#ifndef LUTIST_KERNELS_WEIGH_WEIGH_H
#define LUTIST_KERNELS_WEIGH_WEIGH_H

#include <stddef.h>
#include <stdint.h>

/* dst[i] = rows[0][i] * weights[0] + rows[1][i] * weights[1] + … over `taps` rows (0:
 * the sum is 0), for n samples in whole pixels. Where the last channel is alpha the
 * other samples are multiplied by it first: a transparent pixel's colour means nothing,
 * and would show at the edges. In single precision, each product and each sum rounded,
 * the first row first. Otherwise as in kernels.h. */
typedef void (*weigh_fn)(float *dst, const void *const *rows, const float *weights,
                         int taps, size_t n);

/* dst[i] = unit * (rows[0][i] * weights[0] + rows[1][i] * weights[1] + …) over `taps`
 * rows (0: the sum is 0) of bytes, for n samples: an exact sum, which becomes single
 * precision and is multiplied by `unit`, a power of two. The weights' absolute values
 * add up to at most WEIGH_WHOLE_MOST, so that 32 bits hold the sum. Otherwise as in
 * kernels.h. */
typedef void (*weigh_whole_fn)(float *dst, const void *const *rows,
                               const int16_t *weights, float unit, int taps, size_t n);

enum { WEIGH_WHOLE_MOST = INT32_MAX / UINT8_MAX };

enum { WEIGH_LANES = 4 };

/* For pixel i of n and lane c of WEIGH_LANES, dst[4 * i + c] is the sum over k < taps
 * of src[channels * (first[i] + k) + c] * weights[taps * i + k]: lanes beyond the
 * channels have what lies there. In single precision, each product and each sum
 * rounded, k = 0 first. Otherwise as in kernels.h. */
typedef void (*weigh_pixels_fn)(float *dst, const float *src, int channels,
                                const int *first, const float *weights, int taps,
                                size_t n);

typedef struct WeighKernels {
    weigh_whole_fn whole_u8; /* without alpha */
    weigh_fn u8[5], u16[5];  /* [channels]; of 2 and 4 the last is alpha. u8: 2, 4 */
    weigh_pixels_fn pixels;
} WeighKernels;

void weigh_fill_c(WeighKernels *kernels);
void weigh_fill_avx2(WeighKernels *kernels);

#endif
