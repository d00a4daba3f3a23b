#include "batch/monitor.h"

#include <time.h>

void monitor_init(Monitor *monitor)
{
    pthread_condattr_t clock;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_mutex_init(&monitor->lock, NULL);
    pthread_cond_init(&monitor->caller, &clock);
    pthread_cond_init(&monitor->workers, NULL);
    pthread_condattr_destroy(&clock);
}

void monitor_term(Monitor *monitor)
{
    pthread_mutex_destroy(&monitor->lock);
    pthread_cond_destroy(&monitor->caller);
    pthread_cond_destroy(&monitor->workers);
}

void monitor_wait(Monitor *monitor, int ms)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += ms * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_cond_timedwait(&monitor->caller, &monitor->lock, &until);
}
