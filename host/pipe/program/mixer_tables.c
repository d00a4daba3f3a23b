#include "pipe/program/mixer_tables.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"

enum { LEVELS = 256, SUMS = 1 << MIXER_LANE, FEWEST_BITS = 12 };

/* Each sum is of three rounded numbers. */
static const double ROUNDING = 1.5;
/* How far the middle of an entry may be off, in LSBs of 8 bits. Below the first bound
 * the tables stay small; the second is the bound for the largest tables. */
static const double GOOD = 0.3, LARGEST = 0.95;
/* The most entries that may be marked, of all. With more marks the mixer would be
 * slower than the planes. */
static const double FEW = 1.0 / 1024, MOST_MARKED = 1.0 / 32;

/* One channel of the result. */
typedef struct Lane {
    const CurveFit *tone;
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

/* What sample `value` of channel `in` adds to a sum, above the least it can add. */
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

/* The range of values whose sums choose entry `i` of `1 << bits`. */
static Range entry_range(const Lane *lane, int i, int bits)
{
    double width = ldexp(1, MIXER_LANE - bits);
    return (Range){lane->range.lo + (i * width - ROUNDING) / lane->scale,
                   lane->range.lo + ((i + 1) * width - 1 + ROUNDING) / lane->scale};
}

/* Doubts and entries both rise: *next is the first doubt that is not below `range`. */
static bool is_doubtful(const CurveFit *tone, Range range, int *next)
{
    while (*next < tone->n_doubts && tone->doubts[*next].hi < range.lo)
        ++*next;
    return *next < tone->n_doubts && tone->doubts[*next].lo <= range.hi;
}

static double visible(double value)
{
    return fmin(fmax(value, 0.0), 1.0) * (LEVELS - 1);
}

/* The middle of an entry's values; *error is the distance of its ends from it. */
static double middle(const double y[3], double *error)
{
    double a = visible(y[0]), b = visible(y[1]), c = visible(y[2]);
    double lo = fmin(a, fmin(b, c)), hi = fmax(a, fmax(b, c));
    *error = (hi - lo) / 2;
    return (lo + hi) / 2;
}

/* The errors and marks of a lane's entries. */
typedef struct Quality {
    double worst; /* the largest error of any entry without a mark */
    int marked;   /* the most of a lane */
} Quality;

/* Make the entries of one lane, with MIXER_MARK. */
static void fill_entries(const Lane *lane, const Kernels *kernels, uint16_t *out,
                         int bits, Quality *quality)
{
    enum { BLOCK = 64 };
    double y[BLOCK][3];
    int next = 0, marked = 0;
    for (int at = 0; at < 1 << bits; at += BLOCK) {
        for (int i = 0; i < BLOCK; i++) {
            Range range = entry_range(lane, at + i, bits);
            y[i][0] = range.lo;
            y[i][1] = (range.lo + range.hi) / 2;
            y[i][2] = range.hi;
        }
        kernels->planes.curve(y[0], sizeof y / sizeof **y, &lane->tone->table);
        for (int i = 0; i < BLOCK; i++) {
            double error, value = middle(y[i], &error);
            bool mark = is_doubtful(lane->tone, entry_range(lane, at + i, bits), &next);
            out[at + i] = (uint16_t)(mark ? MIXER_MARK : floor(value + 0.5));
            quality->worst = fmax(quality->worst, mark ? 0 : error);
            marked += mark;
        }
    }
    quality->marked = marked > quality->marked ? marked : quality->marked;
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

/* With `bits`: the entries as bytes and, after them, with their marks. */
static size_t size_for(int bits)
{
    return sizeof(MixerTables) + ((size_t)3 << bits) * (1 + sizeof(uint16_t));
}

static void fill_out(MixerTables *tables, const Lane lanes[3], const Kernels *kernels,
                     int bits, Quality *quality)
{
    size_t entries = (size_t)1 << bits;
    uint8_t *bytes = (uint8_t *)(tables + 1);
    uint16_t *words = (uint16_t *)(void *)(bytes + 3 * entries);
    tables->bits = bits;
    for (int lane = 0; lane < 3; lane++, bytes += entries, words += entries) {
        int twin = twin_of(lanes, lane);
        tables->out[lane] = twin < 0 ? bytes : tables->out[twin];
        tables->marked[lane] = twin < 0 ? words : tables->marked[twin];
        if (twin >= 0)
            continue;
        fill_entries(&lanes[lane], kernels, words, bits, quality);
        for (size_t i = 0; i < entries; i++)
            bytes[i] = (uint8_t)words[i];
    }
}

static MixerTables *try_bits(const Lane lanes[3], const Kernels *kernels, int bits,
                             Quality *quality, Err *err)
{
    MixerTables *tables = mem_alloc(size_for(bits), err);
    if (!tables)
        return NULL;
    memset(tables, 0, sizeof *tables);
    *quality = (Quality){0, 0};
    fill_out(tables, lanes, kernels, bits, quality);
    tables->has_marks = quality->marked > 0;
    return tables;
}

static bool is_within(const Quality *quality, int bits, double error, double marked)
{
    return quality->worst <= error && quality->marked <= ldexp(marked, bits);
}

/* With the fewest bits that are exact enough; *out is NULL if no number of bits is. */
static bool best_tables(const Lane lanes[3], const Kernels *kernels, MixerTables **out,
                        Err *err)
{
    for (int bits = FEWEST_BITS; bits <= MIXER_MOST_BITS; bits += 2) {
        Quality quality;
        MixerTables *tables = try_bits(lanes, kernels, bits, &quality, err);
        if (!tables)
            return false;
        bool last = bits == MIXER_MOST_BITS;
        *out = tables;
        if (is_within(&quality, bits, last ? LARGEST : GOOD, last ? MOST_MARKED : FEW))
            return true;
        mem_free(tables);
    }
    *out = NULL;
    return true;
}

bool mixer_tables_new(const Plan *plan, const Kernels *kernels, MixerTables **out,
                      size_t *bytes, Err *err)
{
    *out = NULL;
    if (plan->depth != 8 || plan->n_steps != 1 || plan->steps[0].cube || plan->hopeless)
        return true;
    Lane lanes[3];
    for (int lane = 0; lane < 3; lane++)
        lanes[lane] = lane_of(&plan->steps[0], lane);
    MixerTables *tables = NULL;
    if (!best_tables(lanes, kernels, &tables, err))
        return false;
    if (!tables)
        return true;
    for (int lane = 0; lane < 3; lane++)
        for (int in = 0; in < 3; in++)
            fill_column(plan, tables, in, lane, lanes[lane].scale);
    *bytes = size_for(tables->bits);
    *out = tables;
    return true;
}
