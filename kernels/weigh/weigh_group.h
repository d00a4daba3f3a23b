/* weigh_group — the columns of a resampling, for a group of eight rows at once.
 *
 * In a group the rows' samples stand side by side: sample i of row r is at 8 * i + r.
 * Threads: kernels as in kernels.h; each fill runs once, while the table is made.
 */
#ifndef LUTIST_KERNELS_WEIGH_WEIGH_GROUP_H
#define LUTIST_KERNELS_WEIGH_WEIGH_GROUP_H

#include <stddef.h>
#include <stdint.h>

enum { WEIGH_GROUP = 8 };

/* A group of `rows`, n samples each. Rows may be the same. */
typedef void (*weigh_gather_fn)(float *dst, const float *const *rows, size_t n);

/* Sample c of pixel i in dst is, in each row, the sum over k < taps of src's sample c
 * of pixel first[i] + k, times weights[taps * i + k]. In single precision, each product
 * and each sum rounded, k = 0 first. n pixels. */
typedef void (*weigh_columns_fn)(float *dst, const float *src, int channels,
                                 const int *first, const float *weights, int taps,
                                 size_t n);

/* A group's rows as whole numbers: rounded, half a step up; what lies beyond an end of
 * the depth becomes that end. Rows may be the same if their samples are. */
typedef void (*weigh_scatter_fn)(void *const *rows, const float *src, size_t n);

typedef struct WeighGroupKernels {
    weigh_gather_fn gather;
    weigh_columns_fn columns;
    weigh_scatter_fn scatter_u8, scatter_u16;
} WeighGroupKernels;

void weigh_group_fill_c(WeighGroupKernels *kernels);
void weigh_group_fill_avx2(WeighGroupKernels *kernels);

#endif
