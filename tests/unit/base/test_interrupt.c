/* Signals: counted, passed on, and with a limit the end of the process. */
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/thread/interrupt.h"
#include "cm.h"

static atomic_int handed_on;

static void before(int number)
{
    (void)number;
    atomic_fetch_add(&handed_on, 1);
}

typedef int (*child_fn)(void);

/* The exit code of a new process that runs `child`. */
static int code_of(child_fn child)
{
    int status;
    pid_t process = fork();
    if (process == 0)
        _exit(child());
    assert_int_equal(waitpid(process, &status, 0), process);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static int count_and_hand_on(void)
{
    signal(SIGINT, before);
    signal(SIGHUP, SIG_IGN);
    interrupt_watch();
    if (cancel_is_set(interrupt_cancel()))
        return 1;
    raise(SIGINT);
    raise(SIGHUP);
    raise(SIGINT);
    if (!cancel_is_set(interrupt_cancel()) || interrupt_is_limited())
        return 2;
    interrupt_forget();
    if (cancel_is_set(interrupt_cancel()))
        return 3;
    return interrupt_count() == 2 && atomic_load(&handed_on) == 2 ? 0 : 4;
}

static int keep_what_has_no_handler(void)
{
    interrupt_watch();
    raise(SIGTERM);
    return 0;
}

static int never_end(void)
{
    while (pause() != 0)
        continue; /* it always returns true */
    return 6;
}

static int end_with_the_second(void)
{
    if (!interrupt_limit(NULL, NULL))
        return 1;
    raise(SIGINT);
    raise(SIGTERM);
    return never_end();
}

static int end_at_one_when_closed(void)
{
    signal(SIGINT, before);
    if (!interrupt_limit(NULL, NULL))
        return 1;
    interrupt_close(SIGINT);
    raise(SIGINT);
    return atomic_load(&handed_on) ? 2 : never_end();
}

/* Like Python at its start: install a handler if there is none. */
static int hand_on_to_who_comes_later(void)
{
    if (!interrupt_limit(NULL, NULL))
        return 1;
    raise(SIGINT);
    sigset_t mask;
    interrupt_block(&mask);
    interrupt_step_back();
    if (signal(SIGINT, before) != SIG_DFL)
        return 2;
    if (!interrupt_limit(NULL, NULL) || interrupt_count() != 1)
        return 3;
    raise(SIGINT);
    interrupt_unblock(&mask);
    return atomic_load(&handed_on) == 1 ? never_end() : 4;
}

static void say(void *context)
{
    atomic_fetch_add((atomic_int *)context, 1);
}

static void check_and_end(void *context)
{
    _exit(atomic_load((const atomic_int *)context) == 1 ? 7 : 8);
}

/* Of three words the one that is taken back stays unsaid; the newest comes first. */
static int say_the_last_words(void)
{
    atomic_int said = 0;
    LastWord check = {.fn = check_and_end, .context = &said};
    LastWord taken = {.fn = say, .context = &said};
    LastWord newest = taken;
    if (!interrupt_limit(NULL, NULL))
        return 1;
    interrupt_last_word_remove(&check); /* it is none yet */
    interrupt_last_word_add(&check);
    interrupt_last_word_add(&taken);
    interrupt_last_word_add(&newest);
    interrupt_last_word_remove(&taken);
    raise(SIGINT);
    raise(SIGINT);
    return never_end();
}

static atomic_int noticed;

static void notice(void)
{
    atomic_fetch_add(&noticed, 1);
}

/* One signal does not end it. */
static int go_on_after_the_first(void)
{
    if (!interrupt_limit(notice, NULL))
        return 1;
    raise(SIGINT);
    while (!atomic_load(&noticed))
        sched_yield();
    return 0;
}

/* The child has no copy of the thread behind the limit. */
static int hand_on_in_a_fork(void)
{
    signal(SIGINT, before);
    if (!interrupt_limit(NULL, NULL))
        return 1;
    pid_t child = fork();
    if (child == 0) {
        interrupt_after_fork();
        if (interrupt_is_limited() || !interrupt_cancel())
            _exit(2);
        raise(SIGINT);
        _exit(cancel_is_set(interrupt_cancel()) && atomic_load(&handed_on) ? 0 : 3);
    }
    int status;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 4;
}

static void signals_are_counted_and_handed_on(void **state)
{
    (void)state;
    assert_int_equal(code_of(count_and_hand_on), 0);
    assert_int_equal(code_of(keep_what_has_no_handler), -SIGTERM);
    assert_int_equal(code_of(hand_on_in_a_fork), 0);
}

static void the_second_ends_what_does_not_end(void **state)
{
    (void)state;
    assert_int_equal(code_of(end_with_the_second), 130);
    assert_int_equal(code_of(end_at_one_when_closed), 130);
    assert_int_equal(code_of(say_the_last_words), 7);
    assert_int_equal(code_of(hand_on_to_who_comes_later), 130);
    assert_int_equal(code_of(go_on_after_the_first), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signals_are_counted_and_handed_on),
        cmocka_unit_test(the_second_ends_what_does_not_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
