/* The scalar reference of pack_rgb.h. */
#include "pack_rgb.h"

static void lk_pack_rgb_c(uint32_t *dst, const uint8_t *src, size_t n)
{
    for (size_t i = 0; i < n; i++, src += 3)
        dst[i] = 0xff000000u | (uint32_t)src[0] << 16 | (uint32_t)src[1] << 8 | src[2];
}

void pack_rgb_fill_c(PackKernels *kernels)
{
    kernels->rgb = lk_pack_rgb_c;
}
