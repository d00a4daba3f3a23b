/* WorkQueue and the memory budget: which worker goes on when a resource is short. */
#include "cm.h"

#include <sched.h>

#include "base/thread/thread.h"
#include "batch/budget.h"
#include "batch/work_queue.h"

/* Everything guarded by the batch_lock's lock. */
typedef struct Stage {
    BatchLock batch_lock;
    WorkQueue queue;
    Budget budget;
    int got[8], n_got; /* in the order in which it happened */
} Stage;

typedef struct Actor {
    pthread_t thread;
    Stage *stage;
    uint64_t bytes;
    int number;
} Actor;

static void note(Stage *stage, int number)
{
    pthread_mutex_lock(&stage->batch_lock.lock);
    stage->got[stage->n_got++] = number;
    pthread_cond_broadcast(&stage->batch_lock.changed);
    pthread_mutex_unlock(&stage->batch_lock.lock);
}

#define WAIT_UNTIL(stage, condition)                                                   \
    do {                                                                               \
        pthread_mutex_lock(&(stage)->batch_lock.lock);                                 \
        while (!(condition)) {                                                         \
            pthread_mutex_unlock(&(stage)->batch_lock.lock);                           \
            sched_yield();                                                             \
            pthread_mutex_lock(&(stage)->batch_lock.lock);                             \
        }                                                                              \
        pthread_mutex_unlock(&(stage)->batch_lock.lock);                               \
    } while (0)

static void start(Actor *actor, thread_fn fn)
{
    assert_true(thread_start_small(&actor->thread, "actor", fn, actor, NULL));
}

static void enter_and_leave(void *arg)
{
    Actor *actor = arg;
    if (!budget_enter(&actor->stage->budget, actor->bytes, NULL)) {
        note(actor->stage, -actor->number);
        return;
    }
    note(actor->stage, actor->number);
    budget_leave(&actor->stage->budget, actor->bytes);
}

static void stage_init(Stage *stage, uint64_t budget, int files)
{
    *stage = (Stage){0};
    batch_lock_init(&stage->batch_lock);
    work_queue_init(&stage->queue, &stage->batch_lock, files);
    stage->budget = (Budget){.batch_lock = &stage->batch_lock, .total = budget};
}

static void stage_term(Stage *stage)
{
    work_queue_term(&stage->queue);
    batch_lock_term(&stage->batch_lock);
}

static void what_fits_goes_in_together(void **state)
{
    (void)state;
    Stage stage;
    stage_init(&stage, 10, 0);
    assert_true(budget_enter(&stage.budget, 4, NULL));
    assert_true(budget_enter(&stage.budget, 6, NULL));
    assert_int_equal(stage.budget.used, 10);
    budget_leave(&stage.budget, 4);
    budget_leave(&stage.budget, 6);
    assert_true(budget_enter(&stage.budget, 1000, NULL));
    stage_term(&stage);
}

static void a_large_file_waits_and_is_not_passed(void **state)
{
    (void)state;
    Stage stage;
    stage_init(&stage, 10, 0);
    Actor large = {.stage = &stage, .bytes = 100, .number = 1};
    Actor small = {.stage = &stage, .bytes = 1, .number = 2};
    assert_true(budget_enter(&stage.budget, 6, NULL));
    start(&large, enter_and_leave);
    WAIT_UNTIL(&stage, stage.budget.came == 2);
    start(&small, enter_and_leave);
    WAIT_UNTIL(&stage, stage.budget.came == 3);
    assert_int_equal(stage.budget.served, 1);
    budget_leave(&stage.budget, 6);
    pthread_join(large.thread, NULL);
    pthread_join(small.thread, NULL);
    assert_int_equal(stage.budget.served, 3);
    assert_int_equal(stage.budget.used, 0);
    stage_term(&stage);
}

