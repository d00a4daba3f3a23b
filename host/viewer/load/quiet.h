/* quiet — whether the window has been at rest for a moment, so that work that nobody
 * has asked for may go on.
 *
 * Such work runs at a low priority, and beside a hand's it would hardly get a
 * processor; the locks of the process's memory, which it holds for moments, would then
 * be held for long.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_LOAD_QUIET_H
#define LUTIST_VIEWER_LOAD_QUIET_H

#include <stdatomic.h>

#include "base/thread/cancel.h"

typedef struct Quiet {
    _Atomic double until_ms; /* the window is in use */
} Quiet;

/* The window is in use now. */
void quiet_disturb(Quiet *quiet);
/* Returns when it has been at rest for a moment, or soon after `cancel` was set. */
void quiet_await(Quiet *quiet, Cancel *cancel);

#endif
