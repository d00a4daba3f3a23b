/* The scalar reference of ycbcr.h. */
#include "ycbcr/ycbcr.h"

#include "ycbcr/ycbcr_pixel.h"

static void lk_ycbcr_u8x3_u8_c(uint8_t *const planes[3], const uint8_t *rgb, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ycbcr_pixel(planes[0] + i, planes[1] + i, planes[2] + i, rgb + 3 * i);
}

void ycbcr_fill_c(YcbcrKernels *kernels)
{
    kernels->from_rgb = lk_ycbcr_u8x3_u8_c;
}
