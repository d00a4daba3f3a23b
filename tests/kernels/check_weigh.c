/* Weighed rows beside sums in double precision. */
#include <math.h>
#include <stdio.h>

#include "check.h"

enum { TAPS = 9 };

typedef struct Weighing {
    int depth, channels, taps;
} Weighing;

static const float weights[TAPS] = {-0.0625f, 0.3f,   0.125f,  -0.75f, 1.5f,
                                    1.1f,     -0.01f, 0.0625f, 0.2f};

/* The whole ones, by a unit of a sixteenth. */
static const int16_t whole[TAPS] = {-1, INT16_MAX, 2, INT16_MIN, 24, -7, 0, 1, 3};
static const float unit = 0.0625f;

/* The kernel for samples without alpha of 8 bits is that of whole numbers. */
static bool is_whole(const Weighing *weighing)
{
    return weighing->depth == 8 && weighing->channels % 2;
}

static weigh_fn fn_of(const Kernels *kernels, const Weighing *weighing)
{
    return (weighing->depth == 8 ? kernels->weigh.u8
                                 : kernels->weigh.u16)[weighing->channels];
}

/* Row after row in `src`; n pixels. */
static void call_weigh(const Kernels *kernels, void *dst, const void *src, size_t n,
                       const void *context)
{
    const Weighing *weighing = context;
    const void *rows[TAPS];
    n *= (size_t)weighing->channels;
    for (int k = 0; k < weighing->taps; k++)
        rows[k] = (const uint8_t *)src + (size_t)k * n * (size_t)weighing->depth / 8;
    if (is_whole(weighing))
        kernels->weigh.whole_u8(dst, rows, whole, unit, weighing->taps, n);
    else
        fn_of(kernels, weighing)(dst, rows, weights, weighing->taps, n);
}

/* Sources of three channels, one byte a sample, at half their size. */
enum { MOST_PIXELS = 8192, CHANNELS = 3, PITCH = 2 };

static void call_pixels(const Kernels *kernels, void *dst, const void *src, size_t n,
                        const void *context)
{
    static float samples[CHANNELS * (PITCH * MOST_PIXELS + TAPS) + 1];
    static float own[MOST_PIXELS * TAPS];
    static int first[MOST_PIXELS];
    (void)context;
    for (size_t i = 0; i < n * CHANNELS * PITCH; i++)
        samples[i] = (float)((const uint8_t *)src)[i];
    for (size_t i = 0; i < n; i++) {
        first[i] = (int)i * PITCH + (int)(i % 2);
        for (int k = 0; k < TAPS; k++)
            own[i * TAPS + (size_t)k] = weights[((size_t)k + i) % TAPS];
    }
    kernels->weigh.pixels(dst, samples, CHANNELS, first, own, TAPS, n);
}

static void pixel_cases(visit_fn visit)
{
    Case one = {.name = "weigh pixels, 9 taps",
                .sample = sizeof(float),
                .in = CHANNELS * PITCH,
                .out = WEIGH_LANES * sizeof(float),
                .call = call_pixels};
    visit(&one);
}

void weigh_cases(visit_fn visit)
{
    pixel_cases(visit);
    static const int taps[] = {1, 4, TAPS};
    for (int i = 0; i < 24; i++) {
        Weighing weighing = {i < 12 ? 8 : 16, 1 + i % 4, taps[i / 4 % 3]};
        size_t pixel = (size_t)weighing.channels * (size_t)weighing.depth / 8;
        Case one = {.sample = sizeof(float),
                    .in = pixel * (size_t)weighing.taps,
                    .out = (size_t)weighing.channels * sizeof(float),
                    .call = call_weigh,
                    .context = &weighing};
        snprintf(one.name, sizeof one.name, "weigh u%dx%d, %d rows", weighing.depth,
                 weighing.channels, weighing.taps);
        visit(&one);
    }
}

static double sample(const void *rows, const Weighing *weighing, size_t i)
{
    return weighing->depth == 8 ? ((const uint8_t *)rows)[i]
                                : ((const uint16_t *)rows)[i];
}

/* A colour times its alpha, where there is one. */
static double weighed(const void *rows, const Weighing *weighing, size_t i)
{
    size_t channels = (size_t)weighing->channels, alpha = channels - 1;
    bool color = channels % 2 == 0 && i % channels != alpha;
    double by = color ? sample(rows, weighing, i - i % channels + alpha) : 1;
    return by * sample(rows, weighing, i);
}

/* No sum of whole numbers is rounded here: it has fewer bits than single precision. */
static double weight_of(const Weighing *weighing, int k)
{
    return is_whole(weighing) ? whole[k] * (double)unit : weights[k];
}

static void check_sums(int depth, int channels, CpuLevel level)
{
    enum { N = 125, MOST = N * 4 };
    static uint16_t source[TAPS * MOST];
    static float sums[MOST];
    Weighing weighing = {depth, channels, TAPS};
    size_t row = (size_t)channels * N;
    random_fill(source, sizeof source, 5);
    call_weigh(kernels_at(level), sums, source, N, &weighing);
    for (size_t i = 0; i < row; i++) {
        double sum = 0, most = 0;
        for (int k = 0; k < TAPS; k++) {
            double part = weight_of(&weighing, k) *
                          weighed(source, &weighing, (size_t)k * row + i);
            sum += part;
            most += fabs(part);
        }
        double error = is_whole(&weighing) ? 0 : most * (TAPS + 1) * 0x1p-24;
        expect(fabs(sums[i] - sum) <= error,
               "weigh u%dx%d at %s: sum %d is %.9g, not %.9g", depth, channels,
               cpu_name(level), (int)i, (double)sums[i], sum);
    }
}

static void check_pixels(CpuLevel level)
{
    enum { N = 9 };
    static const int first[N] = {0, 0, 2, 5, 5, 7, 30, 1, 31};
    float source[(31 + TAPS) * CHANNELS + 1], sums[N * WEIGH_LANES], own[N * TAPS];
    for (int i = 0; i < (31 + TAPS) * CHANNELS + 1; i++)
        source[i] = (float)(i * i % 251);
    for (int i = 0; i < N * TAPS; i++)
        own[i] = weights[i % 7];
    kernels_at(level)->weigh.pixels(sums, source, CHANNELS, first, own, TAPS, N);
    for (int i = 0; i < N * WEIGH_LANES; i++) {
        double sum = 0;
        int pixel = i / WEIGH_LANES;
        for (int k = 0; k < TAPS; k++)
            sum += (double)own[pixel * TAPS + k] *
                   source[CHANNELS * (first[pixel] + k) + i % WEIGH_LANES];
        expect(fabs(sums[i] - sum) < 1e-3,
               "weigh pixels at %s: sum %d is %.9g, not %.9g", cpu_name(level), i,
               (double)sums[i], sum);
    }
}

static void check_nothing(CpuLevel level)
{
    for (int channels = 1; channels <= 4; channels++) {
        float sums[4] = {1, 2, 3, 4};
        Weighing none = {8, channels, 0};
        call_weigh(kernels_at(level), sums, NULL, 1, &none);
        for (int i = 0; i < channels; i++)
            expect(sums[i] == 0, "no rows are not 0 at %s", cpu_name(level));
    }
}

void weigh_check(void)
{
    for (int level = CPU_SCALAR; level <= (int)cpu_best(); level++) {
        for (int i = 0; i < 8; i++)
            check_sums(i < 4 ? 8 : 16, 1 + i % 4, (CpuLevel)level);
        check_pixels((CpuLevel)level);
        check_nothing((CpuLevel)level);
    }
}
