/* A pass over widgets: who feels the mouse, and what is recorded. */
#include "cm.h"

#include "layout.h"

static const double SCALE = 1;
static const Rect WINDOW = {0, 0, 640, 480};
static const Rect BOX = {10, 10, 100, 20}, BELOW = {10, 30, 100, 20};
enum { ONE = UI_ID(1, 0), OTHER = UI_ID(1, 1) };

static Ui ui;

static int start(void **state)
{
    (void)state;
    probe_init(&ui, &SCALE);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    ui_term(&ui);
    return 0;
}

static void point_at(Rect rect)
{
    ui.in.x = rect.x + rect.w / 2;
    ui.in.y = rect.y + rect.h / 2;
}

/* The mouse's button goes down over BOX (ONE) or BELOW (OTHER), as the `clicks`th press
 * in a row, and up again. True: that made a double click. */
static bool strike(Rect rect, int clicks)
{
    bool twice = false;
    point_at(rect);
    for (int pressed = 1; pressed >= 0; pressed--) {
        ui.in.down = ui.in.pressed = pressed;
        ui.in.released = !pressed;
        ui.in.clicks = clicks;
        ui_begin(&ui, WINDOW, false);
        if (ui_press(&ui, ONE, BOX) || ui_press(&ui, OTHER, BELOW))
            twice = ui_is_double(&ui);
        ui_end(&ui);
    }
    return twice;
}

static void two_clicks_on_a_widget_are_a_double_click(void **state)
{
    (void)state;
    assert_false(strike(BOX, 1));
    assert_true(strike(BOX, 2));
    assert_false(strike(BOX, 3)); /* the first of another one */
    assert_true(strike(BOX, 4));
    assert_false(strike(BOX, 1)); /* later */
    assert_false(strike(BOX, 1));
}

static void clicks_on_two_widgets_are_none(void **state)
{
    (void)state;
    assert_false(strike(BOX, 1));
    assert_false(strike(BELOW, 2));
    assert_true(strike(BELOW, 3)); /* the second on this one */
    assert_false(strike(BOX, 4));
}

static void a_click_beside_all_widgets_comes_between(void **state)
{
    (void)state;
    assert_false(strike(BOX, 1));
    assert_false(strike((Rect){200, 200, 1, 1}, 2));
    assert_false(strike(BOX, 3));
}

static void the_widget_that_is_held_has_the_mouse(void **state)
{
    (void)state;
    point_at(BOX);
    ui.in.down = ui.in.pressed = true;
    ui_begin(&ui, WINDOW, false);
    assert_true(ui_press(&ui, ONE, BOX));
    ui_end(&ui);
    ui.in.pressed = false;
    point_at(BELOW);
    ui_begin(&ui, WINDOW, false);
    assert_false(ui_over(&ui, OTHER, BELOW));
    assert_int_equal(ui.active, ONE);
    ui.in.down = false;
    ui.in.released = true;
    assert_false(ui_click(&ui, ONE, BOX)); /* it came up elsewhere */
    ui_end(&ui);
    assert_int_equal(ui.active, 0);
}

static void nothing_is_felt_below_or_outside_the_clip(void **state)
{
    (void)state;
    point_at(BOX);
    ui_begin(&ui, WINDOW, false);
    assert_true(ui_over(&ui, ONE, BOX));
    Rect before = ui_clip(&ui, BELOW);
    assert_false(ui_over(&ui, ONE, BOX));
    ui_clip(&ui, before);
    ui.blocked = true;
    assert_false(ui_over(&ui, ONE, BOX));
}

static void only_passes_that_record_do(void **state)
{
    (void)state;
    ui_begin(&ui, WINDOW, false);
    assert_int_equal(ui_text(&ui, FONT_BODY, "word", BOX, UI_START, THEME_TEXT), 32);
    ui_rect(&ui, BOX, THEME_TEXT);
    ui_note(&ui, "status", "none");
    assert_int_equal(ui.list.count, 0);
    ui_begin(&ui, WINDOW, true);
    ui_text(&ui, FONT_BODY, "word", BOX, UI_START, THEME_TEXT);
    assert_int_equal(ui.list.count, 1);
    ui_begin(&ui, WINDOW, true); /* the next frame begins anew */
    assert_int_equal(ui.list.count, 0);
}

