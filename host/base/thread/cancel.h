/* cancel — a flag that says "nobody wants this any more", and why.
 *
 * Long work looks at it between tiles or strips of rows and stops early.
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
    CANCEL_NEWER,   /* something newer is wanted; nearly finished work may end */
    CANCEL_STOPPED, /* somebody wants it no more */
    CANCEL_CLOSED,  /* the program or the run ends */
    CANCEL_LEFT,    /* whoever waited for it has gone on */
} CancelReason;

typedef struct Cancel {
    atomic_int reason;
} Cancel;

/* The strongest reason of all that were given stays. */
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
