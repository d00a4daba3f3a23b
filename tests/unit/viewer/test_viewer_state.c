/* What the window wants, shows and says, without a window. */
#include "cm.h"

#include <string.h>

#include "viewer/state/notice.h"
#include "viewer/state/shown.h"
#include "viewer/state/wanted_file.h"
#include "viewer/state/wanted_script.h"
#include "viewer/state/wanted_values.h"
#include "viewer/state/wanted_view.h"

static const Err no_err = {0};

static Err failure(const char *text)
{
    Err err;
    err_set(&err, ERR_SCRIPT, "%s", text);
    return err;
}

/* Values. */

static void values_are_slow_until_the_newest_are_answered(void **state)
{
    (void)state;
    WantedValues values = {.changed = true};
    assert_int_equal(wanted_values_send(&values, 1000), 1);
    assert_false(values.changed);
    assert_int_equal(wanted_values_send(&values, 1200), 2);
    assert_false(pending_is_slow(&values.answer, 1699));
    assert_true(pending_is_slow(&values.answer, 1700));
    assert_true(pending_due(&values.answer, PENDING_SLOW_MS) == 1700);
    wanted_values_answer(&values, 1, 8, 0, &no_err);
    assert_true(pending_is_slow(&values.answer, 1700)); /* an older answer */
    wanted_values_answer(&values, 2, 8, 0, &no_err);
    assert_false(pending_is_slow(&values.answer, 9999));
    assert_true(pending_due(&values.answer, PENDING_SLOW_MS) == 0);
}

static void another_picture_waits_for_the_answer_to_its_values(void **state)
{
    (void)state;
    WantedValues values = {0};
    wanted_values_send(&values, 1000);
    assert_false(wanted_values_hold(&values));
    wanted_values_replace(&values);
    assert_true(values.changed);
    wanted_values_send(&values, 1100);
    wanted_values_answer(&values, 1, 8, 0, &no_err);
    assert_true(wanted_values_hold(&values));
    wanted_values_send(&values, 1200); /* a slider moves on */
    Err err = failure("no such value");
    wanted_values_answer(&values, 2, 8, 0, &err);
    assert_false(wanted_values_hold(&values));
    wanted_values_replace(&values);
    wanted_values_send(&values, 1300);
    values.answer.waiting = false; /* no script is left */
    assert_false(wanted_values_hold(&values));
}

static void an_error_is_told_once(void **state)
{
    (void)state;
    WantedValues values = {0};
    Err one = failure("no such value"), other = failure("no value at all");
    assert_true(wanted_values_answer(&values, 1, 0, 0, &one));
    assert_false(wanted_values_answer(&values, 2, 0, 0, &one));
    assert_true(wanted_values_answer(&values, 3, 0, 0, &other));
    assert_false(wanted_values_answer(&values, 4, 8, 0, &no_err));
    assert_true(wanted_values_answer(&values, 5, 8, 0, &other));
}

static void without_a_plan_values_are_lost_when_it_fails_or_is_late(void **state)
{
    (void)state;
    WantedValues values = {0};
    Err err = failure("no such value");
    wanted_values_send(&values, 1000);
    assert_false(wanted_values_are_lost(&values, 8, 0, 1100));
    assert_true(wanted_values_are_lost(&values, 8, 0, 1500));
    wanted_values_answer(&values, 1, 0, 0, &err);
    assert_true(wanted_values_are_lost(&values, 8, 0, 1100));
    wanted_values_answer(&values, 1, 8, 0, &err); /* there is one from before */
    assert_false(wanted_values_are_lost(&values, 8, 0, 1500));
    assert_true(wanted_values_are_lost(&values, 16, 0, 1500));
    assert_true(
        wanted_values_are_lost(&values, 8, 3, 1500)); /* of another conversion */
}

/* File. */

static void a_late_answer_wakes_the_window(void **state)
{
    (void)state;
    WantedScript script = {0};
    Pending call = {true, 100};
    double busy = 100 + PENDING_BUSY_MS, slow = 100 + PENDING_SLOW_MS;
    assert_true(wanted_script_due(&script, &call, 110) == busy); /* for the message */
    assert_true(wanted_script_due(&script, &call, busy + 1) == slow);
    assert_true(wanted_script_due(&script, &call, slow + 1) <= slow + 1);
    script.answer = (Pending){true, 100};
    call.waiting = false;
    assert_true(wanted_script_due(&script, &call, busy + 1) == slow);
    script.stop_ms = slow + 1;
    assert_true(wanted_script_due(&script, &call, slow + 2) > slow + 2);
}

static void only_the_newest_request_is_answered(void **state)
{
    (void)state;
    WantedFile file = {0};
    Err err = failure("damaged");
    wanted_file_send(&file, 1, 1000);
    wanted_file_send(&file, 2, 1200);
    assert_false(wanted_file_answer(&file, 1, &err));
    assert_int_equal(file.err.kind, ERR_NONE);
    assert_true(pending_is_slow(&file.answer, 1700));
    assert_true(wanted_file_answer(&file, 2, &err));
    assert_string_equal(file.err.text, "damaged");
    assert_false(pending_is_slow(&file.answer, 1700));
    wanted_file_send(&file, 3, 1300);
    assert_string_equal(file.err.text, "damaged"); /* the screen says so still */
    assert_true(wanted_file_answer(&file, 3, &(Err){0}));
    assert_int_equal(file.err.kind, ERR_NONE);
}

