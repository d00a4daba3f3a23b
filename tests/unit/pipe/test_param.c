/* Parameters: checking, parsing, showing, and the slider's geometry. */
#include "cm.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "pipe/param.h"
#include "pipe/settings.h"
#include "viewer/params.h"

static ParamSet *example(void **state)
{
    (void)state;
    Param *params = mem_new(5, sizeof *params);
    params[0] = (Param){.kind = PARAM_SLIDER,
                        .name = mem_dup("exposure"),
                        .label = mem_dup("Exposure"),
                        .unit = mem_dup("EV"),
                        .lo = -1,
                        .hi = 1};
    params[1] = (Param){.kind = PARAM_SLIDER,
                        .name = mem_dup("gamma"),
                        .label = mem_dup("Gamma"),
                        .unit = mem_dup(""),
                        .lo = 0.1,
                        .hi = 2,
                        .initial = {.number = 1}};
    char **styles = mem_new(2, sizeof *styles);
    styles[0] = mem_dup("sepia");
    styles[1] = mem_dup("cold");
    params[2] = (Param){.kind = PARAM_CHOICE,
                        .name = mem_dup("style"),
                        .label = mem_dup("Style"),
                        .unit = mem_dup(""),
                        .choices = styles,
                        .n_choices = 2,
                        .initial = {.number = 1}};
    params[3] = (Param){.kind = PARAM_TOGGLE,
                        .name = mem_dup("negative"),
                        .label = mem_dup("Negative"),
                        .unit = mem_dup("")};
    params[4] = (Param){.kind = PARAM_SLIDER,
                        .name = mem_dup("radius"),
                        .label = mem_dup("Radius"),
                        .unit = mem_dup("px"),
                        .lo = 1,
                        .hi = 1000,
                        .log = true,
                        .initial = {.number = 10}};
    return param_set_new(params, 5);
}

static void values_are_checked_by_name_and_range(void **state)
{
    ParamSet *set = example(state);
    Err err;
    assert_int_equal(param_find(set, "gamma"), 1);
    assert_int_equal(param_find(set, "gama"), -1);
    assert_true(param_check(&set->params[0], param_number(-1), &err));
    assert_false(param_check(&set->params[0], param_number(1.01), &err));
    assert_string_equal(err.text, "exposure=1.01 is outside its range: -1 to 1");
    assert_false(param_check(&set->params[0], param_number(NAN), &err));
    assert_false(param_check(&set->params[2], param_number(2), &err));
    assert_false(param_check(&set->params[2], param_number(0.5), &err));
    assert_false(param_check(&set->params[3], param_number(-1), &err));
    param_set_unref(&set);
    assert_null(set);
}

