/* Results of the other threads, and what the status bar says, without a window. */
#include "cm.h"

#include <sched.h>
#include <string.h>

#include "base/mem.h"
#include "held_errands.h"
#include "test_image.h"
#include "viewer/app/app_file.h"

static App app;

static int start(void **state)
{
    (void)state;
    static char *paths[] = {"photo.jpg"};
    app = (App){.view = {.mode = MODE_NUMPY}, .files = {paths, 1, 0}};
    picture_area_init(&app.picture);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    pyramid_unref(&app.pyramid);
    shown_term(&app.shown);
    mem_free(app.path);
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

static Loaded loaded(uint64_t number, const char *path, int width)
{
    Image *image = picture(width, 4, 3, 8);
    Loaded made = {
        .number = number, .path = mem_dup(path), .pyramid = pyramid_new(image)};
    image_unref(&image);
    return made;
}

/* The picture of an older wish is shown too, and has the title, until the newest one's
 * comes. */
static void each_picture_that_comes_is_taken_in_order(void **state)
{
    (void)state;
    wanted_file_send(&app.file, 2, 1000);
    Loaded older = loaded(1, "one.png", 4), newest = loaded(2, "two.png", 5);
    app_take_image(&app, &older);
    assert_null(older.pyramid);
    assert_string_equal(app_file(&app), "one.png");
    assert_true(app.file.answer.waiting);
    assert_false(app_file_is_settled(&app));
    app_take_image(&app, &newest);
    assert_null(newest.pyramid);
    assert_int_equal(app.source->info.width, 5);
    assert_string_equal(app_file(&app), "two.png");
    assert_int_equal(app.picture.image, 2);
    assert_true(app.view.changed && app.values.changed);
    assert_false(app.file.answer.waiting);
    assert_false(app_file_is_settled(&app)); /* it is not on the screen yet */
    app.picture.now.view.image = 2;
    assert_true(app_file_is_settled(&app));
}

static void an_older_picture_does_not_come_back(void **state)
{
    (void)state;
    wanted_file_send(&app.file, 2, 1000);
    Loaded older = loaded(1, "one.png", 4), newest = loaded(2, "two.png", 5);
    app_take_image(&app, &newest);
    app_take_image(&app, &older);
    assert_null(older.pyramid); /* it is given back */
    assert_int_equal(app.source->info.width, 5);
    mem_free(older.path);
}

/* To free a large one takes long. */
static void a_picture_is_not_freed_by_the_window(void **state)
{
    (void)state;
    Loaded first = loaded(1, "one.png", 4), second = loaded(2, "two.png", 5);
    Pyramid *own = pyramid_ref(first.pyramid);
    app.errands = held_errands_start();
    wanted_file_send(&app.file, 2, 1000);
    app_take_image(&app, &first);
    app_take_image(&app, &second);
    assert_true(pyramid_is_shared(own)); /* with the errand, which waits */
    held_errands_let_go();
    while (pyramid_is_shared(own))
        sched_yield();
    pyramid_unref(&own);
    held_errands_end(app.errands);
}

static void a_failure_counts_for_the_newest_wish_alone(void **state)
{
    (void)state;
    wanted_file_send(&app.file, 2, 1000);
    Loaded good = loaded(2, "two.png", 5);
    app_take_image(&app, &good);
    wanted_file_send(&app.file, 4, 2000);
    Loaded passed = {.number = 3}, damaged = {.number = 4, .path = mem_dup("four.png")};
    err_set(&passed.err, ERR_FILE, "passed by");
    err_set(&damaged.err, ERR_FILE, "damaged");
    app_take_image(&app, &passed);
    assert_int_equal(app.file.err.kind, ERR_NONE);
    app_take_image(&app, &damaged);
    assert_int_equal(app.source->info.width, 5); /* it stays, dimmed */
    assert_string_equal(app.file.err.text, "damaged");
    assert_string_equal(app_file(&app), "four.png"); /* the message speaks of it */
}

static void a_mark_names_the_file_that_is_being_read(void **state)
{
    (void)state;
    char *paths[] = {"slow.png"};
    app.files = (FileList){.paths = paths, .count = 1};
    wanted_file_send(&app.file, 1, 1000);
    assert_null(app_file_reading(&app, 1100));
    assert_string_equal(app_file_reading(&app, 1150), "slow.png");
    Loaded rough = loaded(1, "slow.png", 5), there = loaded(1, "slow.png", 5);
    Image *reduced = image_ref(pyramid_largest(rough.pyramid));
    pyramid_unref(&rough.pyramid);
    rough.pyramid = pyramid_new_rough(10, 10, reduced);
    image_unref(&reduced);
    app_take_image(&app, &rough);
    assert_string_equal(app_file_reading(&app, 1200), "slow.png");
    app_take_image(&app, &there);
    assert_null(app_file_reading(&app, 1250));
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
    assert_int_equal(app_wait(&app, 1000), 151); /* the mark */
    wanted_values_send(&app.values, 800);
    assert_int_equal(app_wait(&app, 1000), 101);
    notice_set(&app.notice, "Copied.", -5800); /* goes away at 200 */
    assert_int_equal(app_wait(&app, 100), 101);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_mode_that_cannot_run_gives_way_to_the_one_before, start, finish),
        cmocka_unit_test_setup_teardown(a_mode_that_fails_stays, start, finish),
        cmocka_unit_test_setup_teardown(each_picture_that_comes_is_taken_in_order,
                                        start, finish),
        cmocka_unit_test_setup_teardown(an_older_picture_does_not_come_back, start,
                                        finish),
        cmocka_unit_test_setup_teardown(a_picture_is_not_freed_by_the_window, start,
                                        finish),
        cmocka_unit_test_setup_teardown(a_failure_counts_for_the_newest_wish_alone,
                                        start, finish),
        cmocka_unit_test_setup_teardown(a_mark_names_the_file_that_is_being_read, start,
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
