/* cpu — the instruction sets of this processor, as levels that include each other.
 *
 * LUTIST_CPU=scalar|avx2|avx512 (on Arm: scalar|neon) asks for a lower level than the
 * best. An unknown or unsupported name has no effect (cpu_by_name tells).
 * Threads: any; the chosen level is read once and then fixed.
 */
#ifndef LUTIST_KERNELS_CPU_H
#define LUTIST_KERNELS_CPU_H

typedef enum CpuLevel {
    CPU_SCALAR,
#if defined(__aarch64__)
    CPU_NEON, /* every 64-bit Arm has it */
#else
    CPU_AVX2,   /* with FMA, BMI and BMI2: Haswell, Zen and later */
    CPU_AVX512, /* F, BW and VBMI: Ice Lake, Zen 4 and later */
#endif
    CPU_LEVELS
} CpuLevel;

/* The highest level that both this processor and this build have. */
CpuLevel cpu_best(void);
/* The level in use. */
CpuLevel cpu_level(void);
const char *cpu_name(CpuLevel level);
/* -1: no such level. */
int cpu_by_name(const char *name);

#endif
