/* check — every kernel at every CPU level against the scalar reference.
 *
 *   check_kernels           all checks; exit 1 if one fails
 *   check_kernels --bench   nanoseconds a pixel of each kernel at each level
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kernels.h"

enum { WIDTHS = 131, OFFSETS = 64, GUARD = 64, LEVELS8 = 256, LEVELS16 = 65536 };

typedef struct Slot {
    const char *name;
    int depth;
    LutLayout layout;
    bool stream;
} Slot;

static const int channels_in[LUT_LAYOUTS] = {1, 2, 3, 4, 1, 2};
static const int channels_out[LUT_LAYOUTS] = {1, 2, 3, 4, 3, 4};
static const char *const layout_names[LUT_LAYOUTS] = {"x1", "x2",    "x3",
                                                      "x4", "x1to3", "x2to4"};

static int failures, checks;

static uint32_t random_next(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static void random_fill(void *data, size_t size, uint32_t seed)
{
    uint8_t *bytes = data;
    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)(random_next(&seed) >> 11);
}

static lut1d_fn slot_fn(const Kernels *kernels, const Slot *slot)
{
    if (slot->depth == 16)
        return kernels->lut1d_u16[slot->layout];
    return (slot->stream ? kernels->lut1d_u8_stream : kernels->lut1d_u8)[slot->layout];
}

static void expect(bool good, const Slot *slot, CpuLevel level, const char *what,
                   int at)
{
    checks++;
    if (good)
        return;
    failures++;
    fprintf(stderr, "FAIL lut1d u%d%s%s at %s: %s (%d)\n", slot->depth, slot->name,
            slot->stream ? " stream" : "", cpu_name(level), what, at);
}

/* One run of the reference and of the kernel over the same bytes, with guards. */
static void compare(const Slot *slot, CpuLevel level, lut1d_fn reference, lut1d_fn fn,
                    const void *const tables[3], const uint8_t *src, int n, int offset)
{
    static uint8_t want[8192], got[8192];
    size_t sample = (size_t)slot->depth / 8;
    size_t size = (size_t)n * (size_t)channels_out[slot->layout] * sample;
    memset(want, 0xA5, sizeof want);
    memset(got, 0xA5, sizeof got);
    reference(want + GUARD + offset, src, (size_t)n, tables);
    fn(got + GUARD + offset, src, (size_t)n, tables);
    expect(memcmp(want, got, GUARD + (size_t)offset + size + GUARD) == 0, slot, level,
           "bytes or guards differ at width", n);
}

static void check_widths(const Slot *slot, CpuLevel level, lut1d_fn reference,
                         lut1d_fn fn, const void *const tables[3])
{
    static uint8_t source[8192];
    random_fill(source, sizeof source, 77);
    int sample = slot->depth / 8;
    for (int n = 0; n < WIDTHS; n++)
        for (int offset = 0; offset < OFFSETS; offset += sample)
            compare(slot, level, reference, fn, tables,
                    source + (n * 7 + offset * 3) % 512 / sample * sample, n, offset);
}

/* Every sample value meets every table entry: a ramp through a random table. */
static void check_values(const Slot *slot, CpuLevel level, lut1d_fn fn,
                         const void *const tables[3])
{
    int levels = 1 << slot->depth, sample = slot->depth / 8;
    size_t in = (size_t)channels_in[slot->layout];
    size_t out = (size_t)channels_out[slot->layout];
    uint8_t *src = malloc((size_t)levels * in * (size_t)sample);
    uint8_t *dst = malloc((size_t)levels * out * (size_t)sample);
    for (size_t i = 0; i < (size_t)levels * in; i++) {
        if (sample == 1)
            src[i] = (uint8_t)(i / in);
        else
            ((uint16_t *)(void *)src)[i] = (uint16_t)(i / in);
    }
    fn(dst, src, (size_t)levels, tables);
    bool alpha = out == 2 || out == 4;
    int wrong = -1;
    for (size_t i = 0; i < (size_t)levels * out && wrong < 0; i++) {
        size_t value = i / out, channel = i % out;
        bool kept = alpha && channel == out - 1;
        const void *table = tables[out >= 3 && !kept ? channel : 0];
        unsigned want = kept          ? (unsigned)value
                        : sample == 1 ? ((const uint8_t *)table)[value]
                                      : ((const uint16_t *)table)[value];
        unsigned got = sample == 1 ? dst[i] : ((uint16_t *)(void *)dst)[i];
        if (want != got)
            wrong = (int)value;
    }
    expect(wrong < 0, slot, level, "wrong result for value", wrong);
    free(src);
    free(dst);
}

static void check_slot(const Slot *slot, const void *const tables[3])
{
    Kernels reference;
    kernels_fill(&reference, CPU_SCALAR);
    for (int level = CPU_SCALAR; level <= (int)cpu_best(); level++) {
        Kernels kernels;
        kernels_fill(&kernels, (CpuLevel)level);
        lut1d_fn fn = slot_fn(&kernels, slot);
        check_values(slot, (CpuLevel)level, fn, tables);
        check_widths(slot, (CpuLevel)level, slot_fn(&reference, slot), fn, tables);
    }
}

static double clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

/* The best of seven passes over 64 KiB of pixels, which stay in the caches. */
static void bench_slot(const Slot *slot, const void *const tables[3])
{
    enum { PIXELS = 16384, PASSES = 7, ROUNDS = 40 };
    static uint8_t src[PIXELS * 8 + 64], dst[PIXELS * 8 + 64];
    random_fill(src, sizeof src, 5);
    printf("lut1d u%d%-6s%s", slot->depth, slot->name,
           slot->stream ? " stream" : "       ");
    for (int level = CPU_SCALAR; level <= (int)cpu_best(); level++) {
        Kernels kernels;
        kernels_fill(&kernels, (CpuLevel)level);
        double best = 1e30;
        for (int pass = 0; pass < PASSES; pass++) {
            double begin = clock_ns();
            for (int round = 0; round < ROUNDS; round++)
                slot_fn(&kernels, slot)(dst, src, PIXELS, tables);
            double ns = (clock_ns() - begin) / ROUNDS / PIXELS;
            best = ns < best ? ns : best;
        }
        printf("  %s %.3f ns", cpu_name((CpuLevel)level), best);
    }
    printf("\n");
}

int main(int argc, char **argv)
{
    bool bench = argc > 1 && strcmp(argv[1], "--bench") == 0;
    static uint8_t bytes[3][LEVELS8];
    static uint16_t words[3][LEVELS16];
    random_fill(bytes, sizeof bytes, 1);
    random_fill(words, sizeof words, 2);
    const void *const tables8[3] = {bytes[0], bytes[1], bytes[2]};
    const void *const tables16[3] = {words[0], words[1], words[2]};
    for (int layout = 0; layout < LUT_LAYOUTS; layout++)
        for (int kind = 0; kind < 3; kind++) {
            Slot slot = {layout_names[layout], kind == 2 ? 16 : 8, (LutLayout)layout,
                         kind == 1};
            (bench ? bench_slot : check_slot)(&slot, kind == 2 ? tables16 : tables8);
        }
    if (!bench)
        printf("%d checks, %d failed; levels up to %s\n", checks, failures,
               cpu_name(cpu_best()));
    return failures ? 1 : 0;
}
