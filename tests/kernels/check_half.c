/* Halving and depth conversion against their arithmetic in double precision. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "check.h"

typedef struct Half {
    int channels, depth;
    bool swapped; /* the lower row lies before the upper in memory */
} Half;

static half_fn fn_of(const Kernels *k, const Half *half)
{
    return (half->depth == 8 ? k->half_u8 : k->half_u16)[half->channels];
}

static void call_half(const Kernels *kernels, void *dst, const void *src, size_t n,
                      const void *context)
{
    const Half *half = context;
    const uint8_t *first = src;
    const uint8_t *second =
        first + 2 * n * (size_t)half->channels * (size_t)half->depth / 8;
    fn_of(kernels, half)(dst, half->swapped ? second : first,
                         half->swapped ? first : second, n);
}

static void call_narrow(const Kernels *kernels, void *dst, const void *src, size_t n,
                        const void *context)
{
    (void)context;
    kernels->narrow(dst, src, n);
}

static void call_widen(const Kernels *kernels, void *dst, const void *src, size_t n,
                       const void *context)
{
    (void)context;
    kernels->widen(dst, src, n);
}

void half_cases(visit_fn visit)
{
    for (int i = 0; i < 16; i++) {
        Half half = {1 + i % 4, i & 4 ? 16 : 8, i & 8};
        size_t pixel = (size_t)half.channels * (size_t)half.depth / 8;
        Case one = {.sample = (size_t)half.depth / 8,
                    .in = 4 * pixel,
                    .out = pixel,
                    .call = call_half,
                    .context = &half};
        snprintf(one.name, sizeof one.name, "half u%dx%d%s", half.depth, half.channels,
                 half.swapped ? " swapped" : "");
        visit(&one);
    }
    visit(&(Case){"narrow", 2, 2, 1, call_narrow, NULL, false});
    visit(&(Case){"widen", 2, 1, 2, call_widen, NULL, false});
}

static double sample(const void *row, int depth, int i)
{
    return depth == 8 ? ((const uint8_t *)row)[i] : ((const uint16_t *)row)[i];
}

/* Sample `i` of pixel `x` by the definition. */
static double mean(const Half *half, const void *upper, const void *lower, int x, int c)
{
    int channels = half->channels, at = 2 * x * channels, alpha = channels - 1;
    bool weighted = channels % 2 == 0 && c != alpha;
    double sum = 0, weights = 0;
    for (int k = 0; k < 4; k++) {
        const void *row = k < 2 ? upper : lower;
        int pixel = at + k % 2 * channels;
        double weight = weighted ? sample(row, half->depth, pixel + alpha) : 1;
        sum += weight * sample(row, half->depth, pixel + c);
        weights += weight;
    }
    return weights > 0 ? floor(sum / weights + 0.5) : 0;
}

static void check_means(const Half *half, CpuLevel level)
{
    enum { N = 500 };
    uint16_t upper[2 * N * 4], lower[2 * N * 4], dst[N * 4];
    random_fill(upper, sizeof upper, 3);
    random_fill(lower, sizeof lower, 4);
    memset(upper, 0, 64); /* transparent, too */
    memset(lower, 0, 64);
    Kernels kernels;
    kernels_fill(&kernels, level);
    fn_of(&kernels, half)(dst, upper, lower, N);
    for (int i = 0; i < N * half->channels; i++)
        expect(sample(dst, half->depth, i) ==
                   mean(half, upper, lower, i / half->channels, i % half->channels),
               "half u%dx%d at %s: sample %d is no rounded mean", half->depth,
               half->channels, cpu_name(level), i);
}

static void check_depths(CpuLevel level)
{
    enum { LEVELS = 65536 };
    static uint16_t all[LEVELS], wide[LEVELS];
    static uint8_t narrow[LEVELS];
    Kernels kernels;
    kernels_fill(&kernels, level);
    for (int i = 0; i < LEVELS; i++)
        all[i] = (uint16_t)i;
    kernels.narrow(narrow, all, LEVELS);
    kernels.widen(wide, narrow, LEVELS);
    for (int i = 0; i < LEVELS; i++) {
        expect(narrow[i] == floor(i / 257.0 + 0.5), "narrow at %s: wrong for %d",
               cpu_name(level), i);
        expect(wide[i] == 257 * narrow[i], "widen at %s: wrong for %d", cpu_name(level),
               narrow[i]);
    }
}

void half_check(void)
{
    for (int level = CPU_SCALAR; level <= (int)cpu_best(); level++) {
        for (int i = 0; i < 8; i++)
            check_means(&(Half){1 + i % 4, i & 4 ? 16 : 8, false}, (CpuLevel)level);
        check_depths((CpuLevel)level);
    }
}