static void text_is_read_as_people_type_it(void **state)
{
    ParamSet *set = example(state);
    Err err;
    ParamValue value = param_number(7);
    assert_true(param_parse(&set->params[0], "+0.5", &value, &err));
    assert_true(value.number == 0.5);
    assert_true(param_parse(&set->params[0], "0.25 EV", &value, &err));
    assert_true(value.number == 0.25);
    static const char *const bad[] = {"",    "x",     "0.5x", "nan",
                                      "inf", "1e999", "2",    "EV"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(param_parse(&set->params[0], bad[i], &value, &err));
    assert_true(value.number == 0.25);
    assert_false(param_parse(&set->params[0], "1e999", &value, &err));
    assert_non_null(strstr(err.text, "=1e999 is outside its range: "));
    assert_false(param_parse(&set->params[0], "inf", &value, &err));
    assert_non_null(strstr(err.text, "=inf is not a number ("));
    assert_true(param_parse(&set->params[2], "Sepia", &value, &err));
    assert_true(value.number == 0);
    assert_false(param_parse(&set->params[2], "warm", &value, &err));
    assert_string_equal(err.text, "style=warm is not one of: sepia, cold");
    assert_true(param_parse(&set->params[3], "yes", &value, &err));
    assert_true(value.number == 1);
    assert_false(param_parse(&set->params[3], "maybe", &value, &err));
    assert_int_equal(err.kind, ERR_USAGE);
    param_set_unref(&set);
}

static void whole_numbers_are_not_cut(void **state)
{
    (void)state;
    Err err;
    ParamValue value = param_number(7);
    char *name = "n", *unit = "";
    Param n = {.kind = PARAM_SLIDER, .name = name, .unit = unit, .lo = 1, .hi = 5};
    n.step = 1;
    n.whole = true;
    assert_false(param_parse(&n, "2.5", &value, &err));
    assert_string_equal(err.text, "n=2.5: must be a whole number (1 to 5); a default "
                                  "written as 1.0 in the script allows fractions");
    assert_false(param_check(&n, param_number(4.000001), &err));
    assert_false(param_check(&n, param_number(NAN), &err));
    assert_false(param_check(&n, param_number(INFINITY), &err));
    assert_true(value.number == 7);
    assert_true(param_parse(&n, "2.0", &value, &err));
    assert_true(value.number == 2);
    assert_true(param_at(&n, 0.3, PACE_STEP) == 2);
    assert_true(param_nudge(&n, 2, 1, PACE_STEP) == 3);
    assert_true(param_nudge(&n, 2, 1, PACE_COARSE) == 5);
    assert_true(param_nudge(&n, 2, 1, PACE_FINE) == 3);
    n.hi = 1000;
    n.log = true;
    for (int at = 0; at <= 100; at++)
        assert_true(
            param_check(&n, param_number(param_at(&n, at / 100.0, PACE_STEP)), &err));
    assert_true(param_nudge(&n, 1, 1, PACE_STEP) == 2);
    n.step = 7; /* the last position is no multiple */
    for (int at = 0; at <= 100; at++)
        assert_true(
            param_check(&n, param_number(param_at(&n, at / 100.0, PACE_STEP)), &err));
}

static void expect_read(const Param *param, const char *text, double want)
{
    ParamValue value;
    assert_true(param_parse(param, text, &value, NULL));
    assert_true(value.number == want);
}

static void numbers_are_read_as_people_write_them(void **state)
{
    ParamSet *set = example(state);
    const Param *ev = &set->params[0];
    static const char *const bad[] = {"1/0",   "1/",    "/3", "0,5,5",
                                      "0.5,5", "1/3/2", ","};
    ParamValue value;
    expect_read(ev, "0,5", 0.5);
    expect_read(ev, "-0,25 EV", -0.25);
    expect_read(ev, "1/3", 1.0 / 3);
    expect_read(ev, "-2/3 ev", -2.0 / 3);
    expect_read(ev, "0,5/2", 0.25);
    expect_read(ev, "5e-1", 0.5);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(param_parse(ev, bad[i], &value, NULL));
    param_set_unref(&set);
}

static void expect_shown(const Param *param, double value, const char *want)
{
    char buffer[64];
    assert_string_equal(param_format(param, param_number(value), buffer, sizeof buffer),
                        want);
}

static void values_are_shown_with_sign_and_unit(void **state)
{
    ParamSet *set = example(state);
    expect_shown(&set->params[0], 0.5, "+0.50 EV");
    expect_shown(&set->params[0], -0.5, "-0.50 EV");
    expect_shown(&set->params[0], -0.0, "0.00 EV");
    expect_shown(&set->params[1], 1, "1.00");
    expect_shown(&set->params[2], 1, "cold");
    expect_shown(&set->params[3], 0, "off");
    Param degrees = {.kind = PARAM_SLIDER, .lo = 0, .hi = 360, .step = 1, .unit = "°"};
    expect_shown(&degrees, 220, "220°");
    degrees.unit = "%";
    expect_shown(&degrees, 40, "40%");
    Param tenths = {.kind = PARAM_SLIDER, .lo = 0, .hi = 1, .step = 0.1, .unit = ""};
    expect_shown(&tenths, 0.3, "0.30"); /* as many decimals as other rows have */
    tenths.step = 0;
    tenths.hi = 10;
    expect_shown(&tenths, 2.5, "2.50");
    tenths.hi = 200;
    expect_shown(&tenths, 25, "25");
    param_set_unref(&set);
}

static void literals_read_back_the_same(void **state)
{
    ParamSet *set = example(state);
    static const double values[] = {0.1, -0.3333333333333333, 1e-7, 0.5, 1};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        ParamValue back;
        char *text = param_literal(&set->params[0], param_number(values[i]));
        assert_true(param_parse(&set->params[0], text, &back, NULL));
        assert_true(back.number == values[i]);
        mem_free(text);
    }
    static const struct {
        double value;
        const char *text;
    } plain[] = {{0.3, "0.3"},     {0, "0"},        {6500, "6500"}, {-40, "-40"},
                 {1e6, "1000000"}, {1e-7, "1e-07"}, {1e20, "1e+20"}};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        char *text = param_literal(&set->params[0], param_number(plain[i].value));
        assert_string_equal(text, plain[i].text);
        mem_free(text);
    }
    param_set_unref(&set);
}

