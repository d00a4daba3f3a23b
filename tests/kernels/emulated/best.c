/* Takes the place of cpu_best (ld --wrap): with emulation there is AVX-512 always. */
#include "cpu.h"

CpuLevel __wrap_cpu_best(void);

CpuLevel __wrap_cpu_best(void)
{
    return CPU_AVX512;
}
