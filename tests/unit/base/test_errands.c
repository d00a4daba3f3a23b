/* Errands: carried out on their thread, answered on the window's. */
#include "cm.h"

#include <sched.h>

#include "base/thread/errands.h"

/* An errand that waits until it may go on, and counts. */
typedef struct Work {
    atomic_int runs, takes, drops;
    atomic_bool held; /* run waits while it is set */
} Work;

static void run(void *data)
{
    Work *work = data;
    atomic_fetch_add(&work->runs, 1);
    while (atomic_load(&work->held))
        sched_yield();
}

static void take(void *data)
{
    atomic_fetch_add(&((Work *)data)->takes, 1);
}

static void drop(void *data)
{
    atomic_fetch_add(&((Work *)data)->drops, 1);
}

static void send(Errands *errands, const void *key, Work *work)
{
    errands_do(errands, key, &(Errand){run, take, drop, work});
}

static void expect(Work *work, int runs, int takes)
{
    assert_int_equal(atomic_load(&work->runs), runs);
    assert_int_equal(atomic_load(&work->takes), takes);
    assert_int_equal(atomic_load(&work->drops), 1);
}

static int answers;

static void answered(void *context)
{
    (*(int *)context)++;
}

static Errands *start(Dispatch *ui)
{
    Err err;
    ErrandsConfig config = {"errands", ui, answered, &answers};
    Errands *errands = errands_start(&config, &err);
    assert_non_null(errands);
    answers = 0;
    return errands;
}

static void await_run(Work *work)
{
    while (!atomic_load(&work->runs))
        sched_yield();
}

static void the_newest_of_a_key_is_answered(void **state)
{
    (void)state;
    static const char key[1];
    Dispatch *ui = dispatch_new();
    Errands *errands = start(ui);
    Work first = {.held = true}, old = {0}, newest = {0};
    send(errands, &first, &first);
    await_run(&first);
    send(errands, key, &old);
    send(errands, key, &newest);
    expect(&old, 0, 0);
    atomic_store(&first.held, false);
    while (answers < 2)
        dispatch_process(ui, -1);
    expect(&first, 1, 1);
    expect(&newest, 1, 1);
    dispatch_close(ui);
    errands_stop(errands);
    dispatch_free(ui);
}

/* The end comes while they are carried out. */
static void end_with(void (*end)(Errands *errands), int runs)
{
    Dispatch *ui = dispatch_new();
    Errands *errands = start(ui);
    Work first = {0}, second = {0};
    send(errands, &first, &first);
    send(errands, &second, &second);
    dispatch_close(ui);
    end(errands);
    assert_in_range(atomic_load(&second.runs), runs, 1);
    assert_int_equal(atomic_load(&first.drops), 1);
    assert_int_equal(atomic_load(&second.drops), 1);
    assert_int_equal(answers, 0);
    dispatch_free(ui);
}

static void a_stop_drops_and_a_finish_carries_out(void **state)
{
    (void)state;
    end_with(errands_stop, 0);
    end_with(errands_finish, 1);
    errands_stop(NULL);
    errands_finish(NULL);
}

/* What is in work is left to the thread, whose caller may be gone. */
static void nobody_waits_for_one_that_is_left(void **state)
{
    (void)state;
    static Work first, second;
    Dispatch *ui = dispatch_new();
    Errands *errands = start(ui);
    atomic_store(&first.held, true);
    send(errands, &first, &first);
    await_run(&first);
    send(errands, &second, &second);
    dispatch_close(ui);
    errands_leave(errands);
    expect(&second, 0, 0);
    dispatch_free(ui);
    atomic_store(&first.held, false);
    while (!atomic_load(&first.drops))
        sched_yield();
    expect(&first, 1, 0);
    errands_leave(NULL);
}

static void without_a_thread_it_happens_at_once(void **state)
{
    (void)state;
    Work work = {0};
    send(NULL, &work, &work);
    expect(&work, 1, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_newest_of_a_key_is_answered),
        cmocka_unit_test(a_stop_drops_and_a_finish_carries_out),
        cmocka_unit_test(nobody_waits_for_one_that_is_left),
        cmocka_unit_test(without_a_thread_it_happens_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
