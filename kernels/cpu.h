/* cpu — what this processor can do, as levels that include each other.
 *
 * LUTIST_CPU=scalar|avx2|avx512 asks for a lower level than the best; an unknown or
 * unsupported name leaves the best (ask cpu_by_name to say so).
 * Threads: any; the chosen level is read once and then fixed.
 */
#ifndef LUTIST_KERNELS_CPU_H
#define LUTIST_KERNELS_CPU_H

typedef enum CpuLevel {
    CPU_SCALAR,
    CPU_AVX2,
    CPU_AVX512, /* F, BW and VBMI: Ice Lake, Zen 4 and later */
    CPU_LEVELS
} CpuLevel;

/* The highest level that this processor and this build have. */
CpuLevel cpu_best(void);
/* The level in force. */
CpuLevel cpu_level(void);
const char *cpu_name(CpuLevel level);
/* -1: no such level. */
int cpu_by_name(const char *name);

#endif
