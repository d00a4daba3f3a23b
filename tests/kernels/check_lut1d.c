/* The lookup tables: every value through every entry, in every layout. */
#include <stdio.h>
#include <stdlib.h>

#include "check.h"

enum { LEVELS8 = 256, LEVELS16 = 65536 };

typedef struct Slot {
    const char *name;
    int depth;
    LutLayout layout;
    bool stream;
    const void *tables[3];
} Slot;

static const size_t channels_in[LUT_LAYOUTS] = {1, 2, 3, 4, 1, 2};
static const size_t channels_out[LUT_LAYOUTS] = {1, 2, 3, 4, 3, 4};
static const char *const layout_names[LUT_LAYOUTS] = {"x1", "x2",    "x3",
                                                      "x4", "x1to3", "x2to4"};
static uint8_t bytes[3][LEVELS8];
static uint16_t words[3][LEVELS16];

static lut1d_fn slot_fn(const Kernels *k, const Slot *slot)
{
    const lut1d_fn *fns = slot->depth == 16 ? k->lut1d.u16 : k->lut1d.u8;
    if (slot->stream)
        fns = slot->depth == 16 ? k->lut1d.u16_stream : k->lut1d.u8_stream;
    return fns[slot->layout];
}

static void call(const Kernels *kernels, void *dst, const void *src, size_t n,
                 const void *context)
{
    const Slot *slot = context;
    slot_fn(kernels, slot)(dst, src, n, slot->tables);
}

static Slot slot_at(int layout, int depth, bool stream)
{
    Slot slot = {layout_names[layout], depth, (LutLayout)layout, stream, {0}};
    for (int c = 0; c < 3; c++)
        slot.tables[c] = depth == 8 ? (const void *)bytes[c] : (const void *)words[c];
    return slot;
}

static void each_slot(void (*fn)(const Slot *slot, const void *context),
                      const void *context)
{
    random_fill(bytes, sizeof bytes, 1);
    random_fill(words, sizeof words, 2);
    for (int layout = 0; layout < LUT_LAYOUTS; layout++)
        for (int kind = 0; kind < 4; kind++) {
            Slot slot = slot_at(layout, kind < 2 ? 8 : 16, kind % 2);
            fn(&slot, context);
        }
}

static void visit_slot(const Slot *slot, const void *context)
{
    size_t sample = (size_t)slot->depth / 8;
    Case one = {
        .sample = sample,
        .in = channels_in[slot->layout] * sample,
        .out = channels_out[slot->layout] * sample,
        .call = call,
        .context = slot,
    };
    snprintf(one.name, sizeof one.name, "lut1d u%d%s%s", slot->depth, slot->name,
             slot->stream ? " stream" : "");
    (*(const visit_fn *)context)(&one);
}

void lut1d_cases(visit_fn visit)
{
    each_slot(visit_slot, &visit);
}

static unsigned sample_at(const void *data, int depth, size_t i)
{
    return depth == 8 ? ((const uint8_t *)data)[i] : ((const uint16_t *)data)[i];
}

/* The first wrong value in `dst`, or -1: pixel v is v in every channel. */
static int first_wrong(const Slot *slot, const void *dst)
{
    size_t out = channels_out[slot->layout];
    bool alpha = out == 2 || out == 4;
    for (size_t i = 0; i < ((size_t)1 << slot->depth) * out; i++) {
        size_t value = i / out, channel = i % out;
        bool kept = alpha && channel == out - 1;
        const void *table = slot->tables[out >= 3 && !kept ? channel : 0];
        unsigned want = kept ? (unsigned)value : sample_at(table, slot->depth, value);
        if (want != sample_at(dst, slot->depth, i))
            return (int)value;
    }
    return -1;
}

static void check_values(const Slot *slot, const void *context)
{
    (void)context;
    size_t levels = (size_t)1 << slot->depth, in = channels_in[slot->layout];
    size_t sample = (size_t)slot->depth / 8;
    uint8_t *src = malloc(levels * in * sample);
    uint8_t *dst = malloc(levels * channels_out[slot->layout] * sample);
    for (size_t i = 0; i < levels * in; i++) {
        if (sample == 1)
            src[i] = (uint8_t)(i / in);
        else
            ((uint16_t *)(void *)src)[i] = (uint16_t)(i / in);
    }
    for (int level = CPU_SCALAR; level <= (int)cpu_best(); level++) {
        slot_fn(kernels_at((CpuLevel)level), slot)(dst, src, levels, slot->tables);
        int wrong = first_wrong(slot, dst);
        expect(wrong < 0, "lut1d u%d%s at %s: wrong result for %d", slot->depth,
               slot->name, cpu_name((CpuLevel)level), wrong);
    }
    free(src);
    free(dst);
}

void lut1d_check(void)
{
    each_slot(check_values, NULL);
}
