#include "kernels.h"

static Kernels tables[CPU_LEVELS];

static void fill_c(Kernels *kernels)
{
    lut1d_fill_c(&kernels->lut1d);
    mixer_fill_c(&kernels->mixer);
    planes_f64_fill_c(&kernels->planes);
    lut3d_fill_c(&kernels->lut3d);
    arith_fill_c(&kernels->arith);
    halve_fill_c(&kernels->halve);
    convert_depth_fill_c(&kernels->convert_depth);
}

#if defined(__x86_64__)
static void fill_avx2(Kernels *kernels)
{
    lut1d_fill_avx2(&kernels->lut1d);
    lut1d_u16_fill_avx2(&kernels->lut1d);
    mixer_fill_avx2(&kernels->mixer);
    planes_f64_fill_avx2(&kernels->planes);
    lut3d_fill_avx2(&kernels->lut3d);
    arith_fill_avx2(&kernels->arith);
    arith_pow_fill_avx2(&kernels->arith);
    halve_fill_avx2(&kernels->halve);
    convert_depth_fill_avx2(&kernels->convert_depth);
}

static void fill_level(Kernels *kernels, CpuLevel level)
{
    if (level >= CPU_AVX2)
        fill_avx2(kernels);
    if (level >= CPU_AVX512)
        lut1d_fill_avx512(&kernels->lut1d);
}
#elif defined(__aarch64__)
static void fill_level(Kernels *kernels, CpuLevel level)
{
    if (level < CPU_NEON)
        return;
    lut1d_fill_neon(&kernels->lut1d);
    planes_f64_fill_neon(&kernels->planes);
    halve_fill_neon(&kernels->halve);
    convert_depth_fill_neon(&kernels->convert_depth);
}
#else
static void fill_level(Kernels *kernels, CpuLevel level)
{
    (void)kernels, (void)level;
}
#endif

/* Runs while the program is loaded, before there are threads. A level's code runs only
 * if the processor has the level, even to fill the table. */
__attribute__((constructor)) static void fill_tables(void)
{
    for (int level = CPU_SCALAR; level <= (int)cpu_best(); level++) {
        fill_c(&tables[level]);
        fill_level(&tables[level], (CpuLevel)level);
    }
}

const Kernels *kernels_at(CpuLevel level)
{
    return &tables[level < cpu_best() ? level : cpu_best()];
}
