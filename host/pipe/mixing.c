#include "pipe/mixing.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"

enum { LEVELS = 256, SUMS = 1 << MIXER_LANE, FEWEST_BITS = 12 };

/* Each sum is of three rounded numbers. */
static const double ROUNDING = 1.5;
/* Steps of 8 bits by which the middle of an entry may be off. Below the first the
 * tables stay small; the second is what may be asked of the largest. */
static const double GOOD = 0.3, LARGEST = 0.95;

/* One channel of the result. */
typedef struct Lane {
    const PlanCurve *tone;
    Range range;
    double scale; /* sums a unit */
} Lane;

static Lane lane_of(const PlanStep *step, int channel)
{
    Lane lane = {&step->tone[channel], step->range[channel], 0};
    double width = lane.range.hi - lane.range.lo;
    lane.scale = (SUMS - 4) / (width > 0 ? width : 1);
    return lane;
}

static double tone_at(const Plan *plan, int channel, int value)
{
    const double *tone = plan->tone[channel];
    return tone ? tone[value] : value / (LEVELS - 1.0);
}

/* What sample `value` of channel `in` adds to a sum, from the least it can add. */
static void fill_column(const Plan *plan, MixerTables *tables, int in, int lane,
                        double scale)
{
    double factor = plan->steps[0].matrix[lane][in], parts[LEVELS], least = INFINITY;
    for (int v = 0; v < LEVELS; v++) {
        parts[v] = factor * tone_at(plan, in, v);
        least = fmin(least, parts[v]);
    }
    for (int v = 0; v < LEVELS; v++)
        tables->in[in][v] |= (uint64_t)floor((parts[v] - least) * scale + 0.5)
                             << (MIXER_LANE * lane);
}

/* Values that the sums of entry `i` of `1 << bits` can stand for. */
static Range entry_range(const Lane *lane, int i, int bits)
{
    double width = ldexp(1, MIXER_LANE - bits);
    return (Range){lane->range.lo + (i * width - ROUNDING) / lane->scale,
                   lane->range.lo + ((i + 1) * width - 1 + ROUNDING) / lane->scale};
}

static bool has_jump(const PlanCurve *tone, Range range)
{
    for (int i = 0; i < tone->n_jumps; i++)
        if (tone->jumps[i] >= range.lo && tone->jumps[i] <= range.hi)
            return true;
    return false;
}

static double visible(double value)
{
    return fmin(fmax(value, 0.0), 1.0) * (LEVELS - 1);
}

/* The middle of what an entry can be; *error is how far the ends are from it. Across a
 * jump it is one side, and the other does not count where it is near enough. */
static double middle(const Lane *lane, Range range, const double y[3], double *error)
{
    double a = visible(y[0]), b = visible(y[1]), c = visible(y[2]);
    double lo = fmin(a, fmin(b, c)), hi = fmax(a, fmax(b, c));
    *error = (hi - lo) / 2;
    if (*error <= GOOD || range.hi - range.lo > lane->tone->near_jump ||
        !has_jump(lane->tone, range))
        return (lo + hi) / 2;
    *error = 0;
    return b;
}

/* Entries of one lane; returns the largest error of any. */
static double fill_entries(const Lane *lane, const Kernels *kernels, uint8_t *out,
                           int bits)
{
    enum { BLOCK = 64 };
    double y[BLOCK][3], worst = 0;
    for (int at = 0; at < 1 << bits; at += BLOCK) {
        for (int i = 0; i < BLOCK; i++) {
            Range range = entry_range(lane, at + i, bits);
            y[i][0] = range.lo;
            y[i][1] = (range.lo + range.hi) / 2;
            y[i][2] = range.hi;
        }
        kernels->plane_curve(y[0], sizeof y / sizeof **y, &lane->tone->table);
        for (int i = 0; i < BLOCK; i++) {
            double error,
                value = middle(lane, entry_range(lane, at + i, bits), y[i], &error);
            worst = fmax(worst, error);
            out[at + i] = (uint8_t)floor(value + 0.5);
        }
    }
    return worst;
}

/* The earlier lane whose entries are the same; -1: none. */
static int twin_of(const Lane lanes[3], int lane)
{
    for (int k = 0; k < lane; k++)
        if (lanes[k].tone->pieces == lanes[lane].tone->pieces &&
            lanes[k].range.lo == lanes[lane].range.lo &&
            lanes[k].range.hi == lanes[lane].range.hi)
            return k;
    return -1;
}

static size_t size_for(int bits)
{
    return sizeof(MixerTables) + ((size_t)3 << bits);
}

/* With `bits`; returns the largest error. */
static double fill_out(MixerTables *tables, const Lane lanes[3], const Kernels *kernels,
                       int bits)
{
    uint8_t *data = (uint8_t *)(tables + 1);
    double worst = 0;
    tables->bits = bits;
    for (int lane = 0; lane < 3; lane++) {
        int twin = twin_of(lanes, lane);
        uint8_t *out = data + ((size_t)lane << bits);
        tables->out[lane] = twin < 0 ? out : tables->out[twin];
        if (twin < 0)
            worst = fmax(worst, fill_entries(&lanes[lane], kernels, out, bits));
    }
    return worst;
}

static MixerTables *try_bits(const Lane lanes[3], const Kernels *kernels, int bits,
                             double *worst, Err *err)
{
    MixerTables *tables = mem_alloc(size_for(bits), err);
    if (!tables)
        return NULL;
    memset(tables, 0, sizeof *tables);
    *worst = fill_out(tables, lanes, kernels, bits);
    return tables;
}

bool mixing_tables(const Plan *plan, const Kernels *kernels, MixerTables **out,
                   size_t *bytes, Err *err)
{
    *out = NULL;
    if (plan->depth != 8 || plan->n_steps != 1)
        return true;
    Lane lanes[3];
    for (int lane = 0; lane < 3; lane++)
        lanes[lane] = lane_of(&plan->steps[0], lane);
    MixerTables *tables = NULL;
    double worst = INFINITY;
    for (int bits = FEWEST_BITS; bits <= MIXER_MOST_BITS && worst > GOOD; bits += 2) {
        mem_free(tables);
        tables = try_bits(lanes, kernels, bits, &worst, err);
        if (!tables)
            return false;
    }
    if (worst > LARGEST) {
        mem_free(tables);
        return true;
    }
    for (int lane = 0; lane < 3; lane++)
        for (int in = 0; in < 3; in++)
            fill_column(plan, tables, in, lane, lanes[lane].scale);
    *bytes = size_for(tables->bits);
    *out = tables;
    return true;
}
