#include "pipe/plan/plan.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "pipe/tone/shared_doubles.h"

typedef struct Builder {
    const Stage *stages;
    int count;
    int at; /* the next stage */
    Plan *plan;
    Range range[3];
    double error[3]; /* how far values in `range` may be off */
    ToneCache *cache;
    Pool *pool;
} Builder;

/* A part of the depth's step: how close a curve after the last matrix must come. Before
 * another matrix it must come closer: a root may follow, whose slope has no bound. */
static const double TOLERANCE = 0.05, TOLERANCE_BETWEEN = 1e-5;
/* Of the same: by how much more an input that is off may move the last curve's value.
 */
static const double SPREAD = 0.25;
/* Before another matrix a curve may make an input's error that many times larger. */
static const double STEEPNESS = 16;
/* Of a function that cannot be recorded, before another matrix: in values. */
static const double TOLERANCE_EXACT = 1e-12;
/* Of a sum's parts: what adding them up in another order may change. */
static const double ROUNDING = 0x1p-50;

static void step_clear(PlanStep *step)
{
    for (int c = 0; c < 3; c++) {
        if (step->twin[c] == c)
            curve_fit_clear(&step->tone[c]);
        exact_tone_clear(&step->exact[c]);
    }
    mem_free(step->matrices);
}

void plan_unref(Plan **plan)
{
    Plan *old = *plan;
    *plan = NULL;
    if (!old || atomic_fetch_sub(&old->refs, 1) > 1)
        return;
    for (int c = 0; c < 3; c++)
        shared_doubles_unref(&old->tone[c]);
    for (int s = 0; s < old->n_steps; s++)
        step_clear(&old->steps[s]);
    mem_free(old->steps);
    mem_free(old);
}

Plan *plan_ref(Plan *plan)
{
    atomic_fetch_add(&plan->refs, 1);
    return plan;
}

/* How many tones stand in a row at `at`. */
static int tone_run(const Builder *b)
{
    int end = b->at;
    while (end < b->count && b->stages[end].kind == STAGE_TONE)
        end++;
    return end - b->at;
}

static bool has_curve(const Builder *b, int run, int channel)
{
    for (int i = 0; i < run; i++)
        if (b->stages[b->at + i].tone[channel])
            return true;
    return false;
}

static Range range_of(const double *values, size_t n)
{
    Range range = {values[0], values[0]};
    for (size_t i = 1; i < n; i++) {
        range.lo = values[i] < range.lo ? values[i] : range.lo;
        range.hi = values[i] > range.hi ? values[i] : range.hi;
    }
    return range;
}

/* The tones before any matrix: sampled at exactly the values that a file can hold. */
static bool first_tones(Builder *b, Err *err)
{
    Plan *plan = b->plan;
    int run = tone_run(b);
    if (!tone_chain_first(b->cache, b->pool, b->stages, run, plan->levels, plan->tone,
                          err))
        return false;
    b->at += run;
    for (int c = 0; c < 3 && b->at < b->count; c++)
        if (plan->tone[c])
            b->range[c] = range_of(plan->tone[c], (size_t)plan->levels);
    return true;
}

static void identity(double matrix[3][4])
{
    for (int r = 0; r < 3; r++)
        for (int c = 0; c < 4; c++)
            matrix[r][c] = r == c;
}

static bool is_identity(const double matrix[3][4])
{
    for (int r = 0; r < 3; r++)
        for (int c = 0; c < 4; c++)
            if (matrix[r][c] != (r == c))
                return false;
    return true;
}

/* out = second after first. */
static void multiply(double out[3][4], double second[3][4], const double first[3][4])
{
    double product[3][4];
    for (int r = 0; r < 3; r++)
        for (int c = 0; c < 4; c++) {
            double sum = c == 3 ? second[r][3] : 0;
            for (int k = 0; k < 3; k++)
                sum += second[r][k] * first[k][c];
            product[r][c] = sum;
        }
    memcpy(out, product, sizeof product);
}

