#include "batch/batch_lock.h"

void batch_lock_init(BatchLock *batch_lock)
{
    pthread_mutex_init(&batch_lock->lock, NULL);
    pthread_cond_init(&batch_lock->changed, NULL);
}

void batch_lock_term(BatchLock *batch_lock)
{
    pthread_mutex_destroy(&batch_lock->lock);
    pthread_cond_destroy(&batch_lock->changed);
}
