/* The mixer: sums stay in their lanes, the right bits choose, alpha is kept. */
#include <stdio.h>
#include <string.h>

#include "check.h"

enum { MOST_ENTRY = ((1 << MIXER_LANE) - 1) / 3, MOST_PIXELS = 8192 };

typedef struct Mix {
    MixerTables tables;
    size_t channels;
} Mix;

static uint8_t out[3][1 << MIXER_MOST_BITS];
static uint16_t marked[3][1 << MIXER_MOST_BITS];

static void call(const Kernels *kernels, void *dst, const void *src, size_t n,
                 const void *context)
{
    const Mix *mix = context;
    kernels->mixer.u8[mix->channels - 3](dst, src, n, &mix->tables);
}

static void call_marked(const Kernels *kernels, void *dst, const void *src, size_t n,
                        const void *context)
{
    static uint32_t found[MOST_PIXELS];
    const Mix *mix = context;
    kernels->mixer.marked_u8[mix->channels - 3](dst, src, n, &mix->tables, found);
}

/* Random columns, and the largest ones at both ends: sums that fill a lane. */
static unsigned entry(int in, int value, int lane)
{
    uint32_t seed = (uint32_t)(in * 4096 + value * 8 + lane + 1);
    if (value == 0 || value == 255)
        return MOST_ENTRY;
    random_unit(&seed);
    random_unit(&seed);
    return (unsigned)(random_unit(&seed) * MOST_ENTRY);
}

static Mix mix_new(size_t channels, int bits)
{
    Mix mix = {.tables = {.lane = MIXER_LANE, .bits = bits}, .channels = channels};
    random_fill(out, sizeof out, 6);
    for (int in = 0; in < 3; in++) {
        mix.tables.out[in] = out[in];
        mix.tables.marked[in] = marked[in];
        for (size_t i = 0; i < sizeof out[in]; i++)
            marked[in][i] = (uint16_t)(out[in][i] | (i % 7 == 3 ? MIXER_MARK : 0));
        for (int value = 0; value < 256; value++)
            for (int lane = 0; lane < 3; lane++)
                mix.tables.in[in][value] |= (uint64_t)entry(in, value, lane)
                                            << (MIXER_LANE * lane);
    }
    return mix;
}

static void call_curve(const Kernels *kernels, void *dst, const void *src, size_t n,
                       const void *context)
{
    const Mix *mix = context;
    kernels->mixer.curve_u8[mix->channels - 3](dst, src, n, &mix->tables);
}

static void call_stream(const Kernels *kernels, void *dst, const void *src, size_t n,
                        const void *context)
{
    const Mix *mix = context;
    kernels->mixer.curve_stream[mix->channels - 3](dst, src, n, &mix->tables);
}

/* Any pieces, so that values wrap. */
static MixerCurve curve_new(int fine, uint16_t zero)
{
    MixerCurve curve = {.zero = zero, .fine = fine};
    random_fill(curve.base, sizeof curve.base, 8);
    random_fill(curve.slope, sizeof curve.slope, 9);
    int first = fine < MIXER_COARSE ? MIXER_PIECES >> (MIXER_COARSE - fine) : 0;
    for (int i = 0; i < first; i++) {
        curve.base[0].low[i] = curve.base[0].high[i] = 0;
        curve.slope[0].low[i] = curve.slope[0].high[i] = 0;
    }
    return curve;
}

/* Sums that fill their lanes, as above. */
static Mix mix_with_curve(size_t channels, const MixerCurve *curve)
{
    enum { LANE = 16, MOST = UINT16_MAX / 3 };
    Mix mix = {.tables = {.lane = LANE, .bits = LANE, .curve = curve},
               .channels = channels};
    uint32_t seed = 3;
    mixer_curve_entries(curve, out[0]);
    for (int in = 0; in < 3; in++) {
        mix.tables.out[in] = out[0];
        for (int value = 0; value < 256; value++)
            for (int lane = 0; lane < 3; lane++) {
                double part = value % 255 ? random_unit(&seed) : 1;
                mix.tables.in[in][value] |= (uint64_t)(part * MOST) << (LANE * lane);
            }
    }
    return mix;
}

static void curve_cases(visit_fn visit, size_t channels)
{
    static const struct {
        int fine;
        uint16_t zero;
    } curves[] = {{MIXER_COARSE, 0}, {9, 0}, {8, 11000}, {11, 65535}};
    for (size_t i = 0; i < sizeof curves / sizeof *curves; i++) {
        MixerCurve curve = curve_new(curves[i].fine, curves[i].zero);
        Mix mix = mix_with_curve(channels, &curve);
        Case one = {.sample = 1,
                    .in = channels,
                    .out = channels,
                    .call = call_curve,
                    .context = &mix};
        snprintf(one.name, sizeof one.name, "mixer curve u8x%zu fine %d", channels,
                 curve.fine);
        visit(&one);
        one.call = call_stream;
        snprintf(one.name, sizeof one.name, "mixer curve stream u8x%zu fine %d",
                 channels, curve.fine);
        visit(&one);
    }
}