/* View. */

static void a_stroke_toggles_a_held_key_lets_go(void **state)
{
    (void)state;
    WantedView view = {0};
    wanted_view_strike(&view, 1000);
    wanted_view_toggle(&view);
    wanted_view_release(&view, 1100);
    assert_true(wanted_view_is_before(&view)); /* struck: it stays */
    wanted_view_toggle(&view);
    wanted_view_strike(&view, 2000);
    wanted_view_toggle(&view);
    assert_true(wanted_view_is_before(&view));
    wanted_view_release(&view, 2350);
    assert_false(wanted_view_is_before(&view)); /* held: only so long */
    wanted_view_release(&view, 9000);           /* it was not down */
    assert_false(wanted_view_is_before(&view));
    view.held = true; /* by the other key */
    assert_true(wanted_view_is_before(&view));
}

static void a_change_of_a_value_leaves_before(void **state)
{
    (void)state;
    WantedView view = {0};
    wanted_view_strike(&view, 1000);
    wanted_view_toggle(&view);
    wanted_view_leave_before(&view);
    assert_false(wanted_view_is_before(&view));
    wanted_view_release(&view, 9000); /* the key was held meanwhile */
    assert_false(wanted_view_is_before(&view));
}

static void the_same_mode_is_sent_again(void **state)
{
    (void)state;
    WantedView view = {.mode = MODE_PARALLEL};
    wanted_view_set_mode(&view, MODE_PARALLEL);
    assert_true(view.changed); /* it may have been stopped */
}

/* What is shown. */

static Timing timing_in(Mode mode)
{
    return (Timing){.mode = mode, .megapixels = 1, .processed_ms = 5};
}

static void a_picture_is_timed_from_the_hand_to_the_screen(void **state)
{
    (void)state;
    Shown shown = {0};
    Timing timing = timing_in(MODE_PARALLEL);
    shown_take(&shown, 1, 1000, &timing);
    assert_false(shown.now.known); /* not before it is on the screen */
    assert_true(shown_present(&shown, 1016));
    assert_true(shown.now.known && shown.now.rendered_ms == 16);
    shown_take(&shown, 0, 2000, &timing); /* as it was: there is nothing to time */
    assert_false(shown_present(&shown, 2005));
    assert_true(shown.now.rendered_ms == 16);
}

static void the_mode_before_is_kept_for_comparison(void **state)
{
    (void)state;
    Shown shown = {0};
    Timing parallel = timing_in(MODE_PARALLEL), numpy = timing_in(MODE_NUMPY);
    assert_int_equal(shown_mode_before(&shown, MODE_NUMPY), MODE_PARALLEL);
    shown_take(&shown, 1, 0, &numpy);
    shown_present(&shown, 10);
    shown_take(&shown, 2, 20, &numpy);
    assert_false(shown.earlier.known); /* the same mode is no comparison */
    shown_present(&shown, 30);
    shown_take(&shown, 2, 40, &parallel);
    assert_true(shown.earlier.known);
    assert_int_equal(shown.earlier.mode, MODE_NUMPY);
    assert_int_equal(shown_mode_before(&shown, MODE_PYTHON), MODE_PARALLEL);
    shown_take(&shown, 3, 50, &numpy);
    assert_int_equal(shown_mode_before(&shown, MODE_CTYPES), MODE_NUMPY);
    assert_int_equal(shown_mode_before(&shown, MODE_NUMPY), MODE_PARALLEL);
}

static void a_notice_goes_away(void **state)
{
    (void)state;
    Notice notice = {0};
    assert_null(notice_text(&notice, 1000));
    notice_set(&notice, "Copied.", 1000);
    assert_string_equal(notice_text(&notice, notice.until_ms - 1), "Copied.");
    assert_null(notice_text(&notice, notice.until_ms));
    notice_withdraw(&notice, "Loaded.");
    assert_non_null(notice_text(&notice, 1000));
    notice_withdraw(&notice, "Copied.");
    assert_null(notice_text(&notice, 1000));
    char longer[4096];
    memset(longer, 'x', sizeof longer);
    longer[sizeof longer - 1] = '\0';
    notice_set(&notice, longer, 2000);
    assert_int_equal(strlen(notice_text(&notice, 2000)), sizeof notice.text - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_slow_until_the_newest_are_answered),
        cmocka_unit_test(another_picture_waits_for_the_answer_to_its_values),
        cmocka_unit_test(an_error_is_told_once),
        cmocka_unit_test(without_a_plan_values_are_lost_when_it_fails_or_is_late),
        cmocka_unit_test(a_late_answer_wakes_the_window),
        cmocka_unit_test(only_the_newest_request_is_answered),
        cmocka_unit_test(a_stroke_toggles_a_held_key_lets_go),
        cmocka_unit_test(a_change_of_a_value_leaves_before),
        cmocka_unit_test(the_same_mode_is_sent_again),
        cmocka_unit_test(a_picture_is_timed_from_the_hand_to_the_screen),
        cmocka_unit_test(the_mode_before_is_kept_for_comparison),
        cmocka_unit_test(a_notice_goes_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
