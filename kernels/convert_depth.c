/* The scalar reference of depth conversion. 65,535 is 257 · 255. */
#include "convert_depth.h"

static void lk_narrow_c(uint8_t *dst, const uint16_t *src, size_t n)
{
    for (size_t i = 0; i < n; i++)
        dst[i] = (uint8_t)((src[i] + 128u) / 257u);
}

static void lk_widen_c(uint16_t *dst, const uint8_t *src, size_t n)
{
    for (size_t i = 0; i < n; i++)
        dst[i] = (uint16_t)(src[i] * 257u);
}

void convert_depth_fill_c(ConvertDepthKernels *kernels)
{
    kernels->narrow = lk_narrow_c;
    kernels->widen = lk_widen_c;
}
