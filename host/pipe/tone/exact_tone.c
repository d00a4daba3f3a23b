#include "pipe/tone/exact_tone.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "pipe/expr/expr_interval.h"

/* Enough halvings to go from a doubt's ends to neighbouring numbers. With more doubts
 * than MOST_BREAKS the function is not called for them. */
enum { MOST_BREAKS = 1 << 14, HALVINGS = 1100 };

bool exact_tone_record(ExactTone *tone, const ToneSequence *tones, Range range)
{
    Expr **exprs = mem_new((size_t)tones->count, sizeof(Expr *));
    int n = 0;
    bool good = true;
    for (int i = 0; good && i < tones->count; i++) {
        const Curve *curve = tones->stages[i].tone[tones->channel];
        good = !curve || tone_cache_trusts(tones->cache, curve);
        if (good && curve)
            exprs[n++] = expr_ref(curve->expr);
    }
    *tone = (ExactTone){.exprs = exprs, .n_exprs = n, .in = range};
    if (!good)
        exact_tone_clear(tone);
    return good;
}

static double shown(double y)
{
    return fmin(fmax(y, 0), 1);
}

double exact_tone_jump(const void *exact, Range in, bool clamped)
{
    const ExactTone *tone = exact;
    ExprInterval interval = {in.lo, in.hi, 0};
    for (int i = 0; i < tone->n_exprs; i++)
        interval = expr_interval(tone->exprs[i], interval);
    if (clamped)
        interval.jump = fmin(interval.jump, shown(interval.hi) - shown(interval.lo));
    return interval.jump;
}

double exact_tone_jump_in(const ExactTone *tone, Range doubt)
{
    double jump = 0;
    if (tone->exprs)
        return exact_tone_jump(tone, doubt, true);
    for (int i = 0; tone->breaks && i < tone->curve.n_doubts; i++) {
        const Break *b = &tone->breaks[i];
        if (b->at >= doubt.lo && b->below <= doubt.hi)
            jump = fmax(jump, fabs(shown(b->y_at) - shown(b->y_below)));
    }
    return jump;
}

void exact_tone_clear(ExactTone *tone)
{
    for (int i = 0; i < tone->n_exprs; i++)
        expr_unref(&tone->exprs[i]);
    mem_free(tone->exprs);
    curve_fit_clear(&tone->curve);
    mem_free(tone->breaks);
    *tone = (ExactTone){0};
}

static double inside(Range range, double x)
{
    return fmin(fmax(x, range.lo), range.hi);
}

/* The part of a doubt that lies in the sampled range: the pieces at the range's ends
 * reach beyond it. */
static Range inside_of(const CurveFit *curve, size_t i)
{
    return (Range){inside(curve->in, curve->doubts[i].lo),
                   inside(curve->in, curve->doubts[i].hi)};
}

