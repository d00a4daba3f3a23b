/* pack_rgb — pixels as a screen has them.
 *
 * Threads: kernels as in kernels.h; each fill runs once, while the table is made.
 */
#ifndef LUTIST_KERNELS_PACK_RGB_H
#define LUTIST_KERNELS_PACK_RGB_H

#include <stddef.h>
#include <stdint.h>

/* n pixels of red, green and blue bytes as numbers 0xffRRGGBB. Otherwise as in
 * kernels.h. */
typedef void (*pack_rgb_fn)(uint32_t *dst, const uint8_t *src, size_t n);

typedef struct PackKernels {
    pack_rgb_fn rgb;
} PackKernels;

void pack_rgb_fill_c(PackKernels *kernels);
void pack_rgb_fill_avx2(PackKernels *kernels);

#endif