static void commands_keep_their_clip_and_texts(void **state)
{
    (void)state;
    ui_begin(&ui, WINDOW, true);
    ui_text(&ui, FONT_BODY, "a text that is too long", BOX, UI_END, THEME_DIM);
    ui_text_from(&ui, FONT_BODY, "a text that is too long", 0, BELOW, THEME_DIM);
    ui_place(&ui, "below", BELOW);
    const DrawCommand *cut = probe_find(&ui, DRAW_TEXT, "a text that…");
    assert_non_null(cut);
    assert_true(layout_is_inside(cut->rect, BOX));
    assert_int_equal(cut->rect.x + cut->rect.w, BOX.x + BOX.w);
    assert_non_null(probe_find(&ui, DRAW_NOTE, "cut a text that is too long"));
    const DrawCommand *whole = probe_find(&ui, DRAW_TEXT, "a text that is too long");
    assert_memory_equal(&whole->clip, &BELOW, sizeof BELOW);
    Rect place = probe_place(&ui, "below");
    assert_memory_equal(&place, &BELOW, sizeof BELOW);
}

static void a_paragraph_takes_the_lines_that_fit(void **state)
{
    (void)state;
    Rect room = {0, 0, 80, 54}; /* three lines of 16 and two leads of 3 */
    ui_begin(&ui, WINDOW, true);
    const char *text = "one two three four five six seven";
    assert_int_equal(ui_paragraph_height(&ui, FONT_BODY, text, room), 54);
    assert_int_equal(ui.list.count, 0);
    assert_int_equal(ui_paragraph(&ui, FONT_BODY, text, room, THEME_TEXT), 54);
    assert_int_equal(ui.list.count, 3);
    for (int i = 0; i < 3; i++)
        assert_true(layout_is_inside(ui.list.commands[i].rect, room));
    layout_expect_apart(&ui, DRAW_TEXT, 0);
}

/* Of a list of thousands, too, and it ends where the list does. */
static void a_scroll_bar_can_be_seen(void **state)
{
    (void)state;
    Rect track = {600, 10, 3, 300};
    for (int from = 0; from <= 4986; from += 4986) {
        ui_begin(&ui, WINDOW, true);
        ui_scroll_bar(&ui, track, 5000, from, 14);
        assert_int_equal(ui.list.count, 1);
        Rect bar = ui.list.commands[0].rect;
        assert_int_equal(bar.h, 16);
        assert_int_equal(bar.y, from ? 10 + 300 - 16 : 10);
    }
    ui_begin(&ui, WINDOW, true);
    ui_scroll_bar(&ui, track, 20, 5, 10);
    Rect half = {600, 10 + 75, 3, 150};
    assert_memory_equal(&ui.list.commands[0].rect, &half, sizeof half);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(two_clicks_on_a_widget_are_a_double_click,
                                        start, finish),
        cmocka_unit_test_setup_teardown(clicks_on_two_widgets_are_none, start, finish),
        cmocka_unit_test_setup_teardown(a_click_beside_all_widgets_comes_between, start,
                                        finish),
        cmocka_unit_test_setup_teardown(the_widget_that_is_held_has_the_mouse, start,
                                        finish),
        cmocka_unit_test_setup_teardown(nothing_is_felt_below_or_outside_the_clip,
                                        start, finish),
        cmocka_unit_test_setup_teardown(only_passes_that_record_do, start, finish),
        cmocka_unit_test_setup_teardown(commands_keep_their_clip_and_texts, start,
                                        finish),
        cmocka_unit_test_setup_teardown(a_paragraph_takes_the_lines_that_fit, start,
                                        finish),
        cmocka_unit_test_setup_teardown(a_scroll_bar_can_be_seen, start, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
