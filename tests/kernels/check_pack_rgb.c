/* Bytes of red, green and blue as a screen's numbers. */
#include "check.h"

static void call_rgb(const Kernels *kernels, void *dst, const void *src, size_t n,
                     const void *context)
{
    (void)context;
    kernels->pack.rgb(dst, src, n);
}

void pack_rgb_cases(visit_fn visit)
{
    visit(&(Case){"pack rgb", sizeof(uint32_t), 3, sizeof(uint32_t), call_rgb, NULL,
                  SOURCE_BITS});
}

static void check_places(CpuLevel level)
{
    enum { N = 21 };
    uint8_t src[3 * N];
    uint32_t dst[N];
    for (int i = 0; i < 3 * N; i++)
        src[i] = (uint8_t)(4 * i + 1);
    kernels_at(level)->pack.rgb(dst, src, N);
    for (unsigned i = 0; i < N; i++) {
        unsigned red = 12 * i + 1;
        expect(dst[i] == (0xff000000u | red << 16 | (red + 4) << 8 | (red + 8)),
               "pack rgb at %s: pixel %d is %08x", cpu_name(level), (int)i, dst[i]);
    }
}

void pack_rgb_check(void)
{
    for (int level = CPU_SCALAR; level <= (int)cpu_best(); level++)
        check_places((CpuLevel)level);
}
