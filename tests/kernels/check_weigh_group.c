/* Groups of eight rows. */
#include <math.h>
#include <stdio.h>

#include "check.h"

enum {
    GROUP = WEIGH_GROUP,
    TAPS = 5,
    PITCH = 2,
    MOST_PIXELS = 8192,
    MOST_CHANNELS = 4
};

static const float weights[TAPS] = {-0.0625f, 0.3f, 1.5f, -0.75f, 0.0125f};

/* Row after row in `src`. */
static void call_gather(const Kernels *kernels, void *dst, const void *src, size_t n,
                        const void *context)
{
    const float *rows[GROUP];
    (void)context;
    for (size_t r = 0; r < GROUP; r++)
        rows[r] = (const float *)src + r * n;
    kernels->weigh_group.gather(dst, rows, n);
}

/* Row after row in `dst`, of samples of `context` bytes. */
static void call_scatter(const Kernels *kernels, void *dst, const void *src, size_t n,
                         const void *context)
{
    size_t sample = *(const size_t *)context;
    void *rows[GROUP];
    for (size_t r = 0; r < GROUP; r++)
        rows[r] = (uint8_t *)dst + r * n * sample;
    (sample == 1 ? kernels->weigh_group.scatter_u8
                 : kernels->weigh_group.scatter_u16)(rows, src, n);
}

/* Sources of one byte a sample, a row whose samples the other rows have multiples of,
 * at half their size. */
static void call_columns(const Kernels *kernels, void *dst, const void *src, size_t n,
                         const void *context)
{
    static float samples[MOST_CHANNELS * (PITCH * MOST_PIXELS + TAPS) * GROUP];
    static float own[MOST_PIXELS * TAPS];
    static int first[MOST_PIXELS];
    int channels = *(const int *)context;
    for (size_t i = 0; i < n * (size_t)channels * PITCH; i++)
        for (size_t r = 0; r < GROUP; r++)
            samples[i * GROUP + r] = (float)((r + 1) * ((const uint8_t *)src)[i]);
    for (size_t i = 0; i < n; i++) {
        first[i] = (int)i * PITCH + (int)(i % 2);
        for (size_t k = 0; k < TAPS; k++)
            own[i * TAPS + k] = weights[(k + i) % TAPS];
    }
    kernels->weigh_group.columns(dst, samples, channels, first, own, TAPS, n);
}

static void column_cases(visit_fn visit)
{
    for (int channels = 1; channels <= MOST_CHANNELS; channels++) {
        Case one = {.sample = sizeof(float),
                    .in = (size_t)channels * PITCH,
                    .out = (size_t)channels * GROUP * sizeof(float),
                    .call = call_columns,
                    .context = &channels};
        snprintf(one.name, sizeof one.name, "weigh columns, x%d", channels);
        visit(&one);
    }
}

void weigh_group_cases(visit_fn visit)
{
    Case gather = {.name = "weigh gather",
                   .sample = sizeof(float),
                   .in = GROUP * sizeof(float),
                   .out = GROUP * sizeof(float),
                   .call = call_gather};
    visit(&gather);
    for (size_t sample = 1; sample <= 2; sample++) {
        Case one = {.sample = sizeof(float),
                    .in = GROUP * sizeof(float),
                    .out = GROUP * sample,
                    .call = call_scatter,
                    .context = &sample};
        snprintf(one.name, sizeof one.name, "weigh scatter u%d", (int)sample * 8);
        visit(&one);
    }
    column_cases(visit);
}

static void check_gather(CpuLevel level)
{
    enum { N = 11 };
    float source[GROUP * N], group[GROUP * N];
    for (int i = 0; i < GROUP * N; i++)
        source[i] = (float)i;
    call_gather(kernels_at(level), group, source, N, NULL);
    for (int i = 0; i < GROUP * N; i++)
        expect(group[i] == source[i % GROUP * N + i / GROUP],
               "weigh gather at %s: sample %d is %g", cpu_name(level), i,
               (double)group[i]);
}

static void check_scatter(CpuLevel level)
{
    enum { N = 9 };
    static const float values[] = {-3, 0.49f, 0.5f, 254.4f, 254.5f, 1e20f, NAN};
    static const uint8_t wanted[] = {0, 0, 1, 254, 255, 255, 0};
    enum { VALUES = sizeof wanted };
    float group[GROUP * N];
    uint8_t rows[GROUP * N];
    size_t sample = 1;
    for (int i = 0; i < GROUP * N; i++)
        group[i] = values[i % VALUES];
    call_scatter(kernels_at(level), rows, group, N, &sample);
    for (int i = 0; i < GROUP * N; i++)
        expect(rows[i % GROUP * N + i / GROUP] == wanted[i % VALUES],
               "weigh scatter at %s: sample %d is %d", cpu_name(level), i,
               rows[i % GROUP * N + i / GROUP]);
}

/* Each row as the kernel that takes one row alone has it. */
static void check_columns(CpuLevel level)
{
    enum { N = 3, CHANNELS = 3, SAMPLES = (4 + TAPS) * CHANNELS };
    static const int first[N] = {0, 4, 1};
    float group[SAMPLES * GROUP], sums[N * CHANNELS * GROUP], own[N * TAPS];
    float row[SAMPLES + 1] = {0}, wanted[N * WEIGH_LANES];
    for (int i = 0; i < SAMPLES * GROUP; i++)
        group[i] = (float)(i * i % 251);
    for (int i = 0; i < N * TAPS; i++)
        own[i] = weights[i * 2 % TAPS];
    const Kernels *kernels = kernels_at(level);
    kernels->weigh_group.columns(sums, group, CHANNELS, first, own, TAPS, N);
    for (int r = 0; r < GROUP; r++) {
        for (int i = 0; i < SAMPLES; i++)
            row[i] = group[i * GROUP + r];
        kernels->weigh.pixels(wanted, row, CHANNELS, first, own, TAPS, N);
        for (int i = 0; i < N * CHANNELS; i++)
            expect(sums[i * GROUP + r] ==
                       wanted[i / CHANNELS * WEIGH_LANES + i % CHANNELS],
                   "weigh columns at %s: sample %d of row %d", cpu_name(level), i, r);
    }
}

void weigh_group_check(void)
{
    for (int level = CPU_SCALAR; level <= (int)cpu_best(); level++) {
        check_gather((CpuLevel)level);
        check_scatter((CpuLevel)level);
        check_columns((CpuLevel)level);
    }
}