static void sliders_move_on_clean_numbers(void **state)
{
    ParamSet *set = example(state);
    const Param *ev = &set->params[0], *radius = &set->params[4];
    assert_true(param_at(ev, 0, PACE_STEP) == -1);
    assert_true(param_at(ev, 1, PACE_STEP) == 1);
    assert_true(param_at(ev, 7, PACE_STEP) == 1);
    assert_true(param_at(ev, 0.6503, PACE_STEP) == 0.3);
    assert_true(param_position(ev, 0.5) == 0.75);
    assert_true(param_nudge(ev, 0.1, 1, PACE_STEP) == 0.11);
    assert_true(param_nudge(ev, 0.1, 1, PACE_COARSE) == 0.2);
    assert_true(param_nudge(ev, 0.1, -1, PACE_FINE) == 0.099);
    assert_true(param_at(ev, 0.6503, PACE_FINE) == 0.301);
    assert_true(param_at(ev, 0.6703, PACE_COARSE) == 0.3);
    assert_true(param_nudge(ev, 1, 1, PACE_COARSE) == 1);
    double value = 0;
    for (int i = 0; i < 30; i++)
        value = param_nudge(ev, value, 1, PACE_STEP);
    assert_true(value == 0.3);
    assert_true(fabs(param_position(radius, sqrt(1000.0)) - 0.5) < 1e-12);
    assert_in_range((int)param_at(radius, 0.5, PACE_STEP), 31, 32);
    assert_true(param_nudge(&set->params[2], 1, 1, PACE_STEP) == 0);
    assert_true(param_nudge(&set->params[3], 0, -1, PACE_STEP) == 1);
    param_set_unref(&set);
}

static void a_parameter_may_need_another(void **state)
{
    (void)state;
    ParamSet *set = params_needing();
    ParamValue *values = param_defaults(set);
    static const bool wanted[3][4] = {/* style soft, hard, none; toned as the last */
                                      {true, true, false, false},
                                      {true, true, true, true},
                                      {true, true, true, false}};
    for (int style = 0; style < 3; style++) {
        values[0].number = style;
        values[1].number = style == 1;
        for (int i = 0; i < 4; i++)
            assert_int_equal(param_is_enabled(set, i, values), wanted[style][i]);
    }
    param_values_free(values, set->count);
    param_set_unref(&set);
}

static void defaults_are_the_signature_s(void **state)
{
    ParamSet *set = example(state);
    ParamValue *values = param_defaults(set);
    assert_true(values[1].number == 1 && values[2].number == 1);
    assert_true(values[4].number == 10);
    param_values_free(values, set->count);
    param_set_unref(&set);
}

static void settings_lie_on_the_defaults(void **state)
{
    ParamSet *set = example(state);
    Err err;
    const char *const good[] = {"exposure=0.5", "style=sepia", "exposure=-0.5"};
    ParamValue *values = param_defaults(set);
    assert_true(settings_apply(set, "film", good, 3, values, &err));
    assert_true(values[0].number == -0.5 && values[1].number == 1);
    assert_true(values[2].number == 0);
    const char *const unknown[] = {"gama=1"}, *const outside[] = {"exposure=2"};
    assert_false(settings_apply(set, "film", unknown, 1, values, &err));
    assert_int_equal(err.kind, ERR_USAGE);
    assert_string_equal(err.text,
                        "film has no parameter 'gama', only: exposure, gamma, style, "
                        "negative, radius; did you mean gamma?");
    assert_false(settings_apply(set, "film", outside, 1, values, &err));
    assert_string_equal(err.text, "exposure=2 is outside its range: -1 to 1");
    param_values_free(values, set->count);
    param_set_unref(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_checked_by_name_and_range),
        cmocka_unit_test(text_is_read_as_people_type_it),
        cmocka_unit_test(whole_numbers_are_not_cut),
        cmocka_unit_test(numbers_are_read_as_people_write_them),
        cmocka_unit_test(values_are_shown_with_sign_and_unit),
        cmocka_unit_test(literals_read_back_the_same),
        cmocka_unit_test(sliders_move_on_clean_numbers),
        cmocka_unit_test(a_parameter_may_need_another),
        cmocka_unit_test(defaults_are_the_signature_s),
        cmocka_unit_test(settings_lie_on_the_defaults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
