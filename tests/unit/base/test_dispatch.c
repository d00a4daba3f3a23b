/* Threads that ask another thread for work. */
#include "cm.h"

#include <sched.h>
#include <stdint.h>

#include "base/mem.h"
#include "base/thread/dispatch.h"
#include "base/thread/thread.h"

/* A work item that counts how often it ran and was dropped. */
typedef struct Work {
    atomic_int runs, drops;
    atomic_bool may_end; /* run waits for it */
    int order;           /* its place among those that ran */
} Work;

static int places;

static void run(void *data)
{
    Work *work = data;
    work->order = ++places;
    atomic_fetch_add(&work->runs, 1);
}

static void run_held(void *data)
{
    Work *work = data;
    atomic_fetch_add(&work->runs, 1);
    while (!atomic_load(&work->may_end))
        sched_yield();
}

static void drop(void *data)
{
    atomic_fetch_add(&((Work *)data)->drops, 1);
}

static DispatchItem item(Work *work)
{
    return (DispatchItem){run, drop, work};
}

static void post(Dispatch *dispatch, const void *key, Work *work)
{
    dispatch_post_newest(dispatch, key, &(DispatchItem){run, drop, work});
}

static void assert_work(Work *work, int runs, int drops)
{
    assert_int_equal(atomic_load(&work->runs), runs);
    assert_int_equal(atomic_load(&work->drops), drops);
}

static void newer_word_takes_the_place_of_unread_word(void **state)
{
    (void)state;
    Dispatch *dispatch = dispatch_new();
    Work old = {0}, other = {0}, newest = {0};
    static const char keys[2];
    places = 0;
    post(dispatch, &keys[0], &old);
    post(dispatch, &keys[1], &other);
    post(dispatch, &keys[0], &newest);
    assert_work(&old, 0, 1);
    assert_int_equal(dispatch_process(dispatch, -1), DISPATCH_RAN);
    assert_int_equal(dispatch_process(dispatch, 0), DISPATCH_RAN);
    assert_int_equal(dispatch_process(dispatch, 0), DISPATCH_IDLE);
    assert_int_equal(newest.order, 1);
    assert_int_equal(other.order, 2);
    assert_work(&other, 1, 1);
    assert_work(&newest, 1, 1);
    dispatch_free(dispatch);
}

static void closing_drops_all_that_waits_and_comes(void **state)
{
    (void)state;
    Dispatch *dispatch = dispatch_new();
    Work before = {0}, after = {0}, asked = {0};
    post(dispatch, &before, &before);
    dispatch_close(dispatch);
    post(dispatch, &after, &after);
    DispatchItem ask = item(&asked);
    assert_int_equal(dispatch_run(dispatch, &ask, NULL), DISPATCH_DROPPED);
    assert_int_equal(dispatch_process(dispatch, -1), DISPATCH_CLOSED);
    assert_work(&before, 0, 1);
    assert_work(&after, 0, 1);
    assert_work(&asked, 0, 1);
    dispatch_free(dispatch);
}

static void what_waits_at_the_end_is_dropped(void **state)
{
    (void)state;
    Dispatch *dispatch = dispatch_new();
    Work work = {0};
    post(dispatch, &work, &work);
    dispatch_free(dispatch);
    assert_work(&work, 0, 1);
    dispatch_free(NULL);
}

static void count(void *context)
{
    atomic_fetch_add((atomic_int *)context, 1);
}

static void an_owner_that_sleeps_elsewhere_is_woken(void **state)
{
    (void)state;
    Dispatch *dispatch = dispatch_new();
    atomic_int woken = 0;
    Work work = {0};
    dispatch_on_wake(dispatch, count, &woken);
    post(dispatch, &work, &work);
    assert_int_equal(atomic_load(&woken), 1);
    assert_int_equal(dispatch_process(dispatch, 0), DISPATCH_RAN);
    dispatch_wake(dispatch);
    assert_int_equal(atomic_load(&woken), 2);
    assert_int_equal(dispatch_process(dispatch, -1), DISPATCH_IDLE);
    dispatch_close(dispatch);
    assert_int_equal(atomic_load(&woken), 3);
    dispatch_free(dispatch);
}

/* A thread that asks, and the outcome it got. */
typedef struct Asker {
    pthread_t thread;
    Dispatch *dispatch;
    DispatchItem item;
    Cancel cancel;
    DispatchEnd end;
    atomic_bool back;
} Asker;

