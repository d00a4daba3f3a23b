/* When the window is drawn. */
#include "cm.h"

#include "viewer/state/frame_clock.h"

static void nothing_is_drawn_while_nothing_happens(void **state)
{
    (void)state;
    FrameClock clock = {0};
    assert_int_equal(frame_clock_wait(&clock, 0, 1000), -1);
    assert_int_equal(frame_clock_wait(&clock, 1250, 1000), 251);
    assert_int_equal(frame_clock_wait(&clock, 900, 1000), -1); /* that was before */
}

static void a_picture_is_drawn_at_once(void **state)
{
    (void)state;
    FrameClock clock = {0};
    frame_clock_draw(&clock, 1000);
    frame_clock_expect(&clock, 1000);
    frame_clock_take(&clock);
    assert_int_equal(frame_clock_wait(&clock, 0, 1000), 0);
    frame_clock_draw(&clock, 1001);
    assert_true(frame_clock_present(&clock, 1002));
    assert_int_equal(frame_clock_wait(&clock, 0, 1002), -1);
    assert_false(frame_clock_present(&clock, 1003)); /* the next frame has no new one */
}

static void a_change_waits_a_moment_for_its_picture(void **state)
{
    (void)state;
    FrameClock clock = {.dirty = true};
    frame_clock_expect(&clock, 1000);
    int wait = frame_clock_wait(&clock, 0, 1000);
    assert_in_range(wait, 1, 50);
    assert_int_equal(frame_clock_wait(&clock, 0, 1000 + wait), 0); /* and no longer */
}

static void frames_keep_a_distance(void **state)
{
    (void)state;
    FrameClock clock = {0};
    frame_clock_draw(&clock, 1000);
    clock.dirty = true;
    int wait = frame_clock_wait(&clock, 0, 1000);
    assert_in_range(wait, 1, 20);
    assert_int_equal(frame_clock_wait(&clock, 0, 1000 + wait), 0);
}

static void the_times_of_a_picture_are_drawn_later(void **state)
{
    (void)state;
    FrameClock clock = {0};
    frame_clock_draw_later(&clock, 1000);
    int wait = frame_clock_wait(&clock, 0, 1000);
    assert_in_range(wait, 1, 200);
    assert_int_equal(frame_clock_wait(&clock, 1000 + wait - 2, 1000), wait - 1);
    assert_in_range(frame_clock_wait(&clock, 0, 1000 + wait), 0, 1); /* late: now */
    frame_clock_present(&clock, 1000 + wait);
    assert_int_equal(frame_clock_wait(&clock, 0, 1000 + wait), -1);
}

static void the_sooner_of_two_times_is_still_to_come(void **state)
{
    (void)state;
    assert_true(frame_clock_sooner(0, 0, 1000) <= 1000);
    assert_true(frame_clock_sooner(0, 1200, 1000) == 1200);
    assert_true(frame_clock_sooner(1200, 0, 1000) == 1200);
    assert_true(frame_clock_sooner(1200, 1100, 1000) == 1100);
    assert_true(frame_clock_sooner(1100, 1200, 1000) == 1100);
    assert_true(frame_clock_sooner(900, 1200, 1000) == 1200);
    assert_true(frame_clock_sooner(1200, 900, 1000) == 1200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_drawn_while_nothing_happens),
        cmocka_unit_test(a_picture_is_drawn_at_once),
        cmocka_unit_test(a_change_waits_a_moment_for_its_picture),
        cmocka_unit_test(frames_keep_a_distance),
        cmocka_unit_test(the_times_of_a_picture_are_drawn_later),
        cmocka_unit_test(the_sooner_of_two_times_is_still_to_come),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
