#include "kernels.h"

static Kernels tables[CPU_LEVELS];

static void fill_c(Kernels *kernels)
{
    lut1d_fill_c(&kernels->lut1d);
    mixer_fill_c(&kernels->mixer);
    planes_f64_fill_c(&kernels->planes);
    lut3d_fill_c(&kernels->lut3d);
    lut3d_f32_fill_c(&kernels->lut3d_f32);
    lut3d_u8_fill_c(&kernels->lut3d_u8);
    arith_fill_c(&kernels->arith);
    halve_fill_c(&kernels->halve);
    lut_halve_fill_c(&kernels->halve);
    convert_depth_fill_c(&kernels->convert_depth);
    copy_fill_c(&kernels->copy);
    pack_rgb_fill_c(&kernels->pack);
    matrix_u8_fill_c(&kernels->matrix_u8);
    weigh_fill_c(&kernels->weigh);
    weigh_group_fill_c(&kernels->weigh_group);
    ycbcr_fill_c(&kernels->ycbcr);
}

#if defined(__x86_64__)
static void fill_avx2(Kernels *kernels)
{
    lut1d_fill_avx2(&kernels->lut1d);
    lut1d_u16_fill_avx2(&kernels->lut1d);
    mixer_fill_avx2(&kernels->mixer);
    mixer_curve_fill_avx2(&kernels->mixer);
    planes_f64_fill_avx2(&kernels->planes);
    lut3d_fill_avx2(&kernels->lut3d);
    lut3d_f32_fill_avx2(&kernels->lut3d_f32);
    lut3d_u8_fill_avx2(&kernels->lut3d_u8);
    arith_fill_avx2(&kernels->arith);
    arith_pow_fill_avx2(&kernels->arith);
    halve_fill_avx2(&kernels->halve);
    convert_depth_fill_avx2(&kernels->convert_depth);
    copy_fill_avx2(&kernels->copy);
    pack_rgb_fill_avx2(&kernels->pack);
    matrix_u8_fill_avx2(&kernels->matrix_u8);
    weigh_fill_avx2(&kernels->weigh);
    weigh_group_fill_avx2(&kernels->weigh_group);
    ycbcr_fill_avx2(&kernels->ycbcr);
}

static void fill_avx512(Kernels *kernels)
{
    lut1d_fill_avx512(&kernels->lut1d);
    matrix_u8_fill_avx512(&kernels->matrix_u8);
    mixer_curve_fill_avx512(&kernels->mixer);
    halve_fill_avx512(&kernels->halve);
    ycbcr_fill_avx512(&kernels->ycbcr);
}

static void fill_level(Kernels *kernels, CpuLevel level)
{
    if (level >= CPU_AVX2)
        fill_avx2(kernels);
    if (level >= CPU_AVX512)
        fill_avx512(kernels);
}
#elif defined(__aarch64__)
static void fill_level(Kernels *kernels, CpuLevel level)
{
    if (level < CPU_NEON)
        return;
    lut1d_fill_neon(&kernels->lut1d);
    lut3d_f32_fill_neon(&kernels->lut3d_f32);
    planes_f64_fill_neon(&kernels->planes);
    halve_fill_neon(&kernels->halve);
    convert_depth_fill_neon(&kernels->convert_depth);
    matrix_u8_fill_neon(&kernels->matrix_u8);
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
