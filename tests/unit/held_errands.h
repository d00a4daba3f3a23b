/* held_errands — a thread for errands that stands still until the test lets it go on.
 *
 * Threads: one at a time, the test's.
 * Python:  unaware.
 */
#ifndef LUTIST_TESTS_UNIT_HELD_ERRANDS_H
#define LUTIST_TESTS_UNIT_HELD_ERRANDS_H

#include "cm.h"

#include <sched.h>
#include <stdatomic.h>

#include "base/thread/errands.h"

static Dispatch *held_answers; /* of the thread: those to be processed */
static atomic_bool held;

static void held_run(void *unused)
{
    (void)unused;
    while (atomic_load(&held))
        sched_yield();
}

static void held_nothing(void *unused)
{
    (void)unused;
}

/* The thread, with an errand in work that does not end. */
static Errands *held_errands_start(void)
{
    Err err;
    held_answers = dispatch_new();
    Errands *errands =
        errands_start(&(ErrandsConfig){.name = "errands", .ui = held_answers}, &err);
    assert_non_null(errands);
    atomic_store(&held, true);
    errands_do(errands, &held, &(Errand){held_run, held_nothing, held_nothing, NULL});
    return errands;
}

static void held_errands_let_go(void)
{
    atomic_store(&held, false);
}

static void held_errands_end(Errands *errands)
{
    dispatch_close(held_answers);
    errands_stop(errands);
    dispatch_free(held_answers);
}

#endif
