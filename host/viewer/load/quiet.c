#include "viewer/load/quiet.h"

#include <math.h>
#include <time.h>

#include "base/thread/thread.h"

/* A hand that drags stops for less; and how often the cancel is looked at. */
static const double REST_MS = 250, SLICE_MS = 20;

void quiet_disturb(Quiet *quiet)
{
    atomic_store(&quiet->until_ms, thread_clock_ms() + REST_MS);
}

void quiet_await(Quiet *quiet, Cancel *cancel)
{
    double left;
    while ((left = atomic_load(&quiet->until_ms) - thread_clock_ms()) > 0 &&
           !cancel_is_set(cancel)) {
        const struct timespec slice = {.tv_nsec = (long)(fmin(left, SLICE_MS) * 1e6)};
        nanosleep(&slice, NULL);
    }
}