static void ask(void *arg)
{
    Asker *asker = arg;
    asker->end = dispatch_run(asker->dispatch, &asker->item, &asker->cancel);
    atomic_store(&asker->back, true);
}

static void start(Asker *asker, Dispatch *dispatch, DispatchItem todo)
{
    Err err;
    asker->dispatch = dispatch;
    asker->item = todo;
    assert_true(thread_start(&asker->thread, "ask", ask, asker, &err));
}

static DispatchEnd end_of(Asker *asker)
{
    pthread_join(asker->thread, NULL);
    return asker->end;
}

static void an_asker_waits_until_it_has_run(void **state)
{
    (void)state;
    Dispatch *dispatch = dispatch_new();
    Work work = {0};
    Asker asker = {0};
    start(&asker, dispatch, item(&work));
    assert_int_equal(dispatch_process(dispatch, -1), DISPATCH_RAN);
    assert_int_equal(end_of(&asker), DISPATCH_DONE);
    assert_work(&work, 1, 1);
    dispatch_free(dispatch);
}

static void a_cancel_drops_what_has_not_begun(void **state)
{
    (void)state;
    Dispatch *dispatch = dispatch_new();
    Work work = {0};
    Asker asker = {0};
    start(&asker, dispatch, item(&work));
    dispatch_cancel(dispatch, &asker.cancel, CANCEL_NEWER);
    assert_int_equal(end_of(&asker), DISPATCH_DROPPED);
    assert_int_equal(dispatch_process(dispatch, 0), DISPATCH_IDLE);
    assert_work(&work, 0, 1);
    dispatch_free(dispatch);
}

static void process_at_once(void *context)
{
    dispatch_process(context, 0);
}

static void nothing_begins_after_a_cancel(void **state)
{
    (void)state;
    Dispatch *dispatch = dispatch_new();
    Work work = {0};
    Cancel cancel = {0};
    DispatchItem todo = item(&work);
    dispatch_on_wake(dispatch, process_at_once, dispatch);
    dispatch_cancel(dispatch, &cancel, CANCEL_NEWER);
    assert_int_equal(dispatch_run(dispatch, &todo, &cancel), DISPATCH_DROPPED);
    assert_work(&work, 0, 1);
    cancel_clear(&cancel);
    assert_int_equal(dispatch_run(dispatch, &todo, &cancel), DISPATCH_DONE);
    assert_work(&work, 1, 2);
    dispatch_free(dispatch);
}

/* The asker has not woken yet, so its item is still in the queue. */
static void nothing_begins_after_its_cancel(void **state)
{
    (void)state;
    Dispatch *dispatch = dispatch_new();
    Work work = {0};
    Asker asker = {0};
    atomic_int woken = 0;
    dispatch_on_wake(dispatch, count, &woken);
    start(&asker, dispatch, item(&work));
    while (!atomic_load(&woken))
        sched_yield();
    cancel_set(&asker.cancel, CANCEL_STOPPED);
    assert_int_equal(dispatch_process(dispatch, 0), DISPATCH_IDLE);
    assert_int_equal(end_of(&asker), DISPATCH_DROPPED);
    assert_work(&work, 0, 1);
    dispatch_free(dispatch);
}

/* Process one item, and another one if the first call was only woken. */
static void serve_one(void *arg)
{
    while (dispatch_process(arg, -1) != DISPATCH_RAN)
        ;
}

/* Start and return an owner that works for `asker` until the work may end. */
static pthread_t begin_held(Asker *asker, Dispatch *dispatch, Work *work,
                            dispatch_fn drop_work)
{
    pthread_t owner;
    Err err;
    start(asker, dispatch, (DispatchItem){run_held, drop_work, work});
    assert_true(thread_start(&owner, "owner", serve_one, dispatch, &err));
    while (!atomic_load(&work->runs))
        sched_yield();
    return owner;
}

static void assert_goes_on_waiting(Asker *asker, CancelReason reason)
{
    dispatch_cancel(asker->dispatch, &asker->cancel, reason);
    for (int i = 0; i < 100; i++)
        sched_yield();
    assert_false(atomic_load(&asker->back));
}

static void newer_word_lets_work_end_a_stop_leaves_it(void **state)
{
    (void)state;
    Dispatch *dispatch = dispatch_new();
    Work work = {0};
    Asker asker = {0};
    pthread_t owner = begin_held(&asker, dispatch, &work, drop);
    assert_goes_on_waiting(&asker, CANCEL_NEWER);
    dispatch_cancel(dispatch, &asker.cancel, CANCEL_STOPPED);
    assert_int_equal(end_of(&asker), DISPATCH_LEFT);
    assert_work(&work, 1, 0);
    atomic_store(&work.may_end, true);
    pthread_join(owner, NULL);
    assert_work(&work, 1, 1);
    dispatch_free(dispatch);
}

