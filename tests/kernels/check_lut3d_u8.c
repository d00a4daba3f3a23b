/* The 3D table in whole numbers: within its bound of double precision, and exact at its
 * points. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

enum { NUMBERS = 4, MOST_SIZE = 256 };

/* The points end where the memory ends, so that a sanitizer sees a read behind them. */
typedef struct Slot {
    Lut3dU8 table;
    uint32_t place[3][LUT3D_U8_SAMPLES];
    int16_t *points;
    size_t channels;
} Slot;

/* Values that use the whole range of the points; half of them is beyond the samples. */
static void fill_points(Slot *slot)
{
    size_t count = NUMBERS * lut3d_u8_points(slot->table.size);
    uint32_t seed = (uint32_t)slot->table.size;
    slot->points = malloc(count * sizeof *slot->points);
    if (!slot->points)
        abort();
    for (size_t i = 0; i < count; i++) {
        double unit = random_unit(&seed);
        slot->points[i] = (int16_t)(i % 97 == 0   ? INT16_MIN
                                    : i % 89 == 0 ? INT16_MAX
                                                  : floor(unit * 65535) - 32768);
    }
    slot->table.points = slot->points;
}

/* Any places: both ends of the axis among them, and points with and without a cell
 * behind them. */
static void fill_places(Slot *slot)
{
    uint32_t seed = 5, last = (uint32_t)(slot->table.size - 1) << 16;
    for (int c = 0; c < 3; c++)
        for (uint32_t s = 0; s < LUT3D_U8_SAMPLES; s++) {
            uint32_t at = (uint32_t)(random_unit(&seed) * last);
            slot->place[c][s] = s % 8 == 0   ? 0
                                : s % 8 == 1 ? last
                                : s % 8 == 2 ? at & ~UINT16_MAX
                                             : at;
        }
}

static void slot_init(Slot *slot, int size, int bits, bool even, size_t channels)
{
    *slot = (Slot){.table = {.size = size, .bits = bits, .even = even},
                   .channels = channels};
    fill_points(slot);
    fill_places(slot);
    for (int c = 0; c < 3; c++) {
        if (even)
            lut3d_u8_even(slot->place[c], size);
        slot->table.place[c] = slot->place[c];
    }
}

static void call(const Kernels *kernels, void *dst, const void *src, size_t n,
                 const void *context)
{
    const Slot *slot = context;
    kernels->lut3d_u8.pixels[slot->channels - 3](dst, src, n, &slot->table);
}

void lut3d_u8_cases(visit_fn visit)
{
    static const struct {
        int size, bits;
        bool even;
    } kinds[] = {{33, 7, true}, {33, 6, false}, {2, 2, true},   {2, 5, false},
                 {7, 4, true},  {64, 3, false}, {201, 7, false}};
    static Slot slot;
    for (size_t channels = 3; channels <= 4; channels++)
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
            slot_init(&slot, kinds[i].size, kinds[i].bits, kinds[i].even, channels);
            Case one = {.sample = 1,
                        .in = channels,
                        .out = channels,
                        .call = call,
                        .context = &slot};
            snprintf(one.name, sizeof one.name, "lut3d_u8 u8x%zu %d%s", channels,
                     kinds[i].size, kinds[i].even ? "" : " places");
            visit(&one);
            free(slot.points);
        }
}

/* The steps of each axis in the order of its fraction, in double precision, where the
 * samples' places put them before they are cut. `slack`: what cutting may be worth. */
static void by_hand(const Slot *slot, const uint8_t *s, double out[3], double slack[3])
{
    const int size = slot->table.size;
    const size_t stride[3] = {NUMBERS, NUMBERS * (size_t)size,
                              NUMBERS * (size_t)size * (size_t)size};
    double part[3];
    size_t at = 0;
    for (int c = 0; c < 3; c++) {
        part[c] = (slot->place[c][s[c]] & UINT16_MAX) / 65536.0;
        at += (slot->place[c][s[c]] >> 16) * stride[c];
    }
    for (int c = 0; c < 3; c++) {
        out[c] = slot->points[at + (size_t)c];
        slack[c] = 0;
    }
    for (int k = 0; k < 3; k++) {
        int axis = 0;
        for (int c = 1; c < 3; c++)
            axis = part[c] > part[axis] ? c : axis;
        for (size_t c = 0; c < 3; c++) {
            double edge = slot->points[at + stride[axis] + c] - slot->points[at + c];
            out[c] += part[axis] * edge;
            slack[c] += 65535.0 / (1 << 14);
        }
        at += stride[axis];
        part[axis] = -1;
        if (fmax(part[0], fmax(part[1], part[2])) <= 0)
            return;
    }
}

