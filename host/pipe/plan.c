#include "pipe/plan.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "pipe/values.h"

/* Values a channel can have at some point of the chain. */
typedef struct Range {
    double lo, hi;
} Range;

typedef struct Builder {
    const Stage *stages;
    int count;
    int at; /* the next stage */
    Plan *plan;
    Range range[3];
    Tones *tones;
    Pool *pool;
} Builder;

/* A tone after a matrix is sampled ever finer until the middle between two samples is
 * within this part of the depth's step of the straight line, or FINEST is reached. */
static const double TOLERANCE = 0.05;
enum { COARSEST = 1025, FINEST = 65537 };

void plan_unref(Plan **plan)
{
    Plan *old = *plan;
    *plan = NULL;
    if (!old || atomic_fetch_sub(&old->refs, 1) > 1)
        return;
    for (int c = 0; c < 3; c++)
        values_unref(&old->tone[c]);
    for (int s = 0; s < old->n_steps; s++)
        for (int c = 0; c < 3; c++)
            mem_free(old->steps[s].tone[c].values);
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
    double nothing[3][4];
    identity(nothing);
    return memcmp(matrix, nothing, sizeof nothing) != 0;
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

static double *sample(const Builder *b, int run, int channel, int n, Err *err)
{
    Range range = b->range[channel];
    double *y = mem_alloc((size_t)n * sizeof *y, err);
    if (!y)
        return NULL;
    for (int i = 0; i < n; i++)
        y[i] = range.lo + (range.hi - range.lo) * i / (n - 1);
    if (apply_run(b, run, channel, y, (size_t)n, err))
        return y;
    mem_free(y);
    return NULL;
}

static double visible(double value, bool last)
{
    return last ? fmin(fmax(value, 0.0), 1.0) : value;
}

/* Are the odd samples where the straight line between the even ones says? */
static bool is_fine(const double *y, int n, bool last, double tolerance)
{
    for (int i = 1; i < n; i += 2) {
        double middle = (visible(y[i - 1], last) + visible(y[i + 1], last)) / 2;
        if (fabs(visible(y[i], last) - middle) > tolerance)
            return false;
    }
    return true;
}

static bool sample_curve(const Builder *b, int run, int channel, PlanCurve *curve,
                         Err *err)
{
    bool last = b->at + run == b->count;
    double tolerance = TOLERANCE / (b->plan->levels - 1);
    Range range = b->range[channel];
    if (range.hi <= range.lo)
        range.hi = range.lo + 1;
    *curve = (PlanCurve){.lo = range.lo, .hi = range.hi};
    for (int n = COARSEST; n <= FINEST; n = 2 * n - 1) {
        double *y = sample(b, run, channel, n, err);
        if (!y)
            return false;
        mem_free(curve->values);
        curve->values = y;
        curve->n = n;
        if (is_fine(y, n, last, tolerance))
            break;
    }
    return true;
}

static bool later_tones(Builder *b, PlanStep *step, Err *err)
{
    int run = tone_run(b);
    for (int c = 0; c < 3; c++) {
        if (!has_curve(b, run, c))
            continue;
        if (!sample_curve(b, run, c, &step->tone[c], err))
            return false;
        b->range[c] = range_of(step->tone[c].values, (size_t)step->tone[c].n);
    }
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
    plan->steps = mem_grow(plan->steps, (size_t)plan->n_steps + 1, sizeof step);
    plan->steps[plan->n_steps] = step;
    return later_tones(b, &plan->steps[plan->n_steps++], err);
}

static bool is_neutral(const Stage *stage)
{
    double nothing[3][4];
    identity(nothing);
    return stage->kind == STAGE_MATRIX &&
           memcmp(stage->matrix, nothing, sizeof nothing) == 0;
}

/* A copy without the matrices that do nothing, so that the tones around them join. */
static Stage *effective(const Stage *stages, int count, int *kept)
{
    Stage *copy = mem_new((size_t)count, sizeof *copy);
    *kept = 0;
    for (int i = 0; i < count; i++)
        if (!is_neutral(&stages[i]))
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

static double curve_eval(const PlanCurve *curve, double x)
{
    if (curve->n == 0)
        return x;
    double unit = (x - curve->lo) / (curve->hi - curve->lo);
    return stage_lookup(curve->values, (size_t)curve->n, unit);
}

static void step_eval(const PlanStep *step, double v[3])
{
    double out[3];
    for (int r = 0; r < 3; r++) {
        const double *m = step->matrix[r];
        double sum = m[0] * v[0] + m[1] * v[1] + m[2] * v[2] + m[3];
        out[r] = curve_eval(&step->tone[r], sum);
    }
    memcpy(v, out, sizeof out);
}

void plan_eval(const Plan *plan, const uint16_t in[3], double out[3])
{
    for (int c = 0; c < 3; c++)
        out[c] = plan->tone[c] ? plan->tone[c][in[c]] : in[c] / (plan->levels - 1.0);
    for (int s = 0; s < plan->n_steps; s++)
        step_eval(&plan->steps[s], out);
}