static void data_of_the_asker_is_waited_for(void **state)
{
    (void)state;
    Dispatch *dispatch = dispatch_new();
    Work work = {0};
    Asker asker = {0};
    pthread_t owner = begin_held(&asker, dispatch, &work, NULL);
    assert_goes_on_waiting(&asker, CANCEL_CLOSED);
    atomic_store(&work.may_end, true);
    assert_int_equal(end_of(&asker), DISPATCH_DONE);
    pthread_join(owner, NULL);
    dispatch_free(dispatch);
}

static void the_strongest_reason_stays(void **state)
{
    (void)state;
    Cancel cancel = {0};
    assert_false(cancel_is_set(&cancel) || cancel_is_set(NULL));
    cancel_set(&cancel, CANCEL_STOPPED);
    cancel_set(&cancel, CANCEL_NEWER);
    assert_int_equal(cancel_reason(&cancel), CANCEL_STOPPED);
    cancel_set(&cancel, CANCEL_CLOSED);
    assert_int_equal(cancel_reason(&cancel), CANCEL_CLOSED);
}

/* Many members that ask, post and cancel at random. */

enum { CROWD = 6, TIMES = 400 };

typedef struct Member {
    pthread_t thread;
    Dispatch *dispatch;
    atomic_int *waiting; /* members that have not ended */
    Cancel *others;      /* a cancel of the next member */
    Cancel cancel;
    Work works[TIMES];
} Member;

static void crowd_main(void *arg)
{
    Member *member = arg;
    for (int i = 0; i < TIMES; i++) {
        DispatchItem todo = item(&member->works[i]);
        cancel_clear(&member->cancel);
        if (i % 3 == 0)
            dispatch_post_newest(member->dispatch, member, &todo);
        else
            dispatch_run(member->dispatch, &todo, &member->cancel);
        if (i % 5 == 0)
            dispatch_cancel(member->dispatch, member->others, CANCEL_STOPPED);
    }
    atomic_fetch_sub(member->waiting, 1);
    dispatch_wake(member->dispatch);
}

static void a_crowd_loses_and_doubles_nothing(void **state)
{
    (void)state;
    Dispatch *dispatch = dispatch_new();
    Member *members = mem_new(CROWD, sizeof *members);
    atomic_int waiting = CROWD;
    Err err;
    for (int i = 0; i < CROWD; i++) {
        members[i].dispatch = dispatch;
        members[i].waiting = &waiting;
        members[i].others = &members[(i + 1) % CROWD].cancel;
    }
    for (int i = 0; i < CROWD; i++)
        assert_true(
            thread_start(&members[i].thread, "crowd", crowd_main, &members[i], &err));
    while (atomic_load(&waiting))
        dispatch_process(dispatch, -1);
    for (int i = 0; i < CROWD; i++)
        pthread_join(members[i].thread, NULL);
    while (dispatch_process(dispatch, 0) == DISPATCH_RAN)
        ;
    for (int i = 0; i < CROWD; i++)
        for (int k = 0; k < TIMES; k++) {
            assert_in_range(atomic_load(&members[i].works[k].runs), 0, 1);
            assert_int_equal(atomic_load(&members[i].works[k].drops), 1);
        }
    dispatch_free(dispatch);
    mem_free(members);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(newer_word_takes_the_place_of_unread_word),
        cmocka_unit_test(closing_drops_all_that_waits_and_comes),
        cmocka_unit_test(what_waits_at_the_end_is_dropped),
        cmocka_unit_test(an_owner_that_sleeps_elsewhere_is_woken),
        cmocka_unit_test(an_asker_waits_until_it_has_run),
        cmocka_unit_test(a_cancel_drops_what_has_not_begun),
        cmocka_unit_test(nothing_begins_after_its_cancel),
        cmocka_unit_test(nothing_begins_after_a_cancel),
        cmocka_unit_test(newer_word_lets_work_end_a_stop_leaves_it),
        cmocka_unit_test(data_of_the_asker_is_waited_for),
        cmocka_unit_test(the_strongest_reason_stays),
        cmocka_unit_test(a_crowd_loses_and_doubles_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
