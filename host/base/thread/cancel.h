/* cancel — a flag that says "nobody wants this any more".
 *
 * Long work looks at it between tiles or strips of rows and stops early.
 * Threads: any may set or read it.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_THREAD_CANCEL_H
#define LUTIST_BASE_THREAD_CANCEL_H

#include <stdatomic.h>
#include <stdbool.h>

typedef struct Cancel {
    atomic_bool stop;
} Cancel;

static inline void cancel_set(Cancel *cancel)
{
    atomic_store_explicit(&cancel->stop, true, memory_order_relaxed);
}

static inline void cancel_clear(Cancel *cancel)
{
    atomic_store_explicit(&cancel->stop, false, memory_order_relaxed);
}

/* NULL is never cancelled. */
static inline bool cancel_is_set(Cancel *cancel)
{
    return cancel && atomic_load_explicit(&cancel->stop, memory_order_relaxed);
}

#endif
