/* The panel's rows, menu and number field: laid out and felt, without a display. */
#include "cm.h"

#include "panel_probe.h"
#include "viewer/params.h"

static int first_row(void)
{
    for (int i = 0; i < panel.set->count; i++)
        if (probe_find(&ui, DRAW_PLACE, panel_param(&panel, i)->name))
            return i;
    return -1;
}

static void rows_lie_below_each_other(void **state)
{
    (void)state;
    for (size_t s = 0; s < sizeof PROBE_SCALES / sizeof *PROBE_SCALES; s++) {
        panel_probe_open(params_mixed(), PROBE_SCALES[s], 300, 400);
        panel_probe_pass();
        layout_expect_inside(&ui, area);
        layout_expect_apart(&ui, DRAW_TEXT, 0);
        layout_expect_apart(&ui, DRAW_PLACE, 0);
        int end = 0;
        for (int i = 0; i < panel.set->count; i++) {
            Rect row = probe_place(&ui, panel_param(&panel, i)->name);
            assert_true(row.y >= end);
            end = row.y + row.h;
        }
        panel_probe_close();
    }
}

static void a_heading_stands_above_each_group(void **state)
{
    (void)state;
    for (size_t s = 0; s < sizeof PROBE_SCALES / sizeof *PROBE_SCALES; s++) {
        panel_probe_open(params_grouped(), PROBE_SCALES[s], 300, 900);
        panel_probe_pass();
        layout_expect_inside(&ui, area);
        layout_expect_apart(&ui, DRAW_TEXT, 0);
        layout_expect_apart(&ui, DRAW_PLACE, 0);
        static const char *const order[] = {"gain", "group:Tone",   "tones",
                                            "knee", "group:Colour", "tint",
                                            "film", "negative"};
        int end = 0;
        for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
            Rect place = probe_place(&ui, order[i]);
            assert_true(place.y >= end);
            end = place.y + place.h;
        }
        assert_int_equal(probe_count_of(&ui, DRAW_PLACE, "group:"), 3);
        panel_probe_close();
    }
}

static void a_first_row_is_scrolled_into_sight_with_its_heading(void **state)
{
    (void)state;
    panel_probe_open(params_grouped(), 1, 300, 200);
    panel_act(&panel, ACTION_FOCUS_UP, PACE_STEP); /* the last: "table" */
    panel_probe_pass();
    assert_true(layout_is_inside(probe_place(&ui, "table"), area));
    for (int i = 0; i < 3; i++)
        panel_act(&panel, ACTION_FOCUS_UP, PACE_STEP);
    panel_probe_pass();
    assert_true(layout_is_inside(probe_place(&ui, "tint"), area));
    assert_true(layout_is_inside(probe_place(&ui, "group:Colour"), area));
    panel_probe_close();
}

static void the_row_below_the_mouse_is_known(void **state)
{
    (void)state;
    panel_probe_open(params_grouped(), 1, 300, 900);
    panel_probe_pass();
    assert_int_equal(panel.hover, -1);
    panel_probe_point_at("gain", 0.5);
    panel_probe_pass();
    assert_string_equal(panel_param(&panel, panel.hover)->name, "gain");
    panel_probe_point_at("group:Tone", 0.5);
    panel_probe_pass();
    assert_int_equal(panel.hover, -1);
    panel_probe_point_at("gain", 0.5);
    ui.in.x = ui.in.y = -1; /* the mouse has left the window */
    panel_probe_pass();
    assert_int_equal(panel.hover, -1);
    panel_probe_close();
}

