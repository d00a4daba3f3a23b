/* Samples of 8 and of 16 bits, all of them, there and back. */
#include <math.h>

#include "check.h"

static void call_narrow(const Kernels *kernels, void *dst, const void *src, size_t n,
                        const void *context)
{
    (void)context;
    kernels->convert_depth.narrow(dst, src, n);
}

static void call_widen(const Kernels *kernels, void *dst, const void *src, size_t n,
                       const void *context)
{
    (void)context;
    kernels->convert_depth.widen(dst, src, n);
}

void convert_depth_cases(visit_fn visit)
{
    visit(&(Case){"narrow", 2, 2, 1, call_narrow, NULL, SOURCE_BITS});
    visit(&(Case){"widen", 2, 1, 2, call_widen, NULL, SOURCE_BITS});
}

static void check_depths(CpuLevel level)
{
    enum { LEVELS = 65536 };
    static uint16_t all[LEVELS], wide[LEVELS];
    static uint8_t narrow[LEVELS];
    const ConvertDepthKernels *kernels = &kernels_at(level)->convert_depth;
    for (int i = 0; i < LEVELS; i++)
        all[i] = (uint16_t)i;
    kernels->narrow(narrow, all, LEVELS);
    kernels->widen(wide, narrow, LEVELS);
    for (int i = 0; i < LEVELS; i++) {
        expect(narrow[i] == floor(i / 257.0 + 0.5), "narrow at %s: wrong for %d",
               cpu_name(level), i);
        expect(wide[i] == 257 * narrow[i], "widen at %s: wrong for %d", cpu_name(level),
               narrow[i]);
    }
}

void convert_depth_check(void)
{
    for (int level = CPU_SCALAR; level <= (int)cpu_best(); level++)
        check_depths((CpuLevel)level);
}
