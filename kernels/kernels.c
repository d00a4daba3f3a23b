#include "kernels.h"

#include "half.h"
#include "lut1d.h"

#if defined(__x86_64__)
static void fill_avx2(Kernels *kernels)
{
    lut1d_fill_avx2(kernels);
    lut1d_u16_fill_avx2(kernels);
    mixer_fill_avx2(kernels);
    plane_fill_avx2(kernels);
    power_fill_avx2(kernels);
    half_fill_avx2(kernels);
    depth_fill_avx2(kernels);
}
#elif defined(__aarch64__)
static void fill_neon(Kernels *kernels)
{
    lut1d_fill_neon(kernels);
    plane_fill_neon(kernels);
    half_fill_neon(kernels);
    depth_fill_neon(kernels);
}
#endif

void kernels_fill(Kernels *kernels, CpuLevel level)
{
    lut1d_fill_c(kernels);
    mixer_fill_c(kernels);
    plane_fill_c(kernels);
    power_fill_c(kernels);
    half_fill_c(kernels);
    depth_fill_c(kernels);
#if defined(__x86_64__)
    if (level >= CPU_AVX2)
        fill_avx2(kernels);
    if (level >= CPU_AVX512)
        lut1d_fill_avx512(kernels);
#elif defined(__aarch64__)
    if (level >= CPU_NEON)
        fill_neon(kernels);
#endif
    (void)level;
}