static void table_cases(visit_fn visit, size_t channels)
{
    static const int bits[] = {1, 12, 15, MIXER_MOST_BITS};
    for (size_t i = 0; i < sizeof bits / sizeof *bits; i++) {
        Mix mix = mix_new(channels, bits[i]);
        Case one = {.sample = 1,
                    .in = channels,
                    .out = channels,
                    .call = call,
                    .context = &mix};
        snprintf(one.name, sizeof one.name, "mixer u8x%zu %d bits", channels, bits[i]);
        visit(&one);
        one.call = call_marked;
        snprintf(one.name, sizeof one.name, "mixer marked u8x%zu %d bits", channels,
                 bits[i]);
        visit(&one);
    }
}

void mixer_cases(visit_fn visit)
{
    for (size_t channels = 3; channels <= 4; channels++) {
        table_cases(visit, channels);
        curve_cases(visit, channels);
    }
}

/* The definition, lane by lane, without packed words. */
static uint16_t by_lanes(const uint8_t *pixel, int lane, int bits)
{
    unsigned sum = 0;
    for (int in = 0; in < 3; in++)
        sum += entry(in, pixel[in], lane);
    return marked[lane][sum >> (MIXER_LANE - bits)];
}

/* The same results, and exactly the pixels that met a mark. */
static void check_marked(const Mix *mix, const Kernels *kernels, const char *level)
{
    enum { PIXELS = 997 };
    uint8_t src[4 * PIXELS], got[4 * PIXELS], want[4 * PIXELS];
    uint32_t found[PIXELS], at = 0;
    random_fill(src, sizeof src, 17);
    size_t channels = mix->channels;
    size_t count =
        kernels->mixer.marked_u8[channels - 3](got, src, PIXELS, &mix->tables, found);
    kernels->mixer.u8[channels - 3](want, src, PIXELS, &mix->tables);
    expect(memcmp(got, want, channels * PIXELS) == 0,
           "mixer marked u8x%zu at %s: another result", channels, level);
    for (uint32_t i = 0; i < PIXELS; i++) {
        unsigned all = 0;
        for (int lane = 0; lane < 3; lane++)
            all |= by_lanes(src + i * channels, lane, mix->tables.bits);
        if (all < MIXER_MARK)
            continue;
        expect(at < count && found[at] == i, "mixer marked u8x%zu at %s: pixel %u",
               channels, level, i);
        at++;
    }
    expect(at == count, "mixer marked u8x%zu at %s: too many", channels, level);
}

/* Every value of every channel, the others at ends and at random. */
static void check_level(const Mix *mix, const Kernels *kernels, const char *level)
{
    for (int value = 0; value < 256; value++)
        for (int k = 0; k < 16; k++) {
            uint8_t pixel[4] = {(uint8_t)value, (uint8_t)(k & 1 ? 255 : 37 * k),
                                (uint8_t)(k & 2 ? 255 : 0), 77};
            uint8_t turned[4] = {pixel[k % 3], pixel[(k + 1) % 3], pixel[(k + 2) % 3],
                                 77};
            uint8_t got[4] = {0, 0, 0, 77};
            kernels->mixer.u8[mix->channels - 3](got, turned, 1, &mix->tables);
            bool good = got[3] == 77;
            for (int c = 0; c < 3; c++)
                good = good && got[c] == (uint8_t)by_lanes(turned, c, mix->tables.bits);
            expect(good, "mixer u8x%zu at %s: wrong for %d %d %d", mix->channels, level,
                   turned[0], turned[1], turned[2]);
        }
}

/* A line through all pieces, and its clamps: 16 numbers a step, from 100 on. */
static void check_entries(void)
{
    enum { SLOPE = 1 << 14 };
    MixerCurve curve = {.zero = 100, .fine = 8};
    for (int r = 0; r < 2; r++)
        for (int i = r ? 0 : 1; i < MIXER_PIECES; i++) {
            int start = i << (r ? curve.fine : MIXER_COARSE);
            int base = start * 2 - (int16_t)(start << 3) / (65536 / SLOPE);
            curve.base[r].low[i] = (uint8_t)base;
            curve.base[r].high[i] = (uint8_t)(base >> 8);
            curve.slope[r].high[i] = SLOPE >> 8;
        }
    mixer_curve_entries(&curve, out[0]);
    for (int sum = 0; sum < 16384; sum++) {
        int x = sum > 100 ? sum - 100 : 0, want = x / 16 > 255 ? 255 : x / 16;
        expect(out[0][sum] == want, "mixer curve: %d for %d", out[0][sum], sum);
    }
}

void mixer_check(void)
{
    check_entries();
    for (size_t channels = 3; channels <= 4; channels++)
        for (int level = CPU_SCALAR; level <= (int)cpu_best(); level++) {
            Mix mix = mix_new(channels, 13);
            const Kernels *kernels = kernels_at((CpuLevel)level);
            check_level(&mix, kernels, cpu_name((CpuLevel)level));
            check_marked(&mix, kernels, cpu_name((CpuLevel)level));
        }
}
