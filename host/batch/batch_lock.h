/* batch_lock — the lock and the condition that the threads of one batch share.
 *
 * Threads: any, between init and term.
 * Python:  unaware; no hook is called and nothing is logged under the lock.
 */
#ifndef LUTIST_BATCH_BATCH_LOCK_H
#define LUTIST_BATCH_BATCH_LOCK_H

#include <pthread.h>

#include "base/err.h"

typedef struct BatchLock {
    pthread_mutex_t lock;
    pthread_cond_t changed; /* signalled when guarded state changes */
} BatchLock;

void batch_lock_init(BatchLock *batch_lock);
void batch_lock_term(BatchLock *batch_lock);

#endif
