/* What is told in boxes over the picture is whole in every window. */
#include "cm.h"

#include "frame_probe.h"
#include "viewer/params.h"

static void expect_a_failure_box(Rect window)
{
    (void)window;
    layout_expect_apart(&app.ui, DRAW_TEXT, 0);
    assert_true(layout_is_inside(probe_place(&app.ui, "failure"),
                                 probe_place(&app.ui, "room")));
}

static void a_file_that_cannot_be_read_has_its_box(void **state)
{
    (void)state;
    open_app(params_many(2));
    char text[sizeof app.file.err.text] = "photos/";
    memset(text + 7, 'x', sizeof text - 8); /* as long as an error can be */
    err_set(&app.file.err, ERR_FILE, "%s", text);
    in_all_windows(expect_a_failure_box);
    close_app();
}

static void expect_no_cut(void)
{
    assert_int_equal(probe_count_of(&app.ui, DRAW_NOTE, "cut "), 0);
}

static void expect_whole_words(Rect window)
{
    expect_a_failure_box(window);
    assert_int_equal(probe_count_of(&app.ui, DRAW_TEXT, "This image"), 1);
    assert_int_equal(probe_count_of(&app.ui, DRAW_TEXT, "first.jpg: "), 1);
    assert_int_equal(probe_count_of(&app.ui, DRAW_TEXT, "film.py:7: "), 1);
    assert_true(layout_is_inside(probe_place(&app.ui, "script-failure"),
                                 probe_place(&app.ui, "room")));
    expect_no_cut();
}

/* Their titles are as long as the least room is wide. */
static void the_boxes_over_the_picture_are_whole(void **state)
{
    (void)state;
    open_app(params_many(2));
    err_set(&app.file.err, ERR_FILE, "first.jpg: the JPEG file is cut short");
    app.script_load.known = true;
    err_set(&app.script_load.err, ERR_SCRIPT, "film.py:7: SyntaxError: no syntax");
    in_all_windows(expect_whole_words);
    close_app();
}

static void expect_the_folder(Rect window)
{
    (void)window;
    Rect badge = probe_place(&app.ui, "badge"), room = probe_place(&app.ui, "room");
    assert_true(layout_is_inside(badge, room) && badge.x > room.x);
    assert_int_equal(probe_count_of(&app.ui, DRAW_TEXT, "Waiting for the"), 1);
    expect_no_cut();
}

static void a_window_that_waits_names_its_folder(void **state)
{
    (void)state;
    open_app(params_many(2));
    app.files.count = 0;
    app.file.follow = "/home/me/a folder for the card of the camera/and its pictures";
    in_all_windows(expect_the_folder);
    close_app();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_that_cannot_be_read_has_its_box),
        cmocka_unit_test(the_boxes_over_the_picture_are_whole),
        cmocka_unit_test(a_window_that_waits_names_its_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
