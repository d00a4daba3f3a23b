/* The panel's values and the keyboard, without a window. */
#include "cm.h"

#include <string.h>

#include "viewer/panel/panel.h"
#include "viewer/params.h"

enum { STRENGTH, TINT, NEGATIVE, LONG }; /* of params_mixed */

static Panel panel;

static int start(void **state)
{
    (void)state;
    ParamSet *set = params_mixed();
    panel_init(&panel, set, param_defaults(set));
    param_set_unref(&set);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    panel_term(&panel);
    return 0;
}

static bool key(SDL_Keycode code, int modifiers)
{
    return panel_key(&panel, (SDL_Keysym){.sym = code, .mod = (Uint16)modifiers});
}

static void arrows_change_the_value_that_has_the_keyboard(void **state)
{
    (void)state;
    panel_act(&panel, ACTION_MORE, PACE_STEP);
    assert_true(panel.values[STRENGTH].number == 0.51 && panel.changed);
    panel_act(&panel, ACTION_LESS, PACE_COARSE);
    assert_true(panel.values[STRENGTH].number == 0.41);
    assert_false(panel_is_default(&panel));
    panel_act(&panel, ACTION_RESET, PACE_STEP);
    assert_true(panel_is_default(&panel));
    panel.changed = false;
    panel_act(&panel, ACTION_RESET, PACE_STEP); /* it is the default already */
    assert_false(panel.changed);
}

static void the_keyboard_goes_round(void **state)
{
    (void)state;
    panel_act(&panel, ACTION_FOCUS_UP, PACE_STEP);
    assert_int_equal(panel.focus, LONG);
    assert_true(panel.reveal);
    panel_act(&panel, ACTION_FOCUS_DOWN, PACE_STEP);
    panel_act(&panel, ACTION_FOCUS_DOWN, PACE_STEP);
    assert_int_equal(panel.focus, TINT);
}

static void all_go_back_to_their_defaults(void **state)
{
    (void)state;
    panel_set(&panel, STRENGTH, param_number(1));
    panel_set(&panel, TINT, param_number(2));
    panel_set(&panel, NEGATIVE, param_number(1));
    panel_act(&panel, ACTION_RESET_ALL, PACE_STEP);
    assert_true(panel_is_default(&panel));
}

static void space_goes_to_the_next_choice_but_moves_no_slider(void **state)
{
    (void)state;
    panel_act(&panel, ACTION_CYCLE, PACE_STEP);
    assert_true(panel_is_default(&panel));
    panel.focus = TINT;
    for (int i = 1; i <= 4; i++) {
        panel_act(&panel, ACTION_CYCLE, PACE_STEP);
        assert_int_equal((int)panel.values[TINT].number, i % 4);
    }
    panel.focus = NEGATIVE;
    panel_act(&panel, ACTION_CYCLE, PACE_STEP);
    assert_true(panel.values[NEGATIVE].number == 1);
}

static void a_value_is_typed_and_taken(void **state)
{
    (void)state;
    panel_type(&panel, "9"); /* nobody types yet */
    assert_false(key(SDLK_RETURN, 0));
    panel_act(&panel, ACTION_EDIT, PACE_STEP);
    assert_true(number_field_is_open(&panel.field));
    assert_string_equal(panel.field.text, "0.5");
    panel_type(&panel, "0.25"); /* in place of the old one, which is selected */
    assert_true(key(SDLK_RETURN, 0));
    assert_true(panel.values[STRENGTH].number == 0.25 && panel.changed);
    assert_false(number_field_is_open(&panel.field));
}

static void a_text_that_is_no_value_stays_until_it_is_given_up(void **state)
{
    (void)state;
    panel_act(&panel, ACTION_EDIT, PACE_STEP);
    panel_type(&panel, "9");
    key(SDLK_RETURN, 0);
    assert_true(number_field_is_open(&panel.field));
    assert_string_equal(panel.field.why, "9 is outside its range: 0 to 1");
    key(SDLK_TAB, 0); /* nor does this go on to the next */
    assert_int_equal(panel.focus, STRENGTH);
    key(SDLK_LEFT, 0);
    assert_string_equal(panel.field.why, ""); /* it is being mended */
    key(SDLK_ESCAPE, 0);
    assert_false(number_field_is_open(&panel.field));
    assert_true(panel_is_default(&panel));
}

