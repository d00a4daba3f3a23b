#include "pipe/plan.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "pipe/values.h"

typedef struct Builder {
    const Stage *stages;
    int count;
    int at; /* the next stage */
    Plan *plan;
    Range range[3];
    Tones *tones;
    Pool *pool;
} Builder;

/* A part of the depth's step: how close a curve after the last matrix must come. Before
 * another matrix it must come closer: a root may follow, whose slope has no bound. */
static const double TOLERANCE = 0.05, TOLERANCE_BETWEEN = 1e-5;

static void step_clear(PlanStep *step)
{
    for (int c = 2; c >= 0; c--) {
        bool shared = false;
        for (int k = 0; k < c; k++)
            shared = shared || step->tone[k].pieces == step->tone[c].pieces;
        if (!shared)
            curve_clear(&step->tone[c]);
    }
}

void plan_unref(Plan **plan)
{
    Plan *old = *plan;
    *plan = NULL;
    if (!old || atomic_fetch_sub(&old->refs, 1) > 1)
        return;
    for (int c = 0; c < 3; c++)
        values_unref(&old->tone[c]);
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

/* y = the run's curves for `channel`, one after the other, of y. */
static bool apply_run(const Builder *b, int run, int channel, double *y, size_t n,
                      Err *err)
{
    return tones_apply(b->tones, b->pool, b->stages + b->at, run, channel, y, n, err);
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
    if (!tones_first(b->tones, b->pool, b->stages, run, plan->levels, plan->tone, err))
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

/* Neighbouring matrices as one; false where together they do nothing. */
static bool matrix_run(Builder *b, double matrix[3][4])
{
    identity(matrix);
    for (; b->at < b->count && b->stages[b->at].kind == STAGE_MATRIX; b->at++) {
        double next[3][4];
        memcpy(next, b->stages[b->at].matrix, sizeof next);
        multiply(matrix, next, (const double(*)[4])matrix);
    }
    return !is_identity((const double(*)[4])matrix);
}

static void transform_ranges(Range range[3], double matrix[3][4])
{
    Range out[3];
    for (int r = 0; r < 3; r++) {
        out[r] = (Range){matrix[r][3], matrix[r][3]};
        for (int c = 0; c < 3; c++) {
            double a = matrix[r][c] * range[c].lo, z = matrix[r][c] * range[c].hi;
            out[r].lo += fmin(a, z);
            out[r].hi += fmax(a, z);
        }
    }
    memcpy(range, out, sizeof out);
}

/* A row of tones for one channel, as one function. */
typedef struct Chain {
    const Builder *builder;
    int run, channel;
} Chain;

static bool eval_chain(void *context, const double *x, double *y, size_t n, Err *err)
{
    const Chain *chain = context;
    if (y != x)
        memcpy(y, x, n * sizeof *y);
    return apply_run(chain->builder, chain->run, chain->channel, y, n, err);
}

/* How near to a tone's jump a sample may fall on its other side. Where other tones come
 * before it in a row, what a distance is to them nobody knows. */
static const double NEAR_JUMP = 1e-4;

static bool sample_curve(const Builder *b, int run, int channel, PlanCurve *curve,
                         Err *err)
{
    bool last = b->at + run == b->count;
    double part = last ? TOLERANCE : TOLERANCE_BETWEEN;
    Fineness fineness = {part / (b->plan->levels - 1), last, run == 1 ? NEAR_JUMP : 0};
    Chain chain = {b, run, channel};
    return curve_sample(curve, &(Curve){eval_chain, &chain}, b->range[channel],
                        fineness, err);
}

/* One and the same, or the same expression that has proved true. */
static bool same_curve(const Builder *b, const Curve *one, const Curve *other)
{
    if (one == other || !one || !other || !one->expr || !other->expr)
        return one == other;
    return expr_equal(one->expr, other->expr) && !tones_distrust(b->tones, one) &&
           !tones_distrust(b->tones, other);
}

/* Two channels with the same curves all along. */
static bool same_curves(const Builder *b, int run, int one, int other)
{
    for (int i = 0; i < run; i++) {
        const Curve *const *tone = b->stages[b->at + i].tone;
        if (!same_curve(b, tone[one], tone[other]))
            return false;
    }
    return true;
}

/* The earlier channel that has the same curves over the same range; -1: none. */
static int twin_of(const Builder *b, int run, int channel)
{
    for (int k = 0; k < channel; k++)
        if (same_curves(b, run, k, channel) && b->range[k].lo == b->range[channel].lo &&
            b->range[k].hi == b->range[channel].hi)
            return k;
    return -1;
}

static bool later_tones(Builder *b, PlanStep *step, Err *err)
{
    int run = tone_run(b);
    for (int c = 0; c < 3; c++) {
        int twin = twin_of(b, run, c);
        if (!has_curve(b, run, c))
            continue;
        if (twin >= 0)
            step->tone[c] = step->tone[twin];
        else if (!sample_curve(b, run, c, &step->tone[c], err))
            return false;
    }
    for (int c = 0; c < 3; c++)
        if (step->tone[c].pieces)
            b->range[c] = step->tone[c].out;
    b->at += run;
    return true;
}

/* Matrices, then tones. Where the matrices cancel out the tones are still sampled
 * finely: what they see was made by the tones before. */
static bool step_add(Builder *b, Err *err)
{
    Plan *plan = b->plan;
    PlanStep step = {0};
    bool does_something = matrix_run(b, step.matrix);
    if (!does_something && tone_run(b) == 0)
        return true;
    transform_ranges(b->range, step.matrix);
    memcpy(step.range, b->range, sizeof step.range);
    plan->steps = mem_grow(plan->steps, (size_t)plan->n_steps + 1, sizeof step);
    plan->steps[plan->n_steps] = step;
    return later_tones(b, &plan->steps[plan->n_steps++], err);
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
    if (!good)
        plan_unref(&plan);
    return plan;
}

Plan *plan_new_with(const Stage *stages, int count, int depth, Tones *tones, Pool *pool,
                    Err *err)
{
    Tones *own = tones ? NULL : tones_new();
    Builder b = {.tones = tones ? tones : own, .pool = pool};
    Stage *kept = effective(stages, count, &b.count);
    b.stages = kept;
    tones_begin(b.tones);
    Plan *plan = build(&b, depth, err);
    if (plan)
        tones_end(b.tones);
    tones_free(own);
    mem_free(kept);
    return plan;
}

Plan *plan_new(const Stage *stages, int count, int depth, Err *err)
{
    return plan_new_with(stages, count, depth, NULL, NULL, err);
}

void plan_eval(const Plan *plan, const Kernels *kernels, double *const planes[3],
               size_t n)
{
    for (int s = 0; s < plan->n_steps; s++) {
        const PlanStep *step = &plan->steps[s];
        kernels->plane_matrix(planes, n, step->matrix);
        for (int c = 0; c < 3; c++)
            kernels->plane_curve(planes[c], n, &step->tone[c].table);
    }
}
