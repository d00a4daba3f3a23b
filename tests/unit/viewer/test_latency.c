/* Which frame answers which event, and the percentiles of the times. */
#include "cm.h"

#include "viewer/measure/latency.h"

static void a_frame_answers_all_events_before_its_picture(void **state)
{
    (void)state;
    LatencyLog log = {0};
    latency_event(&log, 100);
    latency_event(&log, 108);
    latency_event(&log, 116);
    latency_frame(&log, 112, 98.1); /* as SDL's time stamps may tell 100 */
    assert_int_equal(log.answered, 1);
    latency_frame(&log, 120, 90); /* of older values: no answer */
    assert_int_equal(log.answered, 1);
    latency_frame(&log, 130, 116);
    assert_int_equal(log.answered, 3);
    assert_true(log.times[0] == 12 && log.times[1] == 22 && log.times[2] == 14);
    Latency found = latency_of(&log);
    assert_int_equal(found.count, 3);
    assert_true(found.least == 12 && found.p50 == 14 && found.p99 == 22);
    assert_true(found.most == 22);
}

static void percentiles_are_times_that_were_taken(void **state)
{
    (void)state;
    LatencyLog log = {0};
    for (int i = 0; i < 2 * LATENCY_EVENTS; i++) /* more than it keeps */
        latency_event(&log, 10 * i);
    assert_int_equal(log.count, LATENCY_EVENTS);
    log.count = 200;
    for (int i = 0; i < 200; i++)
        latency_frame(&log, 10 * i + i + 1, 10 * i); /* after i + 1 */
    Latency found = latency_of(&log);
    assert_int_equal(found.count, 200);
    assert_true(found.least == 1 && found.p50 == 100 && found.p95 == 190);
    assert_true(found.p99 == 198 && found.most == 200);
}

static void nothing_answered_is_all_zero(void **state)
{
    (void)state;
    LatencyLog log = {0};
    latency_event(&log, 100);
    Latency found = latency_of(&log);
    assert_true(found.count == 0 && found.most == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_frame_answers_all_events_before_its_picture),
        cmocka_unit_test(percentiles_are_times_that_were_taken),
        cmocka_unit_test(nothing_answered_is_all_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