static void every_text_can_be_typed(void **state)
{
    (void)state;
    static const char *const typed[][3] = {{"number:tones", "0,0.5 1,1", "0,0.5 1,1"},
                                           {"number:tint", "#00FF00", "#00ff00"},
                                           {"table", "/dev/null", "/dev/null"}};
    panel_probe_open(params_grouped(), 1, 300, 900);
    panel_probe_pass();
    for (int i = 0; i < 3; i++) {
        const char *name = strrchr(typed[i][0], ':');
        int index = param_find(panel.set, name ? name + 1 : typed[i][0]);
        if (name)
            panel_probe_click(typed[i][0], 0.5, 1);
        panel.focus = index;
        if (!name)
            panel_act(&panel, ACTION_EDIT, PACE_STEP);
        assert_true(number_field_is_open(&panel.field));
        if (name) { /* whether there is such a file is not asked here */
            panel_type(&panel, "nonsense");
            panel_key(&panel, (SDL_Keysym){.sym = SDLK_RETURN});
            panel_probe_pass();
            assert_true(layout_is_inside(probe_place(&ui, "why"), area));
        }
        panel_key(&panel, (SDL_Keysym){.sym = SDLK_a, .mod = KMOD_CTRL});
        panel_type(&panel, typed[i][1]);
        panel_key(&panel, (SDL_Keysym){.sym = SDLK_RETURN});
        assert_string_equal(param_text_of(panel.values[index]), typed[i][2]);
        panel_nudge(&panel, index, 1, PACE_STEP); /* the arrow keys leave it alone */
        assert_string_equal(param_text_of(panel.values[index]), typed[i][2]);
    }
    panel_probe_pass();
    assert_non_null(probe_find(&ui, DRAW_TEXT, "null"));
    panel_act(&panel, ACTION_RESET_ALL, PACE_STEP);
    assert_true(panel_is_default(&panel));
    panel_probe_close();
}

static void a_long_label_gives_way_to_a_short_value(void **state)
{
    (void)state;
    ParamSet *set = params_mixed();
    panel_probe_open(set, 1, 300, 400);
    panel_set(&panel, 3, param_number(0));
    panel_probe_pass();
    const DrawCommand *value = probe_find(&ui, DRAW_TEXT, "0 parts of it");
    const DrawCommand *label = probe_find(&ui, DRAW_TEXT, "a_rather_long_…");
    assert_non_null(value);
    assert_non_null(label);
    int gap = value->rect.x - label->rect.x - label->rect.w;
    assert_in_range(gap, 8, 8 + 8); /* all the room before the value is used */
    panel_probe_close();
}

static void a_list_that_is_too_long_scrolls_to_the_keyboard(void **state)
{
    (void)state;
    panel_probe_open(params_many(12), 1, 300, 300);
    panel_probe_pass();
    assert_int_equal(first_row(), 0);
    assert_null(probe_find(&ui, DRAW_PLACE, "p12"));
    panel_act(&panel, ACTION_FOCUS_UP, PACE_STEP); /* round to the last */
    panel_probe_pass();
    Rect last = probe_place(&ui, "p12");
    assert_true(layout_is_inside(last, area));
    layout_expect_inside(&ui, area);
    panel_act(&panel, ACTION_FOCUS_DOWN, PACE_STEP);
    panel_probe_pass();
    assert_int_equal(panel.scroll, 0);
    panel_probe_close();
}

static void the_wheel_scrolls_a_long_list(void **state)
{
    (void)state;
    panel_probe_open(params_many(12), 1, 300, 300);
    panel_probe_pass();
    panel_probe_point_at("p3", 0.5);
    ui.in.wheel = -2;
    panel_probe_pass();
    assert_int_equal(panel.scroll, 2 * 48);
    assert_true(panel_is_default(&panel));
    ui.in.wheel = -100;
    panel_probe_pass();
    panel_probe_pass();
    assert_true(layout_is_inside(probe_place(&ui, "p12"), area));
    assert_int_equal(panel.scroll, 12 * 48 - area.h);
    panel_probe_close();
}

/* The scroll bar is drawn last. */
static Rect last_box(void)
{
    const DrawCommand *command = &ui.list.commands[ui.list.count - 1];
    assert_int_equal(command->kind, DRAW_BOX);
    return command->rect;
}

static void a_bar_shows_which_part_is_seen(void **state)
{
    (void)state;
    panel_probe_open(params_many(12), 1, 300, 300);
    panel_probe_pass();
    Rect top = last_box();
    assert_int_equal(top.y, area.y);
    assert_int_equal(top.h, area.h * area.h / (12 * 48));
    panel_act(&panel, ACTION_FOCUS_UP, PACE_STEP);
    panel_probe_pass();
    Rect end = last_box();
    assert_in_range(area.y + area.h - end.y - end.h, 0, 1);
    assert_true(layout_is_inside(end, area));
    panel_probe_close();
}

static void the_wheel_over_a_slider_changes_it(void **state)
{
    (void)state;
    panel_probe_open(params_many(2), 1, 300, 300);
    panel_probe_pass();
    panel_probe_point_at("p2", 0.5);
    ui.in.wheel = 3;
    panel_probe_pass();
    assert_true(panel.values[1].number == 0.03 && panel.values[0].number == 0);
    panel_probe_close();
}

