/* Halving against its arithmetic in double precision. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "check.h"

typedef struct Halving {
    int channels, depth;
    bool swapped; /* the lower row lies before the upper in memory */
    bool through; /* tables */
} Halving;

static uint16_t words[3][65536];
static const void *const tables[3] = {words[0], words[1], words[2]};

/* The scalar one, where a level has none. */
static lut_halve_fn lut_fn_of(const Kernels *k, const Halving *halving)
{
    int channels = halving->channels, depth = halving->depth;
    const HalveKernels *halve = &k->halve, *scalar = &kernels_at(CPU_SCALAR)->halve;
    lut_halve_fn fn = (depth == 8 ? halve->lut_u8 : halve->lut_u16)[channels];
    return fn ? fn : (depth == 8 ? scalar->lut_u8 : scalar->lut_u16)[channels];
}

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
    const void *upper = halving->swapped ? second : first;
    const void *lower = halving->swapped ? first : second;
    if (halving->through)
        lut_fn_of(kernels, halving)(dst, upper, lower, n, tables);
    else
        fn_of(kernels, halving)(dst, upper, lower, n);
}

static void visit_halving(visit_fn visit, const Halving *halving)
{
    size_t pixel = (size_t)halving->channels * (size_t)halving->depth / 8;
    Case one = {.sample = (size_t)halving->depth / 8,
                .in = 4 * pixel,
                .out = pixel,
                .call = call_halve,
                .context = halving};
    snprintf(one.name, sizeof one.name, "%shalve u%dx%d%s",
             halving->through ? "lut " : "", halving->depth, halving->channels,
             halving->swapped ? " swapped" : "");
    visit(&one);
}

void halve_cases(visit_fn visit)
{
    random_fill(words, sizeof words, 5);
    for (int i = 0; i < 16; i++)
        visit_halving(visit, &(Halving){1 + i % 4, i & 4 ? 16 : 8, i & 8, false});
    for (int i = 0; i < 2; i++) {
        visit_halving(visit, &(Halving){3, 8, i, true});
        visit_halving(visit, &(Halving){1, 16, i, true});
        visit_halving(visit, &(Halving){3, 16, i, true});
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

static unsigned entry(int depth, int channel, unsigned sample)
{
    return depth == 8 ? ((const uint8_t *)words)[sample] : words[channel][sample];
}

static void map_row(const Halving *halving, void *out, const void *row, int n)
{
    for (int i = 0; i < n * halving->channels; i++)
        if (halving->depth == 8)
            ((uint8_t *)out)[i] = (uint8_t)entry(8, 0, ((const uint8_t *)row)[i]);
        else
            ((uint16_t *)out)[i] =
                (uint16_t)entry(16, i % halving->channels, ((const uint16_t *)row)[i]);
}

/* The mean of rows that went through the tables before. */
static void check_through(const Halving *halving, CpuLevel level)
{
    enum { N = 500 };
    uint16_t rows[2][2 * N * 3], mapped[2][2 * N * 3], dst[N * 3], wanted[N * 3];
    const Kernels *kernels = kernels_at(level);
    random_fill(rows, sizeof rows, 6);
    random_fill(words, sizeof words, 7);
    for (int r = 0; r < 2; r++)
        map_row(halving, mapped[r], rows[r], 2 * N);
    lut_fn_of(kernels, halving)(dst, rows[0], rows[1], N, tables);
    fn_of(kernels, halving)(wanted, mapped[0], mapped[1], N);
    size_t bytes = (size_t)(N * halving->channels * halving->depth / 8);
    expect(memcmp(dst, wanted, bytes) == 0, "lut halve u%dx%d at %s", halving->depth,
           halving->channels, cpu_name(level));
}

void halve_check(void)
{
    for (int i = CPU_SCALAR; i <= (int)cpu_best(); i++) {
        CpuLevel level = (CpuLevel)i;
        for (int k = 0; k < 8; k++)
            check_means(&(Halving){.channels = 1 + k % 4, .depth = k & 4 ? 16 : 8},
                        level);
        check_through(&(Halving){.channels = 3, .depth = 8}, level);
        check_through(&(Halving){.channels = 1, .depth = 16}, level);
        check_through(&(Halving){.channels = 3, .depth = 16}, level);
    }
}
