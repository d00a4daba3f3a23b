/* A curve in the panel: laid out, dragged, and moved by keys, without a display. */
#include "cm.h"

#include <math.h>

#include "panel_probe.h"
#include "viewer/params.h"

enum { TONES = 1 }; /* of params_grouped */

static void open_at(double at_scale, int width)
{
    panel_probe_open(params_grouped(), at_scale, width, 900);
    panel_probe_pass();
}

static const char *text(void)
{
    return param_text_of(panel.values[TONES]);
}

static int count(void)
{
    ParamPoint points[PARAM_POINTS];
    return param_points(text(), points);
}

/* The mouse at (x, y) of the curve, in 0 to 1. */
static void point_in(double x, double y)
{
    Rect unit = rect_inset(probe_place(&ui, "tones"), ui_px(&ui, 8));
    ui.in.x = unit.x + (int)lround(x * unit.w);
    ui.in.y = unit.y + (int)lround((1 - y) * unit.h);
    ui.in.moved = true;
}

static void drag(double x, double y, double to_x, double to_y)
{
    point_in(x, y);
    panel_probe_press(true, 1);
    point_in(to_x, to_y);
    panel_probe_pass();
    panel_probe_press(false, 1);
}

static bool key(SDL_Keycode code, int modifiers)
{
    return panel_key(&panel, (SDL_Keysym){.sym = code, .mod = (Uint16)modifiers});
}

static void a_curve_is_a_square_inside_the_panel(void **state)
{
    (void)state;
    for (size_t s = 0; s < sizeof PROBE_SCALES / sizeof *PROBE_SCALES; s++)
        for (int width = 200; width <= 400; width += 100) {
            open_at(PROBE_SCALES[s], width);
            Rect plot = probe_place(&ui, "tones");
            assert_int_equal(plot.w, plot.h);
            assert_true(layout_is_inside(plot, area));
            layout_expect_inside(&ui, area);
            layout_expect_apart(&ui, DRAW_PLACE, 0);
            assert_int_equal(probe_count_of(&ui, DRAW_CURVE, text()), 1);
            panel_probe_close();
        }
}

static void a_point_is_dragged(void **state)
{
    (void)state;
    for (size_t s = 0; s < sizeof PROBE_SCALES / sizeof *PROBE_SCALES; s++) {
        open_at(PROBE_SCALES[s], 300);
        drag(0.5, 0.6, 0.6, 0.3);
        ParamPoint points[PARAM_POINTS];
        assert_int_equal(param_points(text(), points), 5);
        assert_true(fabs(points[2].x - 0.6) < 0.01 && fabs(points[2].y - 0.3) < 0.01);
        assert_true(panel.changed);
        assert_int_equal(panel.focus, TONES);
        drag(points[2].x, points[2].y, 0.1, 0.5); /* no farther than its neighbour */
        param_points(text(), points);
        assert_true(points[2].x > points[1].x && points[2].x < points[1].x + 0.002);
        panel_probe_close();
    }
}

static ParamPoint point_of(int index)
{
    ParamPoint points[PARAM_POINTS];
    assert_true(index < param_points(text(), points));
    return points[index];
}

static void a_drag_with_ctrl_goes_a_tenth_of_the_way(void **state)
{
    (void)state;
    open_at(1, 400);
    ui.in.fine = true;
    drag(0.5, 0.6, 0.7, 0.2);
    ParamPoint point = point_of(2);
    assert_true(fabs(point.x - 0.52) < 0.006 && fabs(point.y - 0.56) < 0.006);
    panel_probe_close();
}

static void a_drag_with_shift_goes_in_coarse_steps(void **state)
{
    (void)state;
    open_at(1, 400);
    ui.in.coarse = true;
    drag(0.5, 0.6, 0.62, 0.27);
    assert_true(point_of(2).x == 0.6 && point_of(2).y == 0.3);
    panel_probe_close();
}

static void roll_at(double x, double y, float steps)
{
    point_in(x, y);
    ui.in.wheel = steps;
    panel_probe_pass();
}

static void the_wheel_moves_a_point(void **state)
{
    (void)state;
    open_at(1, 400);
    roll_at(0.5, 0.6, 2); /* below the mouse */
    assert_true(point_of(2).y == 0.62);
    ui.in.fine = true;
    roll_at(0.1, 0.9, -3); /* selected now */
    assert_true(point_of(2).y == 0.617 && point_of(2).x == 0.5);
    ui.in.fine = false;
    ui.in.coarse = true;
    roll_at(0.1, 0.9, -1);
    assert_true(point_of(2).y == 0.517);
    panel_probe_close();
}

static void a_press_alone_moves_nothing(void **state)
{
    (void)state;
    open_at(1, 300);
    drag(0.51, 0.61, 0.51, 0.61);
    assert_true(panel_is_default(&panel));
    panel_probe_close();
}

static void a_click_adds_a_point_and_a_drag_out_removes_it(void **state)
{
    (void)state;
    open_at(1, 300);
    drag(0.4, 0.9, 0.4, 0.9);
    assert_int_equal(count(), 6);
    point_in(0.4, 0.9);
    panel_probe_press(true, 1);
    point_in(0.4, 1.5);
    panel_probe_pass();
    assert_int_equal(count(), 5);
    point_in(0.4, 0.8); /* it comes back with the mouse */
    panel_probe_pass();
    assert_int_equal(count(), 6);
    point_in(1.5, 0.8);
    panel_probe_pass();
    panel_probe_press(false, 1);
    assert_true(panel_is_default(&panel));
    panel_probe_close();
}