/* Neighbouring matrices as one, and each of them. */
static void matrix_run(Builder *b, PlanStep *step)
{
    identity(step->matrix);
    for (; b->at < b->count && b->stages[b->at].kind == STAGE_MATRIX; b->at++) {
        size_t n = (size_t)step->n_matrices;
        step->matrices = mem_more(step->matrices, n, 1, sizeof *step->matrices);
        double(*next)[4] = step->matrices[step->n_matrices++];
        memcpy(next, b->stages[b->at].matrix, sizeof step->matrix);
        multiply(step->matrix, next, (const double(*)[4])step->matrix);
    }
}

/* What the matrices make of values in a range, and of their errors. */
static void transform_ranges(Builder *b, const PlanStep *step)
{
    Range out[3];
    double error[3];
    for (int r = 0; r < 3; r++) {
        const double *row = step->matrix[r];
        out[r] = (Range){row[3], row[3]};
        error[r] = ROUNDING * fabs(row[3]);
        for (int c = 0; c < 3; c++) {
            double a = row[c] * b->range[c].lo, z = row[c] * b->range[c].hi;
            out[r].lo += fmin(a, z);
            out[r].hi += fmax(a, z);
            error[r] += fabs(row[c]) * b->error[c] + ROUNDING * fmax(fabs(a), fabs(z));
        }
    }
    memcpy(b->range, out, sizeof out);
    memcpy(b->error, error, sizeof error);
}

static ToneSequence run_of(const Builder *b, const PlanStep *step, int channel)
{
    return (ToneSequence){b->cache, b->pool, step->tones, step->n_tones, channel};
}

/* Does no stage follow the step's tones? */
static bool is_last(const Builder *b, const PlanStep *step)
{
    return step->tones + step->n_tones == b->stages + b->count;
}

static Fineness fineness_of(const Builder *b, bool last, double error)
{
    double most = b->plan->levels - 1;
    double tolerance = (last ? TOLERANCE : TOLERANCE_BETWEEN) / most;
    double spread = last ? SPREAD / most : STEEPNESS * error + tolerance;
    return (Fineness){tolerance, error, spread, last};
}

/* The curve, and its expressions if it has any. */
static bool sample_curve(const Builder *b, PlanStep *step, int channel, Err *err)
{
    ToneSequence run = run_of(b, step, channel);
    ExactTone *exact = &step->exact[channel];
    Fineness fineness = fineness_of(b, is_last(b, step), b->error[channel]);
    if (exact_tone_record(exact, &run, b->range[channel])) {
        fineness.jump = exact_tone_jump;
        fineness.context = exact;
    }
    if (!curve_fit_sample(&step->tone[channel], &run, b->range[channel], fineness, err))
        return false;
    /* Whether expressions can be trusted has shown only now. */
    exact_tone_clear(exact);
    exact_tone_record(exact, &run, b->range[channel]);
    return true;
}

/* One and the same, or the same expression that has proved true. */
static bool same_curve(const Builder *b, const Curve *one, const Curve *other)
{
    if (one == other || !one || !other)
        return one == other;
    return tone_cache_trusts(b->cache, one) && tone_cache_trusts(b->cache, other) &&
           expr_equal(one->expr, other->expr);
}

/* Two channels with the same curves all along. */
static bool same_curves(const Builder *b, const PlanStep *step, int one, int other)
{
    for (int i = 0; i < step->n_tones; i++) {
        const Curve *const *tone = step->tones[i].tone;
        if (!same_curve(b, tone[one], tone[other]))
            return false;
    }
    return true;
}

/* The first channel that has the same curves over the same range. */
static int twin_of(const Builder *b, const PlanStep *step, int channel)
{
    int k = 0;
    while (k < channel && !(same_curves(b, step, k, channel) &&
                            b->range[k].lo == b->range[channel].lo &&
                            b->range[k].hi == b->range[channel].hi &&
                            b->error[k] == b->error[channel]))
        k++;
    return k;
}

