/* The streaming copy, byte by byte. */
#include "check.h"

static void call(const Kernels *kernels, void *dst, const void *src, size_t n,
                 const void *context)
{
    (void)context;
    kernels->copy.stream(dst, src, n);
}

void copy_cases(visit_fn visit)
{
    visit(&(Case){"copy stream", 1, 1, 1, call, NULL, SOURCE_BITS});
}

void copy_check(void)
{
    enum { BYTES = 4096 };
    static uint8_t src[BYTES], dst[BYTES];
    random_fill(src, sizeof src, 91);
    for (int level = CPU_SCALAR; level <= (int)cpu_best(); level++) {
        random_fill(dst, sizeof dst, 92);
        kernels_at((CpuLevel)level)->copy.stream(dst + 3, src + 5, BYTES - 8);
        for (int i = 0; i < BYTES - 8; i++)
            expect(dst[3 + i] == src[5 + i], "copy stream at %s: byte %d differs",
                   cpu_name((CpuLevel)level), i);
    }
}
