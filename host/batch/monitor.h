/* monitor — the lock and the condition that the threads of one batch share.
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
    pthread_cond_t changed; /* signalled when guarded state changes */
} Monitor;

void monitor_init(Monitor *monitor);
void monitor_term(Monitor *monitor);

#endif
