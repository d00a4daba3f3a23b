/* Replaces cpu_best (ld --wrap): under emulation AVX-512 is always available. */
#include "cpu.h"

/* NOLINTBEGIN(clang-diagnostic-reserved-identifier): the name is the linker's */
CpuLevel __wrap_cpu_best(void);

CpuLevel __wrap_cpu_best(void)
{
    return CPU_AVX512;
}
/* NOLINTEND(clang-diagnostic-reserved-identifier) */
