/* The gate waits for the calls inside and admits none after it is shut. */
#include <pthread.h>
#include <stdatomic.h>

#include "base/thread/shutdown_gate.h"
#include "base/thread/thread.h"
#include "cm.h"

enum { THREADS = 6, ROUNDS = 400 };

/* Threads that enter and leave until the gate is shut, like daemon threads. */
typedef struct Crowd {
    ShutdownGate *gate;
    pthread_barrier_t start;
    atomic_int inside; /* never above 0 once the wait is over */
    atomic_int kept_out;
} Crowd;

static void stroll(void *arg)
{
    Crowd *crowd = arg;
    pthread_barrier_wait(&crowd->start);
    while (shutdown_gate_enter(crowd->gate)) {
        atomic_fetch_add(&crowd->inside, 1);
        assert_true(shutdown_gate_enter(crowd->gate)); /* a call within a call */
        shutdown_gate_leave(crowd->gate);
        atomic_fetch_sub(&crowd->inside, 1);
        shutdown_gate_leave(crowd->gate);
    }
    atomic_fetch_add(&crowd->kept_out, 1);
}

/* A gate is never freed, because threads may be parked at it. A list keeps it
 * reachable, so it is no leak. */
static ShutdownGate *new_gate(void)
{
    static ShutdownGate *gates[ROUNDS + 8];
    static int count;
    assert_true(count < ROUNDS + 8);
    return gates[count++] = shutdown_gate_new();
}

static void a_shut_door_leaves_nobody_inside(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        Crowd crowd = {.gate = new_gate()};
        pthread_t threads[THREADS];
        pthread_barrier_init(&crowd.start, NULL, THREADS + 1);
        for (int i = 0; i < THREADS; i++)
            assert_true(thread_start(&threads[i], "crowd", stroll, &crowd, NULL));
        pthread_barrier_wait(&crowd.start);
        shutdown_gate_shut(crowd.gate);
        shutdown_gate_wait(crowd.gate);
        assert_int_equal(atomic_load(&crowd.inside), 0);
        assert_true(cancel_is_set(shutdown_gate_cancel(crowd.gate)));
        for (int i = 0; i < THREADS; i++)
            pthread_join(threads[i], NULL);
        assert_int_equal(atomic_load(&crowd.kept_out), THREADS);
        pthread_barrier_destroy(&crowd.start);
    }
}

/* A thread inside, which makes a second call after the gate is shut. */
typedef struct Guest {
    ShutdownGate *gate;
    pthread_barrier_t in, shut;
    atomic_bool again, left;
} Guest;

static void call_again(void *arg)
{
    Guest *guest = arg;
    assert_true(shutdown_gate_enter(guest->gate));
    pthread_barrier_wait(&guest->in);
    pthread_barrier_wait(&guest->shut);
    bool again = shutdown_gate_enter(guest->gate);
    atomic_store(&guest->again, again);
    if (again)
        shutdown_gate_leave(guest->gate);
    atomic_store(&guest->left, true);
    shutdown_gate_leave(guest->gate);
}

static void who_is_inside_may_call_again(void **state)
{
    (void)state;
    Guest guest = {.gate = new_gate()};
    pthread_t thread;
    pthread_barrier_init(&guest.in, NULL, 2);
    pthread_barrier_init(&guest.shut, NULL, 2);
    assert_true(thread_start(&thread, "guest", call_again, &guest, NULL));
    pthread_barrier_wait(&guest.in);
    assert_false(cancel_is_set(shutdown_gate_cancel(guest.gate)));
    shutdown_gate_shut(guest.gate);
    pthread_barrier_wait(&guest.shut);
    shutdown_gate_wait(guest.gate);
    assert_true(atomic_load(&guest.left));
    assert_true(atomic_load(&guest.again));
    pthread_join(thread, NULL);
    pthread_barrier_destroy(&guest.in);
    pthread_barrier_destroy(&guest.shut);
}

static void who_has_shut_it_passes(void **state)
{
    (void)state;
    ShutdownGate *gate = new_gate();
    shutdown_gate_shut(gate);
    assert_true(shutdown_gate_enter(gate));
    shutdown_gate_leave(gate);
    shutdown_gate_wait(gate);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_shut_door_leaves_nobody_inside),
        cmocka_unit_test(who_is_inside_may_call_again),
        cmocka_unit_test(who_has_shut_it_passes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
