/* spare_threads — threads with nothing of their own to do take parts of others' work.
 *
 * The owners are threads with work of their own. One that has none left retires: it
 * serves until all owners have retired. Up to `more` further threads serve too; they
 * start when they are wanted, so small work starts none. While nobody serves, an owner
 * does all of its work itself: there are never more threads at work than owners and
 * `more` together.
 * A task is a short part of the work that waits for nothing. A role is a long one,
 * which may wait for tasks; it gets a thread of its own.
 * Threads: any, as the functions say. NULL has no threads: its functions that ask say
 *          so, and the others are not called.
 * Python:  unaware. No task runs under the lock.
 */
#ifndef LUTIST_BASE_THREAD_SPARE_THREADS_H
#define LUTIST_BASE_THREAD_SPARE_THREADS_H

#include <stdbool.h>

typedef struct SpareThreads SpareThreads;

/* In its owner's memory, zeroed, until it is done. */
typedef struct SpareTask {
    void (*run)(void *arg); /* NULL: only awaited */
    void *arg;
    /* guarded by the SpareThreads' lock */
    bool done;
    struct SpareTask *after;
} SpareTask;

/* `owners`, 0 and up, and at most `more`, 0 and up, threads that serve. */
SpareThreads *spare_threads_new(int owners, int more);
/* All owners have retired; the threads that were started are joined. NULL is fine. */
void spare_threads_free(SpareThreads *spare);
/* On an owner's thread, once, when it has no work left: serve until none has. */
void spare_threads_retire(SpareThreads *spare);

/* How many threads can be at work: owners and `more`; 1 for NULL. */
int spare_threads_most(const SpareThreads *spare);
/* Is anybody serving, or could be started? */
bool spare_threads_has_server(SpareThreads *spare);
/* Is anybody without a task, or could be started? */
bool spare_threads_has_idle(SpareThreads *spare);

/* Run task->run(task->arg) on a thread that does nothing else meanwhile. False: there
 * is none. */
bool spare_threads_hire(SpareThreads *spare, SpareTask *role);
/* Any thread that serves, or waits in spare_threads_await, may run it. Without one it
 * waits for the latter. */
void spare_threads_post(SpareThreads *spare, SpareTask *task);
/* The task was done otherwise, or what it stands for has happened. */
void spare_threads_done(SpareThreads *spare, SpareTask *task);
/* Return when `task` is done, and run posted tasks until then. One thread awaits a
 * task, which can then be used again. */
void spare_threads_await(SpareThreads *spare, SpareTask *task);
/* Is it done? */
bool spare_threads_is_done(SpareThreads *spare, const SpareTask *task);

#endif
