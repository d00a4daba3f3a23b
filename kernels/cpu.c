#include "cpu.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#if defined(__aarch64__)
static const char *const names[CPU_LEVELS] = {"scalar", "neon"};
#else
static const char *const names[CPU_LEVELS] = {"scalar", "avx2", "avx512"};
#endif

CpuLevel cpu_best(void)
{
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi"))
        return CPU_AVX512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
        __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2"))
        return CPU_AVX2;
#elif defined(__aarch64__)
    return CPU_NEON;
#endif
    return CPU_SCALAR;
}

static CpuLevel chosen(void)
{
    CpuLevel best = cpu_best();
    const char *asked = getenv("LUTIST_CPU");
    int level = asked ? cpu_by_name(asked) : -1;
    return level >= 0 && level < (int)best ? (CpuLevel)level : best;
}

CpuLevel cpu_level(void)
{
    static atomic_int cached = -1;
    int level = atomic_load_explicit(&cached, memory_order_relaxed);
    if (level < 0) {
        level = (int)chosen();
        atomic_store_explicit(&cached, level, memory_order_relaxed);
    }
    return (CpuLevel)level;
}

const char *cpu_name(CpuLevel level)
{
    return names[level];
}

int cpu_by_name(const char *name)
{
    for (int i = 0; i < CPU_LEVELS; i++)
        if (strcmp(name, names[i]) == 0)
            return i;
    return -1;
}
