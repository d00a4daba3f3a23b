/* cancel — a flag that tells long work to stop, and why.
 *
 * Long work checks it between tiles or strips of rows.
 * Threads: any may set or read it.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_THREAD_CANCEL_H
#define LUTIST_BASE_THREAD_CANCEL_H

#include <stdatomic.h>
#include <stdbool.h>

/* From weak to strong. */
typedef enum CancelReason {
    CANCEL_NONE,
    CANCEL_NEWER,   /* a newer request exists; nearly finished work may finish */
    CANCEL_STOPPED, /* the result is not wanted any more */
    CANCEL_CLOSED,  /* the program or the run ends */
    CANCEL_LEFT,    /* the thread that waited has gone on */
} CancelReason;

typedef struct Cancel {
    atomic_int reason;
} Cancel;

/* Set it; the strongest of all reasons stays. */
static inline void cancel_set(Cancel *cancel, CancelReason reason)
{
    int old = atomic_load_explicit(&cancel->reason, memory_order_relaxed);
    while (old < (int)reason && !atomic_compare_exchange_weak_explicit(
                                    &cancel->reason, &old, (int)reason,
                                    memory_order_relaxed, memory_order_relaxed))
        ;
}

static inline void cancel_clear(Cancel *cancel)
{
    atomic_store_explicit(&cancel->reason, CANCEL_NONE, memory_order_relaxed);
}

/* Clear it, unless a reason that is stronger than `most` has set it. */
static inline void cancel_forget(Cancel *cancel, CancelReason most)
{
    int old = atomic_load_explicit(&cancel->reason, memory_order_relaxed);
    while (old <= (int)most && !atomic_compare_exchange_weak_explicit(
                                   &cancel->reason, &old, CANCEL_NONE,
                                   memory_order_relaxed, memory_order_relaxed))
        ;
}

/* NULL is never cancelled. */
static inline CancelReason cancel_reason(Cancel *cancel)
{
    return cancel ? (CancelReason)atomic_load_explicit(&cancel->reason,
                                                       memory_order_relaxed)
                  : CANCEL_NONE;
}

static inline bool cancel_is_set(Cancel *cancel)
{
    return cancel_reason(cancel) != CANCEL_NONE;
}

#endif
