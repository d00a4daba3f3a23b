/* Threads without work of their own that help others. */
#include "cm.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#include "base/mem.h"
#include "base/thread/spare_threads.h"
#include "base/thread/thread.h"

enum { TASKS = 200 };

typedef struct Count {
    SpareTask task;
    atomic_int runs;
    pthread_t by;
} Count;

static void run(void *arg)
{
    Count *count = arg;
    count->by = pthread_self();
    atomic_fetch_add(&count->runs, 1);
}

static void end(SpareThreads *spare)
{
    spare_threads_retire(spare);
    spare_threads_free(spare);
}

static void none_helps_nobody(void **state)
{
    (void)state;
    SpareTask role = {.run = run};
    assert_false(spare_threads_has_server(NULL));
    assert_false(spare_threads_has_idle(NULL));
    assert_false(spare_threads_hire(NULL, &role));
    assert_int_equal(spare_threads_most(NULL), 1);
    SpareThreads *spare = spare_threads_new(1, 0);
    assert_false(spare_threads_has_server(spare));
    assert_false(spare_threads_has_idle(spare));
    assert_false(spare_threads_hire(spare, &role));
    assert_int_equal(spare_threads_most(spare), 1);
    end(spare);
}

/* Nobody else may be there: whoever waits runs them. */
static void every_task_runs_once(void **state)
{
    (void)state;
    for (int more = 0; more <= 3; more++) {
        static Count counts[TASKS];
        SpareThreads *spare = spare_threads_new(1, more);
        for (int i = 0; i < TASKS; i++) {
            counts[i] = (Count){.task = {.run = run, .arg = &counts[i]}};
            spare_threads_post(spare, &counts[i].task);
        }
        for (int i = 0; i < TASKS; i++)
            spare_threads_await(spare, &counts[i].task);
        for (int i = 0; i < TASKS; i++)
            assert_int_equal(atomic_load(&counts[i].runs), 1);
        end(spare);
    }
}

static void a_role_has_its_own_thread(void **state)
{
    (void)state;
    SpareThreads *spare = spare_threads_new(1, 1);
    Count role = {.task = {.run = run, .arg = &role}};
    assert_true(spare_threads_has_idle(spare));
    assert_true(spare_threads_hire(spare, &role.task));
    spare_threads_await(spare, &role.task);
    assert_int_equal(atomic_load(&role.runs), 1);
    assert_false(pthread_equal(role.by, pthread_self()));
    end(spare);
}

/* Two threads that hand a number to and fro. */
typedef struct Relay {
    SpareThreads *spare;
    SpareTask there, back, role;
    int number; /* of whoever has been given it */
} Relay;

static void answer(void *arg)
{
    Relay *relay = arg;
    for (int i = 0; i < TASKS; i++) {
        spare_threads_await(relay->spare, &relay->there);
        relay->number++;
        spare_threads_done(relay->spare, &relay->back);
    }
}

static void what_is_done_elsewhere_is_awaited(void **state)
{
    (void)state;
    Relay relay = {.spare = spare_threads_new(1, 1)};
    relay.role = (SpareTask){.run = answer, .arg = &relay};
    assert_true(spare_threads_hire(relay.spare, &relay.role));
    for (int i = 0; i < TASKS; i++) {
        relay.number++;
        spare_threads_done(relay.spare, &relay.there);
        spare_threads_await(relay.spare, &relay.back);
        assert_int_equal(relay.number, 2 * i + 2);
    }
    spare_threads_await(relay.spare, &relay.role);
    end(relay.spare);
}

static void retire(void *arg)
{
    spare_threads_retire(arg);
}

/* An owner that has retired is the one who takes the role. */
static void an_owner_that_retires_serves(void **state)
{
    (void)state;
    Err err = {0};
    pthread_t thread;
    SpareThreads *spare = spare_threads_new(2, 0);
    Count role = {.task = {.run = run, .arg = &role}};
    assert_true(thread_start(&thread, "test", retire, spare, &err));
    while (!spare_threads_hire(spare, &role.task))
        sched_yield();
    spare_threads_await(spare, &role.task);
    assert_true(spare_threads_has_server(spare));
    assert_true(pthread_equal(role.by, thread));
    spare_threads_retire(spare);
    pthread_join(thread, NULL);
    spare_threads_free(spare);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(none_helps_nobody),
        cmocka_unit_test(every_task_runs_once),
        cmocka_unit_test(a_role_has_its_own_thread),
        cmocka_unit_test(what_is_done_elsewhere_is_awaited),
        cmocka_unit_test(an_owner_that_retires_serves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
