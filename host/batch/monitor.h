/* monitor — the lock and the conditions that the threads of one batch share.
 *
 * Threads: any, between init and term.
 * Python:  unaware; no hook is called and nothing is logged under the lock.
 */
#ifndef LUTIST_BATCH_MONITOR_H
#define LUTIST_BATCH_MONITOR_H

#include <pthread.h>

#include "base/err.h"

typedef struct Monitor {
    pthread_mutex_t lock;
    pthread_cond_t caller;  /* something for the caller's thread to do */
    pthread_cond_t workers; /* something has changed for the other threads */
} Monitor;

void monitor_init(Monitor *monitor);
void monitor_term(Monitor *monitor);
/* The caller's thread waits for a while. Called with the lock held. */
void monitor_wait(Monitor *monitor, int ms);

#endif
