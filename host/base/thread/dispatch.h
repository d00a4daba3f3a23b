/* dispatch — the queue by which other threads ask one thread, its owner, for work.
 *
 * A thread asks in one of two ways: dispatch_run waits for the outcome,
 * dispatch_post_newest leaves word and goes on. Word is known by a key, and newer word
 * takes the place of word of the same key that is not read yet, so nothing piles up.
 * Items run one after the other, in the order in which they came, on the owner's
 * thread.
 *
 * Threads: any may ask, wake and close; one at a time processes.
 * Python:  unaware; dispatch_run and dispatch_process block, so call them with the GIL
 *          released. No lock is held while an item runs, is dropped, or wakes.
 */
#ifndef LUTIST_BASE_THREAD_DISPATCH_H
#define LUTIST_BASE_THREAD_DISPATCH_H

#include <stdbool.h>

#include "base/thread/cancel.h"

typedef struct Dispatch Dispatch;

typedef void (*dispatch_fn)(void *data);

/* What is to be done. `drop` is called once, when the queue needs `data` no more: after
 * `run`, or in its stead where the item never runs. */
typedef struct DispatchItem {
    dispatch_fn run;  /* on the owner's thread */
    dispatch_fn drop; /* on any thread; NULL: nothing is to be dropped */
    void *data;
} DispatchItem;

typedef enum DispatchEnd {
    DISPATCH_DONE,    /* it has run */
    DISPATCH_DROPPED, /* it never runs */
    DISPATCH_LEFT,    /* it still runs, and nobody waits for it */
} DispatchEnd;

typedef enum DispatchTurn {
    DISPATCH_RAN,    /* one item */
    DISPATCH_IDLE,   /* none came in time, or the owner was woken */
    DISPATCH_CLOSED, /* and none will come */
} DispatchTurn;

Dispatch *dispatch_new(void);
/* Drops what waits. Nobody may be in a call. NULL is fine. */
void dispatch_free(Dispatch *dispatch);

/* For an owner that sleeps elsewhere: `wake` is called, on any thread, when it ought to
 * call dispatch_process. Before anybody asks. */
void dispatch_on_wake(Dispatch *dispatch, dispatch_fn wake, void *context);

/* Wait until `item` has run. A cancel (NULL: none) ends the wait for an item that has
 * not begun, which is dropped; once it is set none begins. An item with `drop` that has
 * begun is left where the reason is CANCEL_STOPPED or stronger; one without is waited
 * for, since its data is the caller's. The owner must not call this. */
DispatchEnd dispatch_run(Dispatch *dispatch, const DispatchItem *item, Cancel *cancel);

/* Put `item` in the place of an unread one of the same key, which is dropped; so word
 * that is renewed again and again is read as soon as word that is not. `key` is an
 * address that stands for the kind of word, and is not followed. */
void dispatch_post_newest(Dispatch *dispatch, const void *key,
                          const DispatchItem *item);

/* Set `cancel`, and end the waits for it. */
void dispatch_cancel(Dispatch *dispatch, Cancel *cancel, CancelReason reason);

/* End the owner's wait. */
void dispatch_wake(Dispatch *dispatch);

/* The owner: run the item that has waited longest; wait up to `ms` for one (-1: for as
 * long as it takes). */
DispatchTurn dispatch_process(Dispatch *dispatch, int ms);

/* Drops what waits and all that will come. */
void dispatch_close(Dispatch *dispatch);

#endif
