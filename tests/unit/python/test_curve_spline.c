/* The curve that the viewer draws is the one that lutist.curve() makes. */
#include "cm.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "pipe/param_spline.h"
#include "pipe/program/compile.h"
#include "pipe/program/run.h"
#include "python/interp.h"
#include "python/script.h"

static const char LOOK[] = "from lutist import *\n"
                           "@pipeline\n"
                           "def develop(tones: Curve() = '0,0 1,1'):\n"
                           "    return curve(*tones)\n";

static Script *script;

static int start(void **state)
{
    (void)state;
    Err err = {0};
    char path[] = "/tmp/lutist-test-XXXXXX.py";
    int file = mkstemps(path, 3);
    assert_true(file >= 0);
    assert_int_equal(write(file, LOOK, strlen(LOOK)), strlen(LOOK));
    close(file);
    assert_true(interp_start(&(InterpConfig){0}, &err));
    script = script_load(path, &err);
    assert_string_equal(err.text, "");
    unlink(path);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    script_close(script);
    interp_stop();
    return 0;
}

/* Gray levels of 16 bits, developed, against the curve at them. */
static void expect_same(const char *text)
{
    enum { LEVELS = 256 };
    Err err = {0};
    ParamPoint points[PARAM_POINTS];
    int count = param_points(text, points);
    assert_true(count);
    ParamSpline spline = param_spline(points, count);
    ParamValue value = param_text(text);
    Plan *plan = script_plan(script, &value, 16, &err);
    assert_string_equal(err.text, "");
    Image *image = image_new((ImageInfo){LEVELS, 1, 1, 16}, &err);
    assert_non_null(image);
    uint16_t *row = (uint16_t *)(void *)image_row(image, 0);
    for (int i = 0; i < LEVELS; i++)
        row[i] = (uint16_t)(i * 257);
    Program *program = compile_plan(plan, 1, &err);
    assert_non_null(program);
    Image *spare = NULL, *out = run_new(program, image, &spare, NULL, NULL, &err);
    assert_non_null(out);
    const uint16_t *made = (const uint16_t *)(void *)image_row(out, 0);
    for (int i = 0; i < LEVELS; i++) {
        double wanted = param_spline_at(&spline, i / 255.0) * 65535;
        if (fabs(made[i] - wanted) > 0.5001)
            fail_msg("%s at %d: %d, not %g", text, i, made[i], wanted);
    }
    image_unref(&image);
    image_unref(&out);
    program_unref(&program);
    plan_unref(&plan);
    param_clear(&value);
}

static void the_drawn_curve_is_the_developed_one(void **state)
{
    (void)state;
    expect_same("0,0 1,1");
    expect_same("0,1 1,0");
    expect_same("0,0 0.25,0.18 0.75,0.85 1,1");
    expect_same("0.1,0.3 0.2,0.3 0.21,0.9 0.5,0.1 0.9,0.95");
    expect_same("0,0 0.001,1 0.002,0 0.5,0.5");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_drawn_curve_is_the_developed_one),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
