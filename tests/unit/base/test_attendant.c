/* Calls that take too long, interrupted by a signal. */
#include "cm.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/thread/attendant.h"

static atomic_int signals, stuck_calls;

static void count_signal(int number)
{
    (void)number;
    atomic_fetch_add(&signals, 1);
}

static int start(void **state)
{
    (void)state;
    atomic_store(&signals, 0);
    atomic_store(&stuck_calls, 0);
    struct sigaction ours = {.sa_handler = count_signal};
    return sigaction(ATTENDANT_SIGNAL, &ours, NULL);
}

static void count_stuck(void *context)
{
    (void)context;
    atomic_fetch_add(&stuck_calls, 1);
}

static Attendant *attend(int limit_ms)
{
    Attendant *attendant =
        attendant_start((AttendantLimit){limit_ms, count_stuck, NULL}, NULL);
    assert_non_null(attendant);
    attendant_attach(attendant);
    return attendant;
}

static void a_call_that_ends_is_left_alone(void **state)
{
    (void)state;
    Attendant *attendant = attend(60000);
    for (int i = 0; i < 1000; i++) {
        attendant_begin(attendant);
        assert_int_equal(attendant_asked(attendant), 0);
        assert_int_equal(attendant_end(attendant), ATTENDANT_NONE);
    }
    attendant_stop(attendant);
    assert_int_equal(atomic_load(&signals), 0);
}

static void it_is_interrupted_until_it_ends(void **state)
{
    (void)state;
    Attendant *attendant = attend(0);
    assert_false(attendant_interrupt(attendant)); /* there is none */
    attendant_begin(attendant);
    assert_true(attendant_interrupt(attendant));
    while (atomic_load(&signals) < 3)
        pause();
    assert_true(attendant_asked(attendant) >= 3);
    assert_int_equal(attendant_end(attendant), ATTENDANT_STOPPED);
    assert_int_equal(attendant_asked(attendant), 0);
    assert_int_equal(attendant_end(attendant), ATTENDANT_NONE);
    attendant_begin(attendant); /* the next call has done nothing */
    assert_int_equal(attendant_asked(attendant), 0);
    assert_int_equal(attendant_end(attendant), ATTENDANT_NONE);
    attendant_stop(attendant);
}

static void the_limit_ends_a_wait_in_the_system(void **state)
{
    (void)state;
    Attendant *attendant = attend(10);
    attendant_begin(attendant);
    while (!attendant_asked(attendant))
        pause(); /* ended by the signal */
    assert_true(attendant_seconds(attendant) >= 0.01);
    assert_int_equal(attendant_end(attendant), ATTENDANT_LATE);
    attendant_stop(attendant);
    assert_int_equal(atomic_load(&stuck_calls), 0);
}

static void a_call_that_does_not_end_is_told_once(void **state)
{
    (void)state;
    Attendant *attendant = attend(1);
    attendant_begin(attendant);
    while (!atomic_load(&stuck_calls))
        pause();
    int before = atomic_load(&signals);
    while (atomic_load(&signals) < before + 2)
        pause();
    assert_int_equal(attendant_end(attendant), ATTENDANT_LATE);
    attendant_stop(attendant);
    assert_int_equal(atomic_load(&stuck_calls), 1);
}

static void nobody_attends_without_an_attendant(void **state)
{
    (void)state;
    attendant_attach(NULL);
    attendant_begin(NULL);
    assert_int_equal(attendant_asked(NULL), 0);
    assert_false(attendant_interrupt(NULL));
    assert_int_equal(attendant_end(NULL), ATTENDANT_NONE);
    attendant_stop(NULL);
}

#define ATTENDED(test) cmocka_unit_test_setup(test, start)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ATTENDED(a_call_that_ends_is_left_alone),
        ATTENDED(it_is_interrupted_until_it_ends),
        ATTENDED(the_limit_ends_a_wait_in_the_system),
        ATTENDED(a_call_that_does_not_end_is_told_once),
        ATTENDED(nobody_attends_without_an_attendant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