static void a_closed_budget_lets_nobody_in(void **state)
{
    (void)state;
    Stage stage;
    stage_init(&stage, 10, 0);
    Actor waiting = {.stage = &stage, .bytes = 9, .number = 1};
    assert_true(budget_enter(&stage.budget, 6, NULL));
    start(&waiting, enter_and_leave);
    WAIT_UNTIL(&stage, stage.budget.came == 2);
    pthread_mutex_lock(&stage.batch_lock.lock);
    budget_close(&stage.budget);
    pthread_mutex_unlock(&stage.batch_lock.lock);
    pthread_join(waiting.thread, NULL);
    assert_int_equal(stage.got[0], -1);
    Err err = {0};
    assert_false(budget_enter(&stage.budget, 1, &err));
    assert_int_equal(err.kind, ERR_CANCELLED);
    stage_term(&stage);
}

/* A worker that is short of a resource for its first file only. */
static void give_back_once(void *arg)
{
    Actor *actor = arg;
    WorkQueue *queue = &actor->stage->queue;
    int index = work_queue_take(queue);
    if (!work_queue_give_back(queue, index))
        note(actor->stage, -1);
    while ((index = work_queue_take(queue)) >= 0)
        note(actor->stage, index);
    work_queue_leave(queue);
}

static void note_done(Stage *stage)
{
    pthread_mutex_lock(&stage->batch_lock.lock);
    work_queue_note_done(&stage->queue);
    pthread_mutex_unlock(&stage->batch_lock.lock);
}

static void what_is_given_back_is_taken_first(void **state)
{
    (void)state;
    Stage stage;
    stage_init(&stage, 0, 4);
    Actor other = {.stage = &stage};
    stage.queue.at_work = 2;
    start(&other, give_back_once);
    WAIT_UNTIL(&stage, stage.queue.paused == 1);
    assert_int_equal(work_queue_take(&stage.queue), 0);
    note_done(&stage);
    assert_int_equal(stage.queue.wakes, 0);
    assert_int_equal(work_queue_take(&stage.queue), 1);
    note_done(&stage); /* enough files without a shortage */
    WAIT_UNTIL(&stage, stage.n_got == 2);
    assert_int_equal(stage.got[0], 2);
    assert_int_equal(stage.got[1], 3);
    assert_int_equal(work_queue_take(&stage.queue), -1);
    pthread_join(other.thread, NULL);
    work_queue_leave(&stage.queue);
    stage_term(&stage);
}

static void the_last_one_at_work_never_pauses(void **state)
{
    (void)state;
    Stage stage;
    stage_init(&stage, 0, 1);
    stage.queue.at_work = 1;
    assert_int_equal(work_queue_take(&stage.queue), 0);
    assert_false(work_queue_give_back(&stage.queue, 0));
    assert_int_equal(work_queue_take(&stage.queue), -1);
    stage_term(&stage);
}

static void the_paused_end_with_the_last_and_with_a_stop(void **state)
{
    (void)state;
    for (int stop = 0; stop < 2; stop++) {
        Stage stage;
        stage_init(&stage, 0, 2);
        Actor others[2] = {{.stage = &stage}, {.stage = &stage}};
        stage.queue.at_work = 3;
        for (int i = 0; i < 2; i++)
            start(&others[i], give_back_once);
        WAIT_UNTIL(&stage, stage.queue.paused == 2);
        if (stop) {
            pthread_mutex_lock(&stage.batch_lock.lock);
            work_queue_stop(&stage.queue);
            pthread_mutex_unlock(&stage.batch_lock.lock);
        }
        for (int i = 0; i < 2 && !stop; i++)
            assert_true(work_queue_take(&stage.queue) >= 0);
        assert_int_equal(work_queue_take(&stage.queue), -1);
        work_queue_leave(&stage.queue);
        for (int i = 0; i < 2; i++)
            pthread_join(others[i].thread, NULL);
        assert_int_equal(stage.n_got, 0);
        assert_int_equal(stage.queue.at_work, 0);
        stage_term(&stage);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_fits_goes_in_together),
        cmocka_unit_test(a_large_file_waits_and_is_not_passed),
        cmocka_unit_test(a_closed_budget_lets_nobody_in),
        cmocka_unit_test(what_is_given_back_is_taken_first),
        cmocka_unit_test(the_last_one_at_work_never_pauses),
        cmocka_unit_test(the_paused_end_with_the_last_and_with_a_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
