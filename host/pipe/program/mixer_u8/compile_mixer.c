/* A plan of tone, matrix, tone as the tables of the 8-bit mixer kernel.
 *
 * The kernel's sums represent the matrix's results to 2^-21 of their range; the index
 * into the result tables has fewer bits. Both errors are measured for every entry
 * against the plan's curve. If no number of bits keeps the result within one LSB of 8
 * bits, there is no mixer. An entry that touches a doubt of the curve is marked. */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "pipe/program/kinds.h"
#include "pipe/program/mixer_u8/mixer_curve_fit.h"

enum { FEWEST_BITS = 12 };

/* How far the middle of an entry may be off, in LSBs of 8 bits. Below the first bound
 * the tables stay small; the second is the bound for the largest tables. */
static const double GOOD = 0.3, LARGEST = 0.95;
/* The most entries that may be marked, of all. With more marks the mixer would be
 * slower than the planes. */
static const double FEW = 1.0 / 1024, MOST_MARKED = 1.0 / 32;

/* The range of values whose sums choose entry `i` of `1 << bits`. */
static Range entry_range(const MixerLane *lane, int i, int bits)
{
    double width = ldexp(1, MIXER_LANE - bits);
    return (Range){lane->range.lo + (i * width - MIXER_ROUNDING) / lane->scale,
                   lane->range.lo +
                       ((i + 1) * width - 1 + MIXER_ROUNDING) / lane->scale};
}

/* Doubts and entries both rise: *next is the first doubt that is not below `range`. */
static bool is_doubtful(const CurveFit *tone, Range range, int *next)
{
    while (*next < tone->n_doubts && tone->doubts[*next].hi < range.lo)
        ++*next;
    return *next < tone->n_doubts && tone->doubts[*next].lo <= range.hi;
}

/* The middle of an entry's values; *error is the distance of its ends from it. */
static double middle(const double y[3], double *error)
{
    double a = mixer_visible(y[0]), b = mixer_visible(y[1]), c = mixer_visible(y[2]);
    double lo = fmin(a, fmin(b, c)), hi = fmax(a, fmax(b, c));
    *error = (hi - lo) / 2;
    return (lo + hi) / 2;
}

/* Of values; a twentieth of an LSB. */
static const double SMALL_JUMP = 0.05 / 255;

/* The errors and marks of a lane's entries. */
typedef struct Quality {
    double worst; /* the largest error of any entry without a mark */
    int marked;   /* the most of a lane */
} Quality;

/* Make the entries of one lane, with MIXER_MARK. */
static void fill_entries(const MixerLane *lane, const Kernels *kernels, uint16_t *out,
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
static int twin_of(const MixerLane lanes[3], int lane)
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

static void fill_out(MixerTables *tables, const MixerLane lanes[3],
                     const Kernels *kernels, int bits, Quality *quality)
{
    size_t entries = (size_t)1 << bits;
    uint8_t *bytes = (uint8_t *)(tables + 1);
    uint16_t *words = (uint16_t *)(void *)(bytes + 3 * entries);
    tables->lane = MIXER_LANE;
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

static MixerTables *try_bits(const MixerLane lanes[3], const Kernels *kernels, int bits,
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
static bool best_tables(const MixerLane lanes[3], const Kernels *kernels,
                        MixerTables **out, Err *err)
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

/* Tables with the curve that stands for them, one memory block. */
typedef struct CurveTables {
    MixerTables tables;
    MixerCurve curve;
    uint8_t out[1 << MIXER_CURVE_LANE];
} CurveTables;

/* One range for all lanes. */
static Range range_of(const PlanStep *step)
{
    const Range *r = step->range;
    return (Range){fmin(r[0].lo, fmin(r[1].lo, r[2].lo)),
                   fmax(r[0].hi, fmax(r[1].hi, r[2].hi))};
}

/* May a channel's tone jump so far that it shows? */
static bool has_jumps(const PlanStep *step)
{
    for (int c = 0; c < 3; c++) {
        const CurveFit *tone = &step->tone[c];
        for (int i = 0; i < tone->n_doubts; i++)
            if (!(exact_tone_jump_in(&step->exact[step->twin[c]], tone->doubts[i]) <=
                  SMALL_JUMP))
                return true;
    }
    return false;
}

/* *out is NULL if the last tone is not one of few straight pieces. */
static bool curve_tables(const Program *program, MixerTables **out, Err *err)
{
    const Plan *plan = program->plan;
    const PlanStep *step = &plan->steps[0];
    MixerLane lanes[3];
    bool good = false;
    *out = NULL;
    if (!step->one_tone || has_jumps(step))
        return true;
    for (int c = 0; c < 3; c++)
        lanes[c] = mixer_lane_of(step, c, range_of(step), MIXER_CURVE_LANE);
    CurveTables *made = mem_alloc(sizeof *made, err);
    if (!made)
        return false;
    bool done =
        mixer_curve_fit(&made->curve, lanes, step->range, program->kernels, &good, err);
    if (!good) {
        mem_free(made);
        return done;
    }
    made->tables = (MixerTables){.out = {made->out, made->out, made->out},
                                 .lane = MIXER_CURVE_LANE,
                                 .bits = MIXER_CURVE_LANE,
                                 .curve = &made->curve};
    mixer_curve_entries(&made->curve, made->out);
    mixer_lanes_fill(plan, lanes, MIXER_CURVE_LANE, made->tables.in);
    *out = &made->tables;
    return true;
}

/* *out is NULL if no tables are exact enough. */
static bool wide_tables(const Program *program, MixerTables **out, Err *err)
{
    const Plan *plan = program->plan;
    const PlanStep *step = &plan->steps[0];
    MixerLane lanes[3];
    for (int c = 0; c < 3; c++)
        lanes[c] = mixer_lane_of(step, c, step->range[c], MIXER_LANE);
    if (!best_tables(lanes, program->kernels, out, err))
        return false;
    if (*out)
        mixer_lanes_fill(plan, lanes, MIXER_LANE, (*out)->in);
    return true;
}

bool compile_mixer(Program *program, Err *err)
{
    const Plan *plan = program->plan;
    MixerTables *tables = NULL;
    if (plan->depth != 8 || plan->n_steps != 1 || plan->steps[0].cube || plan->hopeless)
        return true;
    if (!curve_tables(program, &tables, err) ||
        (!tables && !wide_tables(program, &tables, err)))
        return false;
    if (!tables)
        return true;
    program->kind = PROGRAM_MIXER;
    program->mixer = tables;
    program->table_bytes = tables->curve ? sizeof(CurveTables) : size_for(tables->bits);
    return true;
}