static void check_random(int size, int bits, bool even)
{
    static Slot slot;
    uint32_t seed = 3;
    slot_init(&slot, size, bits, even, 3);
    for (int i = 0; i < 4000; i++) {
        uint8_t in[3], got[3];
        double want[3], slack[3];
        for (int c = 0; c < 3; c++)
            in[c] = (uint8_t)(random_unit(&seed) * 255.99);
        call(kernels_at(CPU_SCALAR), got, in, 1, &slot);
        by_hand(&slot, in, want, slack);
        for (int c = 0; c < 3; c++) {
            double lo = floor((want[c] - slack[c]) / (1 << bits));
            double hi = floor((want[c] + slack[c]) / (1 << bits));
            expect(got[c] >= fmin(fmax(lo, 0), 255) && got[c] <= fmin(fmax(hi, 0), 255),
                   "lut3d_u8 %d: %d %d %d gives %d, not %g", size, in[0], in[1], in[2],
                   got[c], want[c] / (1 << bits));
        }
    }
    free(slot.points);
}

/* A sample of each place gives the point's own value. */
static void check_points(void)
{
    static Slot slot;
    slot_init(&slot, MOST_SIZE, 7, false, 3);
    for (int c = 0; c < 3; c++)
        for (uint32_t s = 0; s < LUT3D_U8_SAMPLES; s++)
            slot.place[c][s] = s << 16;
    for (int i = 0; i < LUT3D_U8_SAMPLES; i++) {
        const uint8_t in[3] = {(uint8_t)i, (uint8_t)(i * 7), (uint8_t)~i};
        const int16_t *point =
            slot.points + NUMBERS * (in[0] + MOST_SIZE * (in[1] + MOST_SIZE * in[2]));
        uint8_t got[3];
        call(kernels_at(CPU_SCALAR), got, in, 1, &slot);
        for (int c = 0; c < 3; c++)
            expect(got[c] == fmin(fmax(point[c] >> 7, 0), 255),
                   "lut3d_u8: not exact at point %d", i);
    }
    free(slot.points);
}

/* For every size: from the first point to the last, each at its place. */
static void check_even(void)
{
    uint32_t place[LUT3D_U8_SAMPLES];
    for (int size = LUT3D_LEAST_SIZE; size <= MOST_SIZE; size++) {
        lut3d_u8_even(place, size);
        bool good = true;
        for (int s = 0; s < LUT3D_U8_SAMPLES; s++) {
            double below = s * (size - 1) / 255.0 * 65536 - place[s];
            good = good && below >= 0 && below <= 1;
        }
        expect(good, "lut3d_u8: places of %d points are off", size);
    }
}

/* Every sample of a lattice whose values are its places stays, at every level. */
static void check_identity(int size, CpuLevel level)
{
    static Slot slot;
    slot_init(&slot, size, 7, true, 3);
    for (int b = 0, i = 0; b < size; b++)
        for (int g = 0; g < size; g++)
            for (int r = 0; r < size; r++, i += NUMBERS) {
                const int at[3] = {r, g, b};
                for (int c = 0; c < 3; c++) {
                    double value = at[c] * 255.0 / (size - 1);
                    slot.points[i + c] = (int16_t)floor((value + 0.5) * 128 + 0.5);
                }
            }
    bool good = true;
    for (int i = 0; i < 65536; i += LUT3D_U8_SAMPLES) {
        uint8_t in[3 * LUT3D_U8_SAMPLES], got[3 * LUT3D_U8_SAMPLES];
        for (int r = 0; r < LUT3D_U8_SAMPLES; r++) {
            in[3 * r] = (uint8_t)r;
            in[3 * r + 1] = (uint8_t)(i >> 8);
            in[3 * r + 2] = (uint8_t)(r * 13 + (i >> 8) * 5);
        }
        call(kernels_at(level), got, in, LUT3D_U8_SAMPLES, &slot);
        good = good && memcmp(in, got, sizeof in) == 0;
    }
    expect(good, "lut3d_u8 at %s: the identity of %d points changes samples",
           cpu_name(level), size);
    free(slot.points);
}

void lut3d_u8_check(void)
{
    static const int sizes[] = {2, 3, 17, 33, 65, 128};
    check_even();
    check_points();
    for (int i = 0; i < 6; i++) {
        check_random(sizes[i], 7 - i, i % 2);
        for (int level = CPU_SCALAR; level <= (int)cpu_best(); level++)
            check_identity(sizes[i], (CpuLevel)level);
    }
}