static void a_slider_is_dragged_from_where_it_is_taken(void **state)
{
    (void)state;
    panel_probe_open(params_many(2), 1, 300, 300);
    panel_probe_pass();
    panel_probe_point_at("p2", 0.5); /* the knob */
    ui.in.x += 3;
    panel_probe_press(true, 1);
    assert_true(panel.values[1].number == 0);
    assert_int_equal(panel.focus, 1);
    ui.in.x += 50;
    panel_probe_pass();
    double moved = panel.values[1].number;
    assert_true(moved > 0.3 && moved < 0.5);
    ui.in.y += 200; /* anywhere, as long as the button is down */
    ui.in.x += 1000;
    panel_probe_pass();
    assert_true(panel.values[1].number == 1);
    panel_probe_press(false, 1);
    ui.in.x -= 500;
    panel_probe_pass();
    assert_true(panel.values[1].number == 1);
    panel_probe_close();
}

static void a_double_click_on_a_slider_resets_it(void **state)
{
    (void)state;
    panel_probe_open(params_many(2), 1, 300, 300);
    panel_probe_pass();
    panel_probe_click("p2", 0.9, 1);
    assert_true(panel.values[1].number > 0.7); /* a press on the track jumps there */
    panel_probe_click("p2", 0.9, 2);
    assert_true(panel.values[1].number == 0);
    panel_probe_close();
}

static void clicks_on_a_number_and_its_slider_do_not_reset_it(void **state)
{
    (void)state;
    panel_probe_open(params_many(2), 1, 300, 300);
    panel_set(&panel, 1, param_number(-0.5));
    panel_probe_pass();
    panel_probe_click("number:p2", 0.5, 1);
    assert_true(number_field_is_open(&panel.field));
    panel_probe_click("p2", 0.9, 2);
    assert_true(panel.values[1].number > 0.7);
    assert_false(number_field_is_open(&panel.field));
    panel_probe_close();
}

static void a_wrong_number_says_why_inside_the_panel(void **state)
{
    (void)state;
    for (size_t s = 0; s < sizeof PROBE_SCALES / sizeof *PROBE_SCALES; s++) {
        panel_probe_open(params_many(4), PROBE_SCALES[s], 300, 240);
        for (int i = 0; i < 4; i++) { /* the last one's bubble is above it */
            panel.focus = i;
            panel_act(&panel, ACTION_EDIT, PACE_STEP);
            panel_type(&panel, "9");
            panel_key(&panel, (SDL_Keysym){.sym = SDLK_RETURN});
            panel_probe_pass();
            Rect why = probe_place(&ui, "why");
            assert_true(layout_is_inside(why, area));
            assert_true(rect_is_empty(rect_common(why, panel.field.box)));
            Rect slider = probe_place(&ui, panel_param(&panel, i)->name);
            assert_true(rect_is_empty(rect_common(why, slider)));
            number_field_end(&panel.field);
        }
        panel_probe_close();
    }
}

/* The lines that were drawn over the knob of the only slider. */
static int marks_over_the_knob(void)
{
    int marks = 0;
    bool knob = false;
    for (int i = 0; i < ui.list.count; i++) {
        const DrawCommand *command = &ui.list.commands[i];
        knob = knob || command->kind == DRAW_SHAPE;
        marks += knob && command->kind == DRAW_BOX && command->rect.w == 1;
    }
    return marks;
}

static void a_knob_at_its_default_shows_the_mark(void **state)
{
    (void)state;
    panel_probe_open(params_many(1), 1, 300, 240);
    panel_probe_pass();
    assert_int_equal(marks_over_the_knob(), 1);
    panel_set(&panel, 0, param_number(0.5)); /* now it is seen beside the knob */
    panel_probe_pass();
    assert_int_equal(marks_over_the_knob(), 0);
    panel_probe_close();
}

static void what_has_no_effect_is_passed_by(void **state)
{
    (void)state;
    panel_probe_open(params_needing(), 1, 300, 400);
    panel_probe_pass();
    panel_probe_click("cut", 0.9, 1);
    assert_true(panel_is_default(&panel));
    assert_int_equal(panel.focus, 0);
    panel_act(&panel, ACTION_FOCUS_DOWN, PACE_STEP);
    panel_act(&panel, ACTION_FOCUS_DOWN, PACE_STEP); /* round, past the two */
    assert_int_equal(panel.focus, 0);
    panel_set(&panel, 0, param_number(1));
    panel_probe_pass();
    panel_probe_click("cut", 0.9, 1);
    assert_true(panel.values[2].number > 0.7);
    panel_probe_close();
}

