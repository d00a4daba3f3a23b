/* The panel when its script is loaded again. */
#include "cm.h"

#include <string.h>

#include "pipe/settings.h"
#include "viewer/panel/panel.h"
#include "viewer/params.h"
#include "viewer/widget/widget.h"

enum { STRENGTH, TINT, NEGATIVE, LONG }; /* of params_mixed */

static Panel panel;
static Ui ui;

static int start(void **state)
{
    (void)state;
    ParamSet *set = params_mixed();
    panel_init(&panel, set, param_defaults(set));
    param_set_unref(&set);
    ui = (Ui){0};
    return 0;
}

static int finish(void **state)
{
    (void)state;
    panel_term(&panel);
    return 0;
}

/* A toggle "first", then params_mixed without its last two. */
static ParamSet *edited(void)
{
    static const char *const tints[] = {"green", "blue"};
    Param *params = mem_new(3, sizeof *params);
    params[0] = params_toggle("first");
    params[1] = params_choice("tint", tints, 2);
    params[2] = params_slider("strength", "", 0, 0.75, 0.25);
    return param_set_new(params, 3);
}

static void reload(ParamSet *set)
{
    panel_reload(&panel, &ui, set);
    param_set_unref(&set);
}

static void values_are_kept_by_name(void **state)
{
    (void)state;
    panel_set(&panel, STRENGTH, param_number(0.9));
    panel_set(&panel, TINT, param_number(2));
    panel.focus = STRENGTH;
    panel.changed = false;
    reload(edited());
    assert_int_equal(panel.set->count, 3);
    assert_true(panel.values[2].number == 0.75);
    assert_true(panel.values[1].number == 0); /* green */
    assert_int_equal(panel.focus, 2);
    assert_true(panel.changed);
}

static void what_was_the_default_follows_it(void **state)
{
    (void)state;
    reload(edited());
    assert_true(panel.values[2].number == 0.25);
    assert_true(panel_is_default(&panel));
}

static void what_does_not_fit_becomes_the_default(void **state)
{
    (void)state;
    panel_set(&panel, TINT, param_number(1)); /* red, which is gone */
    panel_set(&panel, NEGATIVE, param_number(1));
    Param *params = mem_new(2, sizeof *params);
    static const char *const tints[] = {"blue", "green"};
    params[0] = params_slider("negative", "", 0, 4, 3);
    params[1] = params_choice("tint", tints, 2);
    params[1].initial = param_number(1);
    reload(param_set_new(params, 2));
    assert_true(panel.values[0].number == 3 && panel.values[1].number == 1);
}

static void whole_numbers_stay_whole(void **state)
{
    (void)state;
    panel_set(&panel, STRENGTH, param_number(0.6));
    Param *params = mem_new(1, sizeof *params);
    params[0] = params_slider("strength", "", 0, 9, 2);
    params[0].whole = true;
    reload(param_set_new(params, 1));
    assert_true(panel.values[0].number == 1);
}

static void a_held_slider_stays_held(void **state)
{
    (void)state;
    ui.active = UI_ID(WIDGET_SLIDER, STRENGTH);
    reload(edited());
    assert_int_equal(ui.active, UI_ID(WIDGET_SLIDER, 2));
    ui.active = UI_ID(WIDGET_PICTURE, 0);
    reload(params_mixed());
    assert_int_equal(ui.active, UI_ID(WIDGET_PICTURE, 0));
    ui.active = UI_ID(WIDGET_CHECK, NEGATIVE);
    reload(edited());
    assert_int_equal(ui.active, 0);
}

static void an_open_field_goes_with_its_parameter(void **state)
{
    (void)state;
    panel_act(&panel, ACTION_EDIT, PACE_STEP);
    panel_type(&panel, "0.7");
    reload(edited());
    assert_int_equal(panel.field.param, 2);
    assert_string_equal(panel.field.text, "0.7");
    panel_leave_field(&panel);
    assert_true(panel.values[2].number == 0.7);
    panel.focus = 2;
    panel_act(&panel, ACTION_EDIT, PACE_STEP);
    reload(params_many(3));
    assert_false(number_field_is_open(&panel.field));
    assert_int_equal(panel.focus, 0);
}

/* What is typed must not act as keys. */
static void the_name_of_a_preset_is_typed_on(void **state)
{
    (void)state;
    number_field_begin_text(&panel.field, FIELD_NAME, "");
    panel_type(&panel, "My ");
    reload(edited());
    panel_type(&panel, "film");
    assert_int_equal(panel.field.param, FIELD_NAME);
    assert_string_equal(panel.field.text, "My film");
    reload(param_set_new(NULL, 0)); /* it has no presets, and no place to type a name */
    assert_false(number_field_is_open(&panel.field));
}

static void an_open_list_stays_while_its_words_do(void **state)
{
    (void)state;
    panel.focus = TINT;
    panel_act(&panel, ACTION_EDIT, PACE_STEP);
    reload(params_mixed());
    assert_int_equal(panel.menu.param, TINT);
    reload(edited());
    assert_false(menu_is_open(&panel.menu));
}

static void a_script_may_lose_all_parameters(void **state)
{
    (void)state;
    panel.focus = NEGATIVE;
    reload(param_set_new(NULL, 0));
    panel_act(&panel, ACTION_MORE, PACE_STEP);
    assert_int_equal(panel.focus, 0);
    reload(params_mixed());
    assert_true(panel_is_default(&panel));
}

#define IN_PANEL(test) cmocka_unit_test_setup_teardown(test, start, finish)

/* A slider "exposure" and, of one of the two looks, a slider "gamma". */
static ParamSet *look(bool gamma)
{
    Param *params = mem_new(2, sizeof *params);
    params[0] = params_slider("exposure", "", -1, 1, 0);
    if (gamma)
        params[1] = params_slider("gamma", "", 0, 2, 1);
    return param_set_new(params, gamma ? 2 : 1);
}

static void a_look_between_makes_nothing_forgotten(void **state)
{
    (void)state;
    reload(look(true));
    panel_set(&panel, 0, param_number(0.25));
    panel_set(&panel, 1, param_number(1.5));
    reload(look(false));
    assert_true(panel.values[0].number == 0.25);
    panel_set(&panel, 0, param_number(0.5));
    reload(edited()); /* has neither */
    reload(look(true));
    assert_true(panel.values[0].number == 0.5 && panel.values[1].number == 1.5);
    panel_set(&panel, 1, param_number(1)); /* the default, which is no change */
    reload(look(false));
    reload(look(true));
    assert_true(panel.values[1].number == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_PANEL(values_are_kept_by_name),
        IN_PANEL(what_was_the_default_follows_it),
        IN_PANEL(what_does_not_fit_becomes_the_default),
        IN_PANEL(whole_numbers_stay_whole),
        IN_PANEL(a_held_slider_stays_held),
        IN_PANEL(an_open_field_goes_with_its_parameter),
        IN_PANEL(the_name_of_a_preset_is_typed_on),
        IN_PANEL(an_open_list_stays_while_its_words_do),
        IN_PANEL(a_script_may_lose_all_parameters),
        IN_PANEL(a_look_between_makes_nothing_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
