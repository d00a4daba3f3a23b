/* dispatch — the queue by which other threads ask one thread, its owner, for work.
 *
 * The room base/thread: threads and clocks (thread), a pool for parallel loops (pool),
 * requests between threads (here), a window's errands (errands), the flag to stop
 * (cancel), signals (interrupt), and the gate that is shut before Python ends
 * (shutdown_gate).
 *
 * A thread asks in one of two ways: dispatch_run waits for the outcome,
 * dispatch_post_newest does not wait. A posted item has a key and replaces an unread
 * item of the same key, so nothing piles up. Items run in order of arrival, on the
 * owner's thread.
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

/* A piece of work. `drop` is called once, when the queue needs `data` no more: after
 * `run`, or instead of it if the item never runs. */
typedef struct DispatchItem {
    dispatch_fn run;  /* on the owner's thread */
    dispatch_fn drop; /* on any thread; NULL: nothing to release */
    void *data;
} DispatchItem;

typedef enum DispatchEnd {
    DISPATCH_DONE,    /* it has run */
    DISPATCH_DROPPED, /* it never runs */
    DISPATCH_LEFT,    /* it still runs, and nobody waits for it */
} DispatchEnd;

typedef enum DispatchTurn {
    DISPATCH_RAN,    /* one item has run */
    DISPATCH_IDLE,   /* none came in time, or the owner was woken */
    DISPATCH_CLOSED, /* it is closed */
} DispatchTurn;

Dispatch *dispatch_new(void);
/* Drops queued items. Nobody may be in a call. NULL is fine. */
void dispatch_free(Dispatch *dispatch);

/* For an owner that waits elsewhere: `wake` is called, on any thread, when the owner
 * should call dispatch_process. Set it before anybody asks. */
void dispatch_on_wake(Dispatch *dispatch, dispatch_fn wake, void *context);

/* Wait until `item` has run. If the cancel (NULL: none) is set before the item begins,
 * it is dropped. If it has begun, an item with `drop` is left when the reason is
 * CANCEL_STOPPED or stronger; one without `drop` is waited for, because its data is the
 * caller's. The owner must not call this. */
DispatchEnd dispatch_run(Dispatch *dispatch, const DispatchItem *item, Cancel *cancel);

/* Queue `item` in the place of an unread one of the same key, which is dropped. It
 * keeps that place, so a key that is renewed again and again is served in turn. `key`
 * is an address that stands for the kind of item; it is not dereferenced. */
void dispatch_post_newest(Dispatch *dispatch, const void *key,
                          const DispatchItem *item);

/* Set `cancel`, and end the waits that use it. */
void dispatch_cancel(Dispatch *dispatch, Cancel *cancel, CancelReason reason);

/* End the owner's wait. */
void dispatch_wake(Dispatch *dispatch);

/* The owner: run the oldest item. Wait up to `ms` for one (-1: without limit). */
DispatchTurn dispatch_process(Dispatch *dispatch, int ms);

/* Drop queued items and all later ones. */
void dispatch_close(Dispatch *dispatch);

#endif
