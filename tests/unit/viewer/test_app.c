/* Results of the other threads, and what the status bar says, without a window. */
#include "cm.h"

#include <string.h>

#include "test_image.h"
#include "viewer/app/app.h"

static App app;

static int start(void **state)
{
    (void)state;
    app = (App){.view = {.mode = MODE_NUMPY}};
    picture_area_init(&app.picture);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    image_unref(&app.source);
    return 0;
}

static Picture no_picture(ErrKind kind, const char *why)
{
    Picture picture = {.view = {.image = 1, .mode = MODE_NUMPY}};
    err_set(&picture.err, kind, "%s", why);
    return picture;
}

static void a_mode_that_cannot_run_gives_way_to_the_one_before(void **state)
{
    (void)state;
    Picture failed = no_picture(ERR_ENV, "numpy is not installed (pip install numpy)");
    app_take_picture(&app, &failed);
    assert_int_equal(app.view.mode, MODE_NUMPY); /* it was of another image */
    app.picture.image = 1;
    app_take_picture(&app, &failed);
    assert_int_equal(app.view.mode, MODE_PARALLEL);
    assert_true(app.view.changed);
    assert_string_equal(app_status(&app, 0), "numpy is not installed");
    app.view.mode = MODE_CTYPES; /* the user has gone on since */
    app_take_picture(&app, &failed);
    assert_int_equal(app.view.mode, MODE_CTYPES);
}

static void a_mode_that_fails_stays(void **state)
{
    (void)state;
    Picture failed = no_picture(ERR_SCRIPT, "the curve returned no number");
    app.picture.image = 1;
    app_take_picture(&app, &failed);
    assert_int_equal(app.view.mode, MODE_NUMPY);
    assert_false(app.view.changed);
}

static void an_image_is_taken_if_it_is_the_newest(void **state)
{
    (void)state;
    wanted_file_send(&app.file, 2, 1000);
    Loaded older = {.number = 1, .image = picture(4, 4, 3, 8)};
    Loaded newest = {.number = 2, .image = picture(5, 4, 3, 8)};
    app_take_image(&app, &older);
    assert_null(app.source);
    assert_non_null(older.image);
    app_take_image(&app, &newest);
    assert_null(newest.image);
    assert_int_equal(app.source->info.width, 5);
    assert_int_equal(app.picture.image, 2);
    assert_true(app.view.changed && app.values.changed);
    image_unref(&older.image);
    wanted_file_send(&app.file, 3, 2000);
    Loaded damaged = {.number = 3};
    err_set(&damaged.err, ERR_FILE, "damaged");
    app_take_image(&app, &damaged);
    assert_int_equal(app.source->info.width, 5); /* it stays, dimmed */
    assert_string_equal(app.file.err.text, "damaged");
}

static void an_error_of_the_script_ends_the_wait_for_a_picture(void **state)
{
    (void)state;
    ScripterAnswer answer = {.serial = wanted_values_send(&app.values, 1000),
                             .plan_depth = 8};
    frame_clock_expect(&app.clock, 1000);
    app_take_answer(&app, &answer);
    assert_true(app.clock.expected);
    err_set(&answer.err, ERR_SCRIPT, "no such value");
    app_take_answer(&app, &answer);
    assert_false(app.clock.expected);
    assert_string_equal(app.values.err.text, "no such value");
}

static void the_status_bar_says_the_most_pressing(void **state)
{
    (void)state;
    assert_null(app_status(&app, 1000));
    wanted_file_send(&app.file, 1, 1000);
    assert_null(app_status(&app, 1100));
    assert_string_equal(app_status(&app, 1500), "Loading …");
    wanted_values_send(&app.values, 1000);
    assert_string_equal(app_status(&app, 1500), "The script is busy: Esc stops it");
    notice_set(&app.notice, "Copied.", 1500);
    assert_string_equal(app_status(&app, 1500), "Copied.");
    assert_string_equal(app_status(&app, 99999), "The script is busy: Esc stops it");
    wanted_values_send(&app.values, 2000); /* the notice is older */
    assert_string_equal(app_status(&app, 2300), "The script is busy: Esc stops it");
    app.script_load.stop_ms = 2300;
    assert_string_equal(app_status(&app, 2400), "Stopping the script …");
    assert_string_equal(
        app_status(&app, 3800),
        "The script is in code that cannot be stopped; the window can be closed");
    memcpy(app.progress, "numpy: 40%, Esc stops", sizeof "numpy: 40%, Esc stops");
    assert_string_equal(app_status(&app, 1500), app.progress);
}

static void the_window_is_drawn_when_a_message_is_due(void **state)
{
    (void)state;
    assert_int_equal(app_wait(&app, 1000), -1);
    wanted_file_send(&app.file, 1, 1000);
    assert_int_equal(app_wait(&app, 1000), 501); /* "Loading …" */
    wanted_values_send(&app.values, 900);
    assert_int_equal(app_wait(&app, 1000), 201);
    notice_set(&app.notice, "Copied.", -5800); /* goes away at 200 */
    assert_int_equal(app_wait(&app, 100), 101);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_mode_that_cannot_run_gives_way_to_the_one_before, start, finish),
        cmocka_unit_test_setup_teardown(a_mode_that_fails_stays, start, finish),
        cmocka_unit_test_setup_teardown(an_image_is_taken_if_it_is_the_newest, start,
                                        finish),
        cmocka_unit_test_setup_teardown(
            an_error_of_the_script_ends_the_wait_for_a_picture, start, finish),
        cmocka_unit_test_setup_teardown(the_status_bar_says_the_most_pressing, start,
                                        finish),
        cmocka_unit_test_setup_teardown(the_window_is_drawn_when_a_message_is_due,
                                        start, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
