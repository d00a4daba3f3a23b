/* A note: its paragraphs, and where the lines of its keys end. */
#include "cm.h"

#include "viewer/layout.h"
#include "viewer/widget/tip.h"

static const double SCALE = 1;
static const Rect WINDOW = {0, 0, 640, 480}, ROW = {352, 100, 288, 48};

static Ui ui;

static void draw(const TipLines *lines)
{
    ui_begin(&ui, WINDOW, true);
    tip_draw(&ui, WINDOW, ROW, lines);
    ui_end(&ui);
    layout_expect_inside(&ui, WINDOW);
    layout_expect_apart(&ui, DRAW_TEXT, 0);
}

static void a_line_of_keys_ends_between_two(void **state)
{
    (void)state;
    probe_init(&ui, &SCALE);
    draw(&(TipLines){"Gain", "More light.",
                     "Less: Ctrl+Left · More: Ctrl+Right · Type: A."});
    assert_int_equal(probe_count_of(&ui, DRAW_TEXT, ""), 4);
    assert_non_null(probe_find(&ui, DRAW_TEXT, "Less: Ctrl+Left · More: Ctrl+Right"));
    assert_non_null(probe_find(&ui, DRAW_TEXT, "Type: A."));
    assert_int_equal(
        probe_count_of(&ui, DRAW_NOTE, "tip More light. Less: Ctrl+Left · More: "), 1);
    ui_term(&ui);
}

static void what_is_empty_takes_no_room(void **state)
{
    (void)state;
    probe_init(&ui, &SCALE);
    draw(&(TipLines){"Gain", "", ""});
    int alone = probe_place(&ui, "tip").h;
    draw(&(TipLines){"Gain", "", "Less: A."});
    int with_keys = probe_place(&ui, "tip").h;
    draw(&(TipLines){"Gain", "More.", "Less: A."});
    assert_true(alone < with_keys && with_keys < probe_place(&ui, "tip").h);
    ui_term(&ui);
}

static void what_was_used_has_no_note(void **state)
{
    (void)state;
    Rect gain = {10, 10, 50, 20}, gamma = {10, 40, 50, 20};
    Tip tip = {.rest_ms = 1000};
    tip_rest(&tip, gain, 1200);
    assert_true(tip.waits && !tip.shown);
    tip_rest(&tip, gain, 1600);
    assert_true(tip.shown);
    tip.used = true; /* a drag of its slider */
    tip_stir(&tip, 2000);
    tip_rest(&tip, gain, 2100);
    tip_rest(&tip, gain, 9000);
    assert_false(tip.waits || tip.shown);
    tip_rest(&tip, gamma, 9000);
    assert_true(tip.shown);
    tip_rest(&tip, gain, 9000);
    assert_true(tip.shown);
    tip_rest(&tip, (Rect){0}, 9000); /* on nothing that has one */
    assert_false(tip.waits || tip.shown);
}

static void a_key_sends_it_away_until_the_mouse_moves(void **state)
{
    (void)state;
    Rect gain = {10, 10, 50, 20};
    Tip tip = {.typed = true};
    tip_rest(&tip, gain, 9000);
    assert_false(tip.waits || tip.shown);
    tip.typed = false;
    tip_rest(&tip, gain, 9000);
    assert_true(tip.shown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_used_has_no_note),
        cmocka_unit_test(a_key_sends_it_away_until_the_mouse_moves),
        cmocka_unit_test(a_line_of_keys_ends_between_two),
        cmocka_unit_test(what_is_empty_takes_no_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