/* The values at both ends of every doubt; `x` has room for them. */
static bool begin_breaks(ExactTone *tone, const ToneSequence *tones, double *x,
                         Err *err)
{
    const CurveFit *curve = &tone->curve;
    size_t n = (size_t)curve->n_doubts;
    for (size_t i = 0; i < n; i++) {
        Range range = inside_of(curve, i);
        tone->breaks[i] = (Break){.below = range.lo, .at = range.hi};
        x[i] = range.lo;
        x[n + i] = range.hi;
    }
    if (!tone_chain_apply(tones, x, 2 * n, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        Break *b = &tone->breaks[i];
        b->y_lo = b->y_below = x[i];
        b->y_hi = b->y_at = x[n + i];
    }
    return true;
}

static double between(const Break *b)
{
    return b->below + (b->at - b->below) / 2;
}

/* Halve every break towards the larger change; *done: none can be halved any more. */
static bool halve(ExactTone *tone, const ToneSequence *tones, double *y, bool *done,
                  Err *err)
{
    int n = tone->curve.n_doubts;
    for (int i = 0; i < n; i++)
        y[i] = between(&tone->breaks[i]);
    if (!tone_chain_apply(tones, y, (size_t)n, err))
        return false;
    *done = true;
    for (int i = 0; i < n; i++) {
        Break *b = &tone->breaks[i];
        double middle = between(b);
        if (!(middle > b->below && middle < b->at))
            continue;
        *done = false;
        bool left = fabs(y[i] - b->y_below) >= fabs(b->y_at - y[i]);
        *(left ? &b->at : &b->below) = middle;
        *(left ? &b->y_at : &b->y_below) = y[i];
    }
    return true;
}

static bool find_breaks(ExactTone *tone, const ToneSequence *tones, Err *err)
{
    size_t n = (size_t)tone->curve.n_doubts;
    double *scratch = mem_alloc(2 * n * sizeof *scratch, err);
    if (!scratch)
        return false;
    tone->breaks = mem_new(n, sizeof *tone->breaks);
    bool done = n > MOST_BREAKS, good = begin_breaks(tone, tones, scratch, err);
    for (int i = 0; good && !done && i < HALVINGS; i++)
        good = halve(tone, tones, scratch, &done, err);
    mem_free(scratch);
    return good;
}

bool exact_tone_sample(ExactTone *tone, const ToneSequence *tones, Range range,
                       double tolerance, bool clamped, Err *err)
{
    Fineness fineness = {tolerance, 0, INFINITY, clamped, .exact = true};
    *tone = (ExactTone){0};
    if (!curve_fit_sample(&tone->curve, tones, range, fineness, err))
        return false;
    if (tone->curve.n_doubts == 0 || find_breaks(tone, tones, err))
        return true;
    exact_tone_clear(tone);
    return false;
}

static double distance(Range range, double x)
{
    return fmax(fmax(range.lo - x, x - range.hi), 0);
}

/* The doubt that contains x, or the nearest. */
static int doubt_at(const CurveFit *curve, double x)
{
    int lo = 0, hi = curve->n_doubts - 1;
    while (lo < hi) {
        int middle = hi - (hi - lo) / 2;
        if (curve->doubts[middle].lo <= x)
            lo = middle;
        else
            hi = middle - 1;
    }
    bool next = lo + 1 < curve->n_doubts &&
                distance(curve->doubts[lo + 1], x) < distance(curve->doubts[lo], x);
    return next ? lo + 1 : lo;
}

static double line(double x, double x0, double x1, double y0, double y1)
{
    double part = x1 > x0 ? (x - x0) / (x1 - x0) : 0;
    return y0 + (y1 - y0) * fmin(fmax(part, 0), 1);
}

static double break_at(const ExactTone *tone, double x)
{
    size_t i = (size_t)doubt_at(&tone->curve, x);
    const Break *b = &tone->breaks[i];
    Range range = inside_of(&tone->curve, i);
    if (x <= b->below)
        return line(x, range.lo, b->below, b->y_lo, b->y_below);
    return x < b->at ? line(x, b->below, b->at, b->y_below, b->y_at)
                     : line(x, b->at, range.hi, b->y_at, b->y_hi);
}

static bool eval_recorded(const ExactTone *tone, const double *x, double *y, size_t n)
{
    bool good = true;
    for (int i = 0; i < tone->n_exprs; i++, x = y)
        good = expr_eval(tone->exprs[i], x, y, n) && good;
    return good;
}

/* Rounding may move an input out of the range, where the function may have no value. */
static void eval_within(const ExactTone *tone, const double *x, double *y, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double nearest = inside(tone->in, x[i]);
        if (!eval_recorded(tone, &x[i], &y[i], 1))
            eval_recorded(tone, &nearest, &y[i], 1);
    }
}

static void eval_sampled(const ExactTone *tone, const Kernels *kernels, const double *x,
                         double *y, size_t n)
{
    memcpy(y, x, n * sizeof *y);
    kernels->planes.curve(y, n, &tone->curve.table);
    for (size_t i = 0; i < n; i++)
        if (isnan(y[i]))
            y[i] = break_at(tone, x[i]);
}

void exact_tone_eval(const ExactTone *tone, const Kernels *kernels, double *values,
                     size_t n)
{
    double *inputs = mem_new(n, sizeof *inputs);
    memcpy(inputs, values, n * sizeof *inputs);
    if (!tone->exprs)
        eval_sampled(tone, kernels, inputs, values, n);
    else if (!eval_recorded(tone, inputs, values, n))
        eval_within(tone, inputs, values, n);
    mem_free(inputs);
}
