/* The open list of a drop-down: its width, that its texts can be read, what is seen. */
#include "cm.h"

#include "viewer/layout.h"
#include "viewer/widget/menu.h"

static const double SCALE = 1;
static const Rect WINDOW = {0, 0, 640, 480}, PANEL = {352, 0, 288, 480};
static const Rect BOX = {364, 60, 190, 28};
static const char *const NAMES[] = {"short", "a name wider than its box"};
static const char *const NOTES[] = {"0.5 ms", "20 ms"};
static const bool REMOVABLE[] = {false, true};

static Ui ui;
static Menu menu;

static int start(void **state)
{
    (void)state;
    probe_init(&ui, &SCALE);
    menu_open(&menu, 0, 0, false);
    menu.box = BOX;
    return 0;
}

static int finish(void **state)
{
    (void)state;
    ui_term(&ui);
    return 0;
}

static void pass(MenuList list)
{
    ui_begin(&ui, WINDOW, true);
    assert_int_equal(menu_pass(&menu, &ui, list, PANEL), MENU_OPEN);
    ui_end(&ui);
}

/* The list's frame is its first command. */
static void expect_inside(int cut)
{
    assert_int_equal(probe_count_of(&ui, DRAW_NOTE, "cut "), cut);
    Rect frame = ui.list.commands[0].rect;
    assert_true(frame.y >= PANEL.y && frame.y + frame.h <= PANEL.y + PANEL.h);
    assert_true(frame.w <= WINDOW.w / 2);
    layout_expect_inside(&ui, WINDOW);
}

static void long_names_are_whole_where_there_is_room(void **state)
{
    (void)state;
    const char *const endless[] = {"a name that is wider than the half of the window"};
    pass((MenuList){.count = 2, .names = NAMES, .removable = REMOVABLE, .marked = -1});
    expect_inside(0);
    pass((MenuList){.count = 1, .names = endless, .marked = -1});
    expect_inside(1);
}

static void a_note_is_not_dim_on_the_lighter_ground(void **state)
{
    (void)state;
    const Color text = THEME_TEXT, dim = THEME_DIM;
    pass((MenuList){.count = 2, .names = NAMES, .notes = NOTES, .marked = -1});
    expect_inside(0);
    assert_int_equal(probe_find(&ui, DRAW_TEXT, NOTES[0])->color.r, text.r);
    assert_int_equal(probe_find(&ui, DRAW_TEXT, NOTES[1])->color.r, dim.r);
}

/* The question stands on a ground of its own. */
static void what_is_to_be_deleted_is_asked_legibly(void **state)
{
    (void)state;
    const Color ground = THEME_ALARM_GROUND;
    MenuList list = {.count = 2, .names = NAMES, .removable = REMOVABLE, .marked = -1};
    menu.current = 1;
    assert_int_equal(menu_key(&menu, list, SDLK_DELETE), MENU_OPEN);
    pass(list);
    const DrawCommand *question = probe_find(&ui, DRAW_TEXT, "delete?");
    assert_non_null(question);
    assert_int_equal(question[-1].kind, DRAW_BOX);
    assert_int_equal(question[-1].color.r, ground.r);
    assert_true(layout_is_inside(question->rect, question[-1].rect));
}

static void expect_seen(MenuList list, Rect bounds, int first, int rows)
{
    ui_begin(&ui, WINDOW, true);
    assert_int_equal(menu_pass(&menu, &ui, list, bounds), MENU_OPEN);
    ui_end(&ui);
    assert_int_equal(menu.first, first);
    assert_int_equal(menu.rows, rows);
}

/* Scrolled in a low window, which is made higher; then entries go. */
static void what_is_seen_is_of_the_list_whatever_becomes_of_the_room(void **state)
{
    (void)state;
    static const Rect low = {352, 0, 288, 160};
    static const char *const names[] = {"a", "b", "c", "d", "e"};
    MenuList list = {.count = 5, .names = names, .marked = -1};
    menu.current = 4;
    expect_seen(list, low, 3, 2);
    expect_seen(list, PANEL, 0, 5);
    expect_seen(list, low, 3, 2);
    menu.current = 1;
    list.count = 3;
    expect_seen(list, low, 1, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(long_names_are_whole_where_there_is_room, start,
                                        finish),
        cmocka_unit_test_setup_teardown(a_note_is_not_dim_on_the_lighter_ground, start,
                                        finish),
        cmocka_unit_test_setup_teardown(what_is_to_be_deleted_is_asked_legibly, start,
                                        finish),
        cmocka_unit_test_setup_teardown(
            what_is_seen_is_of_the_list_whatever_becomes_of_the_room, start, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