static void tab_takes_the_value_and_opens_the_next_field(void **state)
{
    (void)state;
    panel_act(&panel, ACTION_EDIT, PACE_STEP);
    panel_type(&panel, "1");
    key(SDLK_TAB, 0);
    assert_true(panel.values[STRENGTH].number == 1);
    assert_int_equal(panel.focus, LONG); /* the next one that is typed */
    assert_true(panel.reveal);
    assert_string_equal(panel.field.text, "12345.5");
    panel_type(&panel, "7");
    key(SDLK_TAB, KMOD_LSHIFT);
    assert_true(panel.values[LONG].number == 7);
    assert_int_equal(panel.field.param, STRENGTH);
}

static void leaving_the_field_takes_a_value_or_tells_that_it_is_none(void **state)
{
    (void)state;
    panel_leave_field(&panel); /* it is not open */
    panel_act(&panel, ACTION_EDIT, PACE_STEP);
    panel_type(&panel, "0.75");
    panel_leave_field(&panel);
    panel_act(&panel, ACTION_EDIT, PACE_STEP);
    panel_type(&panel, "nine");
    assert_string_equal(panel.told, "");
    panel_leave_field(&panel);
    assert_true(panel.values[STRENGTH].number == 0.75);
    assert_false(number_field_is_open(&panel.field));
    assert_string_equal(panel.told, "strength stays: nine is not a number (0 to 1)");
}

static void the_field_is_edited_by_characters(void **state)
{
    (void)state;
    NumberField *field = &panel.field;
    panel_act(&panel, ACTION_EDIT, PACE_STEP);
    panel_type(&panel, "1µ2");
    key(SDLK_LEFT, 0);
    key(SDLK_BACKSPACE, 0); /* both bytes of the letter */
    assert_string_equal(field->text, "12");
    key(SDLK_HOME, 0);
    key(SDLK_DELETE, 0);
    panel_type(&panel, "3\n4\t"); /* one line of what was pasted */
    assert_string_equal(field->text, "32");
    key(SDLK_END, 0);
    key(SDLK_DELETE, 0);
    assert_string_equal(field->text, "32");
    key(SDLK_a, KMOD_CTRL);
    key(SDLK_BACKSPACE, 0);
    assert_string_equal(field->text, "");
    for (int i = 0; i < FIELD_TEXT; i++)
        panel_type(&panel, "µ");
    assert_in_range(strlen(field->text), sizeof field->text - 3,
                    sizeof field->text - 1);
}

static void a_menu_is_used_by_keys(void **state)
{
    (void)state;
    panel.focus = TINT;
    panel_act(&panel, ACTION_EDIT, PACE_STEP);
    panel.menu.rows = 2; /* as its first pass would find */
    assert_true(menu_is_open(&panel.menu));
    assert_true(key(SDLK_DOWN, 0) && key(SDLK_DOWN, 0));
    assert_int_equal(panel.menu.first, 1); /* scrolled into sight */
    key(SDLK_RETURN, 0);
    assert_false(menu_is_open(&panel.menu));
    assert_true(panel.values[TINT].number == 2);
    panel_act(&panel, ACTION_EDIT, PACE_STEP);
    panel.menu.rows = 2;
    key(SDLK_r, 0); /* the next that starts with it */
    assert_int_equal(panel.menu.current, 1);
    key(SDLK_ESCAPE, 0);
    assert_false(menu_is_open(&panel.menu));
    assert_true(panel.values[TINT].number == 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(arrows_change_the_value_that_has_the_keyboard,
                                        start, finish),
        cmocka_unit_test_setup_teardown(the_keyboard_goes_round, start, finish),
        cmocka_unit_test_setup_teardown(all_go_back_to_their_defaults, start, finish),
        cmocka_unit_test_setup_teardown(
            space_goes_to_the_next_choice_but_moves_no_slider, start, finish),
        cmocka_unit_test_setup_teardown(a_value_is_typed_and_taken, start, finish),
        cmocka_unit_test_setup_teardown(
            a_text_that_is_no_value_stays_until_it_is_given_up, start, finish),
        cmocka_unit_test_setup_teardown(tab_takes_the_value_and_opens_the_next_field,
                                        start, finish),
        cmocka_unit_test_setup_teardown(
            leaving_the_field_takes_a_value_or_tells_that_it_is_none, start, finish),
        cmocka_unit_test_setup_teardown(the_field_is_edited_by_characters, start,
                                        finish),
        cmocka_unit_test_setup_teardown(a_menu_is_used_by_keys, start, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
