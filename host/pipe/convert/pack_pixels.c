#include "pipe/convert/pack_pixels.h"

#include "kernels.h"

void pack_rgb(uint32_t *out, const uint8_t *rgb, size_t n)
{
    kernels_at(cpu_level())->pack.rgb(out, rgb, n);
}
