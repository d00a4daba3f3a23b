/* convert_depth — samples of 16 bits from 8, and of 8 bits from 16.
 *
 * Threads: kernels as in kernels.h; each fill runs once, while the table is made.
 */
#ifndef LUTIST_KERNELS_CONVERT_DEPTH_H
#define LUTIST_KERNELS_CONVERT_DEPTH_H

#include <stddef.h>
#include <stdint.h>

/* n samples: floor(v / 257 + 0.5) and v * 257; narrowing undoes widening. Exact.
 * Otherwise as in kernels.h. */
typedef void (*narrow_fn)(uint8_t *dst, const uint16_t *src, size_t n);
typedef void (*widen_fn)(uint16_t *dst, const uint8_t *src, size_t n);

typedef struct ConvertDepthKernels {
    narrow_fn narrow;
    widen_fn widen;
} ConvertDepthKernels;

void convert_depth_fill_c(ConvertDepthKernels *kernels);
void convert_depth_fill_avx2(ConvertDepthKernels *kernels);
void convert_depth_fill_neon(ConvertDepthKernels *kernels);

#endif
