#include "pipe/plan/step_tones.h"

#include <math.h>

#include "pipe/plan/step_matrices.h"

/* How close the parabolas of the last curve must come, and of a curve before another
 * matrix: a part of an LSB. A root may follow that matrix, and its slope has no bound.
 */
static const double TOLERANCE = 0.05, TOLERANCE_BETWEEN = 1e-5;
/* How far an error of its input may move the last curve's value: a part of an LSB. */
static const double SPREAD = 0.25;
/* Before another matrix a curve may make an input's error that many times larger. */
static const double STEEPNESS = 16;
/* How close a tone without a recording is sampled for the samples in doubt, before
 * another matrix: in values, and above 1 as a part of the value. */
static const double TOLERANCE_EXACT = 1e-12;

int step_tones_count(const PlanBuilder *b)
{
    int end = b->at;
    while (end < b->count && b->stages[end].kind == STAGE_TONE)
        end++;
    return end - b->at;
}

static ToneSequence tones_of(const PlanBuilder *b, const PlanStep *step, int channel)
{
    return (ToneSequence){b->cache, b->pool, step->tones, step->n_tones, channel};
}

static bool has_curve(const PlanStep *step, int channel)
{
    for (int i = 0; i < step->n_tones; i++)
        if (step->tones[i].tone[channel])
            return true;
    return false;
}

/* Does no stage follow the step's tones? */
static bool is_last(const PlanBuilder *b, const PlanStep *step)
{
    return step->tones + step->n_tones == b->stages + b->count;
}

static Fineness fineness_of(const PlanBuilder *b, bool last, double error)
{
    double most = b->plan->levels - 1;
    double tolerance = (last ? TOLERANCE : TOLERANCE_BETWEEN) / most;
    double spread = last ? SPREAD / most : STEEPNESS * error + tolerance;
    return (Fineness){tolerance, error, spread, last};
}

/* The curve, and its expressions if it has any. */
static bool sample_curve(const PlanBuilder *b, PlanStep *step, int channel, Err *err)
{
    ToneSequence tones = tones_of(b, step, channel);
    ExactTone *exact = &step->exact[channel];
    Fineness fineness = fineness_of(b, is_last(b, step), b->error[channel]);
    if (exact_tone_record(exact, &tones, b->range[channel])) {
        fineness.jump = exact_tone_jump;
        fineness.context = exact;
    }
    if (!curve_fit_sample(&step->tone[channel], &tones, b->range[channel], fineness,
                          err))
        return false;
    /* Sampling may have withdrawn the trust in an expression. */
    exact_tone_clear(exact);
    exact_tone_record(exact, &tones, b->range[channel]);
    return true;
}

/* One and the same curve, or two with the same trusted expression. */
static bool same_curve(const PlanBuilder *b, const Curve *one, const Curve *other)
{
    if (one == other || !one || !other)
        return one == other;
    return tone_cache_trusts(b->cache, one) && tone_cache_trusts(b->cache, other) &&
           expr_equal(one->expr, other->expr);
}

/* Do two channels have the same curves in all tones? */
static bool same_curves(const PlanBuilder *b, const PlanStep *step, int one, int other)
{
    for (int i = 0; i < step->n_tones; i++) {
        const Curve *const *tone = step->tones[i].tone;
        if (!same_curve(b, tone[one], tone[other]))
            return false;
    }
    return true;
}

/* The first channel that has the same curves over the same range. */
static int twin_of(const PlanBuilder *b, const PlanStep *step, int channel)
{
    int k = 0;
    while (k < channel && !(same_curves(b, step, k, channel) &&
                            b->range[k].lo == b->range[channel].lo &&
                            b->range[k].hi == b->range[channel].hi &&
                            b->error[k] == b->error[channel]))
        k++;
    return k;
}

/* Do the step's cube or matrix and its tones leave grays gray? */
static bool is_neutral(const PlanStep *step)
{
    bool before = step->cube
                      ? step->cube->neutral
                      : step_matrices_keeps_gray((const double(*)[4])step->matrix);
    return before && step->one_tone;
}

/* Gray stays gray only if the three channels have one and the same curve: it is sampled
 * over all their values. */
static void join_ranges(PlanBuilder *b, PlanStep *step)
{
    Range all = b->range[0];
    double error = b->error[0];
    for (int c = 1; c < 3; c++) {
        all.lo = fmin(all.lo, b->range[c].lo);
        all.hi = fmax(all.hi, b->range[c].hi);
        error = fmax(error, b->error[c]);
    }
    for (int c = 0; c < 3; c++) {
        step->range[c] = b->range[c] = all;
        b->error[c] = error;
    }
}

bool step_tones_take(PlanBuilder *b, PlanStep *step, Err *err)
{
    step->tones = b->stages + b->at;
    step->n_tones = step_tones_count(b);
    step->one_tone = same_curves(b, step, 0, 1) && same_curves(b, step, 0, 2);
    if (is_neutral(step))
        join_ranges(b, step);
    for (int c = 0; c < 3; c++) {
        int twin = step->twin[c] = twin_of(b, step, c);
        if (!has_curve(step, c))
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

bool step_tones_is_hopeless(const PlanBuilder *b)
{
    double most = b->plan->levels - 1;
    for (int c = 0; c < 3; c++)
        if (b->error[c] * most > 2 * SPREAD)
            return true;
    return false;
}

bool step_tones_sample_exact(const PlanBuilder *b, PlanStep *step, Err *err)
{
    bool last = is_last(b, step);
    double tolerance = last ? TOLERANCE / (b->plan->levels - 1) : TOLERANCE_EXACT;
    for (int c = 0; c < 3; c++) {
        ExactTone *exact = &step->exact[c];
        if (!step->tone[c].pieces || step->twin[c] != c || exact->exprs)
            continue;
        ToneSequence tones = tones_of(b, step, c);
        if (!exact_tone_sample(exact, &tones, step->range[c], tolerance, last, err))
            return false;
    }
    return true;
}