static void the_right_button_removes_a_point(void **state)
{
    (void)state;
    open_at(1, 300);
    for (int left = 5; left > 1; left--) {
        assert_int_equal(count(), left);
        ParamPoint points[PARAM_POINTS];
        param_points(text(), points);
        point_in(points[0].x, points[0].y);
        ui.in.second = true;
        panel_probe_pass();
    }
    assert_int_equal(count(), 2); /* which stay */
    point_in(0.1, 0.9);
    ui.in.second = true;
    panel_probe_pass();
    assert_int_equal(count(), 2);
    panel_probe_close();
}

static void a_double_click_resets_the_curve(void **state)
{
    (void)state;
    open_at(1, 300);
    drag(0.5, 0.6, 0.6, 0.3);
    point_in(0.3, 0.9);
    panel_probe_press(true, 1);
    panel_probe_press(false, 1);
    assert_int_equal(count(), 6);
    panel_probe_press(true, 2);
    panel_probe_press(false, 2);
    assert_true(panel_is_default(&panel));
    panel_probe_close();
}

static void keys_choose_a_point_and_move_it(void **state)
{
    (void)state;
    open_at(1, 300);
    panel.focus = TONES;
    assert_false(key(SDLK_UP, 0)); /* no point is selected: to another parameter */
    panel_act(&panel, ACTION_CYCLE, PACE_STEP);
    panel_act(&panel, ACTION_CYCLE, PACE_STEP);
    assert_true(key(SDLK_RIGHT, 0) && key(SDLK_UP, KMOD_SHIFT));
    assert_string_equal(text(), "0,0 0.26,0.4 0.5,0.6 0.75,0.8 1,1");
    panel_probe_pass();
    assert_non_null(probe_find(&ui, DRAW_TEXT, "0.26, 0.4"));
    assert_true(key(SDLK_LEFT, KMOD_SHIFT) && key(SDLK_DOWN, 0));
    assert_string_equal(text(), "0,0 0.16,0.39 0.5,0.6 0.75,0.8 1,1");
    assert_true(key(SDLK_LEFT, KMOD_LCTRL) && key(SDLK_UP, KMOD_RCTRL));
    assert_string_equal(text(), "0,0 0.159,0.391 0.5,0.6 0.75,0.8 1,1");
    assert_false(key(SDLK_DELETE, KMOD_LCTRL));
    assert_true(key(SDLK_DELETE, 0));
    assert_string_equal(text(), "0,0 0.5,0.6 0.75,0.8 1,1");
    assert_true(key(SDLK_INSERT, 0)); /* between that one and the next */
    assert_int_equal(count(), 5);
    assert_int_equal(panel.hold.point, 2);
    assert_true(key(SDLK_ESCAPE, 0));
    assert_false(key(SDLK_ESCAPE, 0));
    for (int i = 0; i < 6; i++) /* the last one's next is none */
        panel_act(&panel, ACTION_CYCLE, PACE_STEP);
    assert_int_equal(panel.hold.param, -1);
    panel_probe_close();
}

static void a_point_is_selected_only_where_the_keyboard_is(void **state)
{
    (void)state;
    open_at(1, 300);
    panel.focus = TONES;
    panel_act(&panel, ACTION_CYCLE, PACE_STEP);
    panel_act(&panel, ACTION_FOCUS_DOWN, PACE_STEP);
    assert_false(key(SDLK_LEFT, 0));
    panel_act(&panel, ACTION_FOCUS_UP, PACE_STEP);
    assert_false(key(SDLK_LEFT, 0));
    drag(0.5, 0.6, 0.5, 0.6);
    assert_int_equal(panel.hold.param, TONES);
    panel_probe_click("gain", 0.5, 1);
    assert_false(key(SDLK_LEFT, 0));
    assert_int_equal(panel.hold.param, -1); /* no ring is left */
    panel_probe_close();
}

static void the_wheel_scrolls_over_a_curve_that_has_the_keyboard(void **state)
{
    (void)state;
    panel_probe_open(params_grouped(), 1, 300, 300);
    panel.focus = TONES;
    panel.reveal = true;
    panel_probe_pass();
    int before = panel.scroll;
    panel_probe_point_at("tones", 0.5);
    ui.in.wheel = -1;
    panel_probe_pass();
    assert_true(panel.scroll > before);
    assert_true(panel_is_default(&panel));
    panel_probe_close();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_curve_is_a_square_inside_the_panel),
        cmocka_unit_test(a_point_is_dragged),
        cmocka_unit_test(a_drag_with_ctrl_goes_a_tenth_of_the_way),
        cmocka_unit_test(a_drag_with_shift_goes_in_coarse_steps),
        cmocka_unit_test(the_wheel_moves_a_point),
        cmocka_unit_test(a_press_alone_moves_nothing),
        cmocka_unit_test(a_click_adds_a_point_and_a_drag_out_removes_it),
        cmocka_unit_test(the_right_button_removes_a_point),
        cmocka_unit_test(a_double_click_resets_the_curve),
        cmocka_unit_test(keys_choose_a_point_and_move_it),
        cmocka_unit_test(a_point_is_selected_only_where_the_keyboard_is),
        cmocka_unit_test(the_wheel_scrolls_over_a_curve_that_has_the_keyboard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
