/* Calls that take too long, interrupted by a signal. */
#include "cm.h"

#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/thread/attendant.h"
#include "base/thread/thread.h"

enum { GRACE_MS = 1000 }; /* from the first interrupt to `stuck`, at least */

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
    /* Unless this thread stood still for so long. */
    if (atomic_load(&stuck_calls))
        assert_true(attendant_seconds(attendant) * 1e3 >= GRACE_MS);
    attendant_stop(attendant);
}

/* Stopped before its limit, and continued long after it. Exits with what `stuck` said.
 */
static void end_after_a_stop(void)
{
    Attendant *attendant = attend(100);
    attendant_begin(attendant);
    raise(SIGSTOP);
    while (!attendant_asked(attendant))
        pause();
    attendant_end(attendant);
    attendant_stop(attendant);
    _exit(atomic_load(&stuck_calls));
}

static void a_process_that_was_stopped_has_its_grace(void **state)
{
    (void)state;
    int status;
    pid_t child = fork();
    if (child == 0)
        end_after_a_stop();
    assert_int_equal(waitpid(child, &status, WUNTRACED), child);
    assert_true(WIFSTOPPED(status));
    double end = thread_clock_ms() + 100 + 2 * GRACE_MS;
    while (thread_clock_ms() < end)
        poll(NULL, 0, 10);
    double begun = thread_clock_ms();
    kill(child, SIGCONT);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status))
        assert_true(thread_clock_ms() - begun >= GRACE_MS);
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
        ATTENDED(a_process_that_was_stopped_has_its_grace),
        ATTENDED(a_call_that_does_not_end_is_told_once),
        ATTENDED(nobody_attends_without_an_attendant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
