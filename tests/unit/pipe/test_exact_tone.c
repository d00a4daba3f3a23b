/* Functions that cannot be recorded, sampled for the samples in doubt: how close their
 * values come, whatever their slope, their jumps and the ends of the range. */
#include "cm.h"

#include <math.h>

#include "kernels.h"
#include "pipe/plan/plan.h"
#include "pipe/tone/exact_tone.h"

static const double TOLERANCE = 1e-12;

typedef double (*formula_fn)(double x);

static double steep(double x)
{
    return (x - 0.314) / 0.00041;
}

static double steep_root(double x)
{
    return 5000 * sqrt(fmax(x, 0));
}

static double contrast(double x)
{
    return 900 / (1 + exp((0.4 - x) * 1e4));
}

static double corner(double x)
{
    return x < 0.3 ? 2000 * x : 600 + (x - 0.3) / 7;
}

static double threshold(double x)
{
    return x >= 0.3 ? 1 : 0;
}

static double above_black(double x)
{
    return x > 0 ? 800 + x : -x;
}

static double posterize(double x)
{
    return floor(x * 700 + 0.5) / 700;
}

static bool eval(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)err;
    for (size_t i = 0; i < n; i++)
        y[i] = (*(formula_fn *)context)(x[i]);
    return true;
}

/* The tone sampled over a range. */
static ExactTone sampled(formula_fn f, Range range)
{
    const Curve curve = {eval, &f};
    const Stage stage = {.kind = STAGE_TONE, .tone = {&curve}};
    ToneCache *cache = tone_cache_new();
    const ToneSequence tones = {cache, NULL, &stage, 1, 0};
    ExactTone tone;
    tone_cache_begin(cache);
    assert_true(exact_tone_sample(&tone, &tones, range, TOLERANCE, false, NULL));
    tone_cache_end(cache);
    tone_cache_free(cache);
    return tone;
}

static double at(const ExactTone *tone, double x)
{
    exact_tone_eval(tone, kernels_at(CPU_SCALAR), &x, 1);
    return x;
}

/* The place of an input in the range is rounded. */
static void expect(const ExactTone *tone, formula_fn f, double x)
{
    Range range = tone->curve.in;
    double e = 0x1p-52 * fmax(fabs(range.lo), fabs(range.hi));
    double want = f(x), off = fabs(at(tone, x) - want);
    double slope = fmax(fabs(f(x + e) - want), fabs(want - f(x - e)));
    bool jumps = slope > 1e-4;
    if (!(off <= 2 * TOLERANCE * fmax(fabs(want), 1) + (jumps ? 0 : slope)))
        fail_msg("off by %g at %.17g, where it is %.17g", off, x, want);
}

/* All over the range, at its ends, and close to the numbers where something happens. */
static void check(formula_fn f, Range range)
{
    static const double places[] = {0, 0.3, 0.314, 0.4, 0.5 / 700};
    enum { STEPS = 9973, PLACES = sizeof places / sizeof *places };
    ExactTone tone = sampled(f, range);
    for (int i = 0; i <= STEPS; i++)
        expect(&tone, f, range.lo + (range.hi - range.lo) * i / STEPS);
    for (int i = 1; i < 40; i++) {
        double step = ldexp(1, -i) * (range.hi - range.lo);
        expect(&tone, f, range.lo + step);
        expect(&tone, f, range.hi - step);
        for (int k = 0; k < PLACES; k++) {
            expect(&tone, f, fmin(places[k] + step, range.hi));
            expect(&tone, f, fmax(places[k] - step, range.lo));
        }
    }
    for (int k = 0; k < PLACES; k++) {
        expect(&tone, f, places[k]);
        expect(&tone, f, nextafter(places[k], 1));
        expect(&tone, f, nextafter(places[k], -1));
    }
    exact_tone_clear(&tone);
}

static void values_are_close_however_steep_a_function_is(void **state)
{
    (void)state;
    static const formula_fn formulas[] = {steep,     contrast,    corner,
                                          threshold, above_black, posterize};
    static const Range ranges[] = {{-0.31, 0.53}, {0, 1}, {-1e-3, 0.71}, {-5, 7}};
    for (int i = 0; i < 6; i++)
        for (int k = 0; k < 4; k++)
            check(formulas[i], ranges[k]);
}

/* Next to black a root is straight for 2^-48 of the range. */
static void a_root_is_close_next_to_black(void **state)
{
    (void)state;
    ExactTone tone = sampled(steep_root, (Range){0, 1});
    for (int i = 1; i < 44; i++)
        expect(&tone, steep_root, ldexp(1.3, -i));
    expect(&tone, steep_root, 0);
    for (int i = 44; i < 60; i++)
        assert_true(fabs(at(&tone, ldexp(1.3, -i)) - steep_root(ldexp(1.3, -i))) <
                    5000 * 0x1p-24);
    exact_tone_clear(&tone);
}

static double crowded(double x)
{
    return floor(x * 50000) / 50000;
}

/* More jumps than are searched: each place is a line between its ends. */
static void too_many_jumps_are_followed_by_lines(void **state)
{
    (void)state;
    ExactTone tone = sampled(crowded, (Range){-0.01, 1});
    for (int i = 0; i <= 9973; i++)
        assert_true(fabs(at(&tone, i / 9973.0) - i / 9973.0) < 1.5 / 50000);
    exact_tone_clear(&tone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_close_however_steep_a_function_is),
        cmocka_unit_test(a_root_is_close_next_to_black),
        cmocka_unit_test(too_many_jumps_are_followed_by_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
