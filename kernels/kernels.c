#include "kernels.h"

#include "lut1d.h"

void kernels_fill(Kernels *kernels, CpuLevel level)
{
    lut1d_fill_c(kernels);
#if defined(__x86_64__)
    if (level >= CPU_AVX2)
        lut1d_fill_avx2(kernels);
    if (level >= CPU_AVX512)
        lut1d_fill_avx512(kernels);
#endif
    (void)level;
}
