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
        kernels->halve.lut_u16[halving->channels](dst, upper, lower, n, tables);
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
    for (int i = 0; i < 4; i++)
        visit_halving(visit, &(Halving){i & 1 ? 3 : 1, 16, i & 2, true});
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

/* The same as the mean of rows that went through the tables before. */
static void check_through(int channels, CpuLevel level)
{
    enum { N = 500 };
    uint16_t rows[2][2 * N * 3], mapped[2][2 * N * 3], dst[N * 3], wanted[N * 3];
    const HalveKernels *halve = &kernels_at(level)->halve;
    random_fill(rows, sizeof rows, 6);
    random_fill(words, sizeof words, 7);
    for (int r = 0; r < 2; r++)
        for (int i = 0; i < 2 * N * channels; i++)
            mapped[r][i] = words[i % channels][rows[r][i]];
    halve->lut_u16[channels](dst, rows[0], rows[1], N, tables);
    kernels_at(CPU_SCALAR)->halve.u16[channels](wanted, mapped[0], mapped[1], N);
    expect(memcmp(dst, wanted, sizeof *dst * N * (size_t)channels) == 0,
           "lut halve u16x%d at %s", channels, cpu_name(level));
}

void halve_check(void)
{
    for (int level = CPU_SCALAR; level <= (int)cpu_best(); level++) {
        for (int i = 0; i < 8; i++)
            check_means(&(Halving){.channels = 1 + i % 4, .depth = i & 4 ? 16 : 8},
                        (CpuLevel)level);
        check_through(1, (CpuLevel)level);
        check_through(3, (CpuLevel)level);
    }
}