static bool later_tones(Builder *b, PlanStep *step, Err *err)
{
    step->tones = b->stages + b->at;
    step->n_tones = tone_run(b);
    for (int c = 0; c < 3; c++) {
        int twin = step->twin[c] = twin_of(b, step, c);
        if (!has_curve(b, step->n_tones, c))
            continue;
        if (twin < c)
            step->tone[c] = step->tone[twin];
        else if (!sample_curve(b, step, c, err))
            return false;
        b->plan->doubtful = b->plan->doubtful || step->tone[c].n_doubts;
    }
    for (int c = 0; c < 3; c++)
        if (step->tone[c].pieces) {
            b->range[c] = step->tone[c].out;
            b->error[c] = step->tone[c].error;
        }
    b->at += step->n_tones;
    return true;
}

/* Matrices, then tones. Where the matrices cancel out the tones are still sampled
 * finely: what they see was made by the tones before. */
static bool step_add(Builder *b, Err *err)
{
    Plan *plan = b->plan;
    PlanStep step = {0};
    matrix_run(b, &step);
    if (is_identity((const double(*)[4])step.matrix) && tone_run(b) == 0) {
        mem_free(step.matrices);
        return true;
    }
    transform_ranges(b, &step);
    memcpy(step.range, b->range, sizeof step.range);
    plan->steps = mem_more(plan->steps, (size_t)plan->n_steps, 1, sizeof step);
    plan->steps[plan->n_steps] = step;
    return later_tones(b, &plan->steps[plan->n_steps++], err);
}

/* What could not be recorded, once more, for the samples in doubt. */
static bool sample_exact(Builder *b, PlanStep *step, Err *err)
{
    bool last = is_last(b, step);
    double tolerance = last ? TOLERANCE / (b->plan->levels - 1) : TOLERANCE_EXACT;
    for (int c = 0; c < 3; c++) {
        ExactTone *exact = &step->exact[c];
        if (!step->tone[c].pieces || step->twin[c] != c || exact->exprs)
            continue;
        ToneSequence run = run_of(b, step, c);
        if (!exact_tone_sample(exact, &run, step->range[c], tolerance, last, err))
            return false;
    }
    return true;
}

static bool settle_doubts(Builder *b, Err *err)
{
    Plan *plan = b->plan;
    double most = plan->levels - 1;
    for (int c = 0; c < 3; c++)
        plan->hopeless = plan->hopeless || b->error[c] * most > 2 * SPREAD;
    plan->doubtful = plan->doubtful || plan->hopeless;
    for (int s = 0; plan->doubtful && s < plan->n_steps; s++)
        if (!sample_exact(b, &plan->steps[s], err))
            return false;
    return true;
}

/* A copy without the matrices that do nothing, so that the tones around them join. */
static Stage *effective(const Stage *stages, int count, int *kept)
{
    Stage *copy = mem_new((size_t)count, sizeof *copy);
    *kept = 0;
    for (int i = 0; i < count; i++)
        if (stages[i].kind != STAGE_MATRIX || !is_identity(stages[i].matrix))
            copy[(*kept)++] = stages[i];
    return copy;
}

static Plan *build(Builder *b, int depth, Err *err)
{
    REQUIRE(depth == 8 || depth == 16);
    Plan *plan = b->plan = mem_new(1, sizeof *plan);
    atomic_init(&plan->refs, 1);
    plan->depth = depth;
    plan->levels = 1 << depth;
    for (int c = 0; c < 3; c++)
        b->range[c] = (Range){0, 1};
    bool good = first_tones(b, err);
    while (good && b->at < b->count)
        good = step_add(b, err);
    good = good && settle_doubts(b, err);
    if (!good)
        plan_unref(&plan);
    return plan;
}

Plan *plan_new_with(const Stage *stages, int count, int depth, ToneCache *cache,
                    Pool *pool, Err *err)
{
    ToneCache *own = cache ? NULL : tone_cache_new();
    Builder b = {.cache = cache ? cache : own, .pool = pool};
    Stage *kept = effective(stages, count, &b.count);
    b.stages = kept;
    tone_cache_begin(b.cache);
    Plan *plan = build(&b, depth, err);
    if (plan)
        tone_cache_end(b.cache);
    tone_cache_free(own);
    mem_free(kept);
    return plan;
}

Plan *plan_new(const Stage *stages, int count, int depth, Err *err)
{
    return plan_new_with(stages, count, depth, NULL, NULL, err);
}
