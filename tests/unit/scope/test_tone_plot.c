/* The look's curves, sampled through the program, and the values of one pixel. */
#include "test_image.h"

#include <math.h>

#include "pipe/program/compile.h"
#include "viewer/scope/pixel_value.h"
#include "viewer/scope/tone_plot.h"

static bool halve(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)context;
    (void)err;
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] / 2;
    return true;
}

static const Curve HALF = {.eval = halve};
static const Stage RED_HALVED = {.kind = STAGE_TONE, .tone = {&HALF}};
static const Stage ALL_HALVED = {.kind = STAGE_TONE, .tone = {&HALF, &HALF, &HALF}};
/* Red goes into green alone; the neutral axis stays but for blue, which is lost. */
static const Stage MIX = {.kind = STAGE_MATRIX,
                          .matrix = {{1, 0, 0, 0}, {1, 0, 0, 0}, {0, 0, 0, 0}}};

static Program *program(const Stage *stage, int depth, int channels)
{
    Err err = {0};
    Plan *plan = plan_new(stage, stage ? 1 : 0, depth, &err);
    assert_non_null(plan);
    Program *made = compile_plan(plan, channels, &err);
    assert_non_null(made);
    plan_unref(&plan);
    return made;
}

static TonePlot plot_of(const Stage *stage, int depth, int channels)
{
    TonePlot plot;
    Program *made = program(stage, depth, channels);
    tone_plot_sample(made, channels, &plot);
    program_unref(&made);
    return plot;
}

static void assert_near(const float *y, double slope, double step)
{
    for (int i = 0; i < TONE_PLOT_POINTS; i++)
        assert_true(fabs((double)y[i] - slope * i / 255) <= step);
}

static void the_identity_is_the_diagonal(void **state)
{
    (void)state;
    for (int depth = 8; depth <= 16; depth += 8)
        for (int channels = 1; channels <= 4; channels++) {
            TonePlot plot = plot_of(NULL, depth, channels);
            assert_true(plot.same);
            assert_false(plot.mixed);
            for (int c = 0; c < 3; c++)
                assert_near(plot.y[c], 1, 1e-6);
        }
}

static void each_channel_has_its_curve(void **state)
{
    (void)state;
    for (int depth = 8; depth <= 16; depth += 8)
        for (int channels = 1; channels <= 4; channels++) { /* gray becomes RGB */
            TonePlot plot = plot_of(&RED_HALVED, depth, channels);
            assert_false(plot.same);
            assert_false(plot.mixed);
            assert_near(plot.y[0], 0.5, 1.0 / ((1 << depth) - 1));
            assert_near(plot.y[1], 1, 1e-6);
            assert_near(plot.y[2], 1, 1e-6);
        }
    assert_true(plot_of(&ALL_HALVED, 8, 3).same);
    assert_true(plot_of(&ALL_HALVED, 16, 1).same);
}

static bool threshold(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)context;
    (void)err;
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] < 0.5 ? 0.25 : 0.75;
    return true;
}

static bool lift(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)context;
    (void)err;
    for (size_t i = 0; i < n; i++)
        y[i] = 1.3 * x[i];
    return true;
}

/* How far the curve bends at a point. */
static double bend(const float *y, int i)
{
    return fabs((double)y[i + 1] - 2 * (double)y[i] + (double)y[i - 1]);
}

static void rounding_makes_no_staircase(void **state)
{
    (void)state;
    static const Curve up = {.eval = lift}, step = {.eval = threshold};
    TonePlot straight = plot_of(&ALL_HALVED, 8, 3);
    for (int i = 1; i < TONE_PLOT_POINTS - 1; i++)
        assert_true(bend(straight.y[0], i) < 0.2 / 255); /* with stairs 1 */
    Stage lifted = {.kind = STAGE_TONE, .tone = {&up, &up, &up}};
    TonePlot clipped = plot_of(&lifted, 8, 3);
    for (int i = 1; i < TONE_PLOT_POINTS - 1; i++)
        if (i < 190 || i > 200) /* white is at 196 */
            assert_true(bend(clipped.y[0], i) < 0.2 / 255);
    assert_true(clipped.y[0][200] == 1 && clipped.y[0][254] == 1);
    Stage stepped = {.kind = STAGE_TONE, .tone = {&step, &step, &step}};
    TonePlot steps = plot_of(&stepped, 8, 3);
    assert_true(fabs((double)steps.y[0][127] - 0.25) < 0.5 / 255 + 1e-3);
    assert_true(fabs((double)steps.y[0][128] - 0.75) < 0.5 / 255 + 1e-3);
}

static void a_matrix_shows_the_neutral_axis(void **state)
{
    (void)state;
    for (int depth = 8; depth <= 16; depth += 8) {
        TonePlot plot = plot_of(&MIX, depth, 3);
        assert_true(plot.mixed);
        assert_near(plot.y[0], 1, 2.0 / 255);
        assert_near(plot.y[1], 1, 2.0 / 255);
        assert_near(plot.y[2], 0, 2.0 / 255);
    }
}

static void assert_text(const Image *image, const Program *look, const char *expected)
{
    char text[PIXEL_VALUE_TEXT];
    ImageInfo one = {1, 1, image->info.channels, image->info.depth};
    const uint8_t *pixel = image_row(image, 1) + 2 * image_row_bytes(one);
    pixel_value_text(image->info, 2, 1, pixel, look, text);
    assert_string_equal(text, expected);
}

static void a_pixel_is_told_before_and_after(void **state)
{
    (void)state;
    static const char *const before[2][4] = {
        {"2, 1: 47", "2, 1: 47 / 72", "2, 1: 47 72 97", "2, 1: 47 72 97 / 122"},
        {"2, 1: 11797", "2, 1: 11797 / 18072", "2, 1: 11797 18072 24347",
         "2, 1: 11797 18072 24347 / 30622"}};
    static const char *const after[2][4] = {
        {" → 24 47 47", " → 24 47 47 / 72", " → 24 72 97", " → 24 72 97 / 122"},
        {" → 5899 11797 11797", " → 5899 11797 11797 / 18072", " → 5899 18072 24347",
         " → 5899 18072 24347 / 30622"}};
    for (int depth = 8; depth <= 16; depth += 8)
        for (int channels = 1; channels <= 4; channels++) {
            char both[2 * PIXEL_VALUE_TEXT];
            const char *first = before[depth / 16][channels - 1];
            Image *image = picture(5, 3, channels, depth);
            Program *look = program(&RED_HALVED, depth, channels);
            snprintf(both, sizeof both, "%s%s", first, after[depth / 16][channels - 1]);
            assert_text(image, NULL, first);
            assert_text(image, look, both);
            program_unref(&look);
            image_unref(&image);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_identity_is_the_diagonal),
        cmocka_unit_test(each_channel_has_its_curve),
        cmocka_unit_test(rounding_makes_no_staircase),
        cmocka_unit_test(a_matrix_shows_the_neutral_axis),
        cmocka_unit_test(a_pixel_is_told_before_and_after),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