static void a_group_folds_by_mouse_and_keyboard(void **state)
{
    (void)state;
    panel_probe_open(params_grouped(), 1, 300, 900);
    panel_probe_pass();
    panel_probe_click("group:Tone", 0.5, 1);
    assert_null(probe_find(&ui, DRAW_PLACE, "tones"));
    assert_null(probe_find(&ui, DRAW_PLACE, "knee"));
    assert_non_null(probe_find(&ui, DRAW_PLACE, "tint"));
    panel.focus = 0;
    panel_act(&panel, ACTION_FOCUS_DOWN, PACE_STEP);
    assert_int_equal(panel.focus, 1); /* the heading */
    panel_act(&panel, ACTION_RESET, PACE_STEP);
    panel_act(&panel, ACTION_FOCUS_DOWN, PACE_STEP);
    assert_int_equal(panel.focus, 3); /* past "knee" */
    panel_act(&panel, ACTION_FOCUS_UP, PACE_STEP);
    panel_act(&panel, ACTION_EDIT, PACE_STEP);
    panel_probe_pass();
    assert_non_null(probe_find(&ui, DRAW_PLACE, "knee"));
    panel.focus = 4;
    panel_act(&panel, ACTION_FOLD, PACE_STEP);
    panel_probe_pass();
    assert_int_equal(panel.focus, 3);
    assert_null(probe_find(&ui, DRAW_PLACE, "film"));
    assert_true(panel_is_default(&panel));
    ParamSet *again = params_grouped();
    panel_reload(&panel, &ui, again); /* kept by name */
    param_set_unref(&again);
    panel_probe_pass();
    assert_null(probe_find(&ui, DRAW_PLACE, "film"));
    panel_probe_close();
}

static void a_menu_lies_inside_and_is_chosen_from(void **state)
{
    (void)state;
    for (size_t s = 0; s < sizeof PROBE_SCALES / sizeof *PROBE_SCALES; s++)
        for (int height = 140; height <= 400; height += 130) {
            panel_probe_open(params_mixed(), PROBE_SCALES[s], 300, height);
            panel.focus = 1;
            panel.reveal = true;
            panel_probe_pass();
            panel_probe_click("tint", 0.5, 1);
            assert_true(menu_is_open(&panel.menu));
            assert_true(layout_is_inside(probe_place(&ui, "choice:none"), area));
            layout_expect_inside(&ui, window);
            panel_probe_click("choice:none", 0.5, 1);
            assert_false(menu_is_open(&panel.menu));
            panel_probe_close();
        }
}

static void a_press_beside_the_menu_only_closes_it(void **state)
{
    (void)state;
    panel_probe_open(params_mixed(), 1, 300, 400);
    panel_probe_pass();
    panel_probe_click("tint", 0.5, 1);
    panel_probe_click("strength", 0.9, 1);
    assert_false(menu_is_open(&panel.menu));
    assert_true(panel_is_default(&panel));
    panel_probe_close();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_lie_below_each_other),
        cmocka_unit_test(a_heading_stands_above_each_group),
        cmocka_unit_test(a_first_row_is_scrolled_into_sight_with_its_heading),
        cmocka_unit_test(the_row_below_the_mouse_is_known),
        cmocka_unit_test(every_text_can_be_typed),
        cmocka_unit_test(a_long_label_gives_way_to_a_short_value),
        cmocka_unit_test(a_list_that_is_too_long_scrolls_to_the_keyboard),
        cmocka_unit_test(the_wheel_scrolls_a_long_list),
        cmocka_unit_test(a_bar_shows_which_part_is_seen),
        cmocka_unit_test(the_wheel_over_a_slider_changes_it),
        cmocka_unit_test(a_slider_is_dragged_from_where_it_is_taken),
        cmocka_unit_test(a_double_click_on_a_slider_resets_it),
        cmocka_unit_test(clicks_on_a_number_and_its_slider_do_not_reset_it),
        cmocka_unit_test(a_wrong_number_says_why_inside_the_panel),
        cmocka_unit_test(a_knob_at_its_default_shows_the_mark),
        cmocka_unit_test(what_has_no_effect_is_passed_by),
        cmocka_unit_test(a_group_folds_by_mouse_and_keyboard),
        cmocka_unit_test(a_menu_lies_inside_and_is_chosen_from),
        cmocka_unit_test(a_press_beside_the_menu_only_closes_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
