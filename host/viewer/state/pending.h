/* pending — a request to another thread that has no answer yet.
 *
 * Threads: a value; the UI thread's. Times are thread_clock_ms.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_STATE_PENDING_H
#define LUTIST_VIEWER_STATE_PENDING_H

#include <stdbool.h>

/* After so long no plan is expected soon. */
#define PENDING_SLOW_MS 500.0
/* After so long a mark names the file that is being read. */
#define PENDING_MARK_MS 150.0
/* After so long that the script is busy. */
#define PENDING_BUSY_MS 300.0

typedef struct Pending {
    bool waiting;
    double since_ms; /* when the newest request was sent */
} Pending;

static inline bool pending_is_slow(const Pending *pending, double now)
{
    return pending->waiting && now - pending->since_ms >= PENDING_SLOW_MS;
}

static inline bool pending_is_busy(const Pending *pending, double now)
{
    return pending->waiting && now - pending->since_ms >= PENDING_BUSY_MS;
}

/* When `ms` have passed without an answer; 0: it has one. */
static inline double pending_due(const Pending *pending, double ms)
{
    return pending->waiting ? pending->since_ms + ms : 0;
}

#endif
