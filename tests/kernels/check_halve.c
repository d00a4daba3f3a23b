/* Halving against its arithmetic in double precision. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "check.h"

typedef struct Halving {
    int channels, depth;
    bool swapped; /* the lower row lies before the upper in memory */
} Halving;

static halve_fn fn_of(const Kernels *k, const Halving *halving)
{
    return (halving->depth == 8 ? k->halve.u8 : k->halve.u16)[halving->channels];
}

static void call_halve(const Kernels *kernels, void *dst, const void *src, size_t n,
                       const void *context)
{
    const Halving *halving = context;
    const uint8_t *first = src;
    const uint8_t *second =
        first + 2 * n * (size_t)halving->channels * (size_t)halving->depth / 8;
    fn_of(kernels, halving)(dst, halving->swapped ? second : first,
                            halving->swapped ? first : second, n);
}

void halve_cases(visit_fn visit)
{
    for (int i = 0; i < 16; i++) {
        Halving halving = {1 + i % 4, i & 4 ? 16 : 8, i & 8};
        size_t pixel = (size_t)halving.channels * (size_t)halving.depth / 8;
        Case one = {.sample = (size_t)halving.depth / 8,
                    .in = 4 * pixel,
                    .out = pixel,
                    .call = call_halve,
                    .context = &halving};
        snprintf(one.name, sizeof one.name, "halve u%dx%d%s", halving.depth,
                 halving.channels, halving.swapped ? " swapped" : "");
        visit(&one);
    }
}

static double sample(const void *row, int depth, int i)
{
    return depth == 8 ? ((const uint8_t *)row)[i] : ((const uint16_t *)row)[i];
}

/* Sample `i` of pixel `x` by the definition. */
static double mean(const Halving *halving, const void *upper, const void *lower, int x,
                   int c)
{
    int channels = halving->channels, at = 2 * x * channels, alpha = channels - 1;
    bool weighted = channels % 2 == 0 && c != alpha;
    double sum = 0, weights = 0;
    for (int k = 0; k < 4; k++) {
        const void *row = k < 2 ? upper : lower;
        int pixel = at + k % 2 * channels;
        double weight = weighted ? sample(row, halving->depth, pixel + alpha) : 1;
        sum += weight * sample(row, halving->depth, pixel + c);
        weights += weight;
    }
    return weights > 0 ? floor(sum / weights + 0.5) : 0;
}

static void check_means(const Halving *halving, CpuLevel level)
{
    enum { N = 500 };
    uint16_t upper[2 * N * 4], lower[2 * N * 4], dst[N * 4];
    random_fill(upper, sizeof upper, 3);
    random_fill(lower, sizeof lower, 4);
    memset(upper, 0, 64); /* transparent, too */
    memset(lower, 0, 64);
    fn_of(kernels_at(level), halving)(dst, upper, lower, N);
    for (int i = 0; i < N * halving->channels; i++)
        expect(sample(dst, halving->depth, i) == mean(halving, upper, lower,
                                                      i / halving->channels,
                                                      i % halving->channels),
               "halve u%dx%d at %s: sample %d is no rounded mean", halving->depth,
               halving->channels, cpu_name(level), i);
}

void halve_check(void)
{
    for (int level = CPU_SCALAR; level <= (int)cpu_best(); level++) {
        for (int i = 0; i < 8; i++)
            check_means(&(Halving){1 + i % 4, i & 4 ? 16 : 8, false}, (CpuLevel)level);
    }
}
