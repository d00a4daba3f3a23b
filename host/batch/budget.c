#include "batch/budget.h"

static bool fits(const Budget *budget, uint64_t bytes)
{
    return !budget->used ||
           (budget->used <= budget->total && bytes <= budget->total - budget->used);
}

bool budget_enter(Budget *budget, uint64_t bytes, Err *err)
{
    BatchLock *batch_lock = budget->batch_lock;
    pthread_mutex_lock(&batch_lock->lock);
    unsigned turn = budget->came++;
    while (!budget->closed && (turn != budget->served || !fits(budget, bytes)))
        pthread_cond_wait(&batch_lock->changed, &batch_lock->lock);
    bool entered = !budget->closed;
    if (entered) {
        budget->used += bytes;
        budget->served++;
        pthread_cond_broadcast(&batch_lock->changed);
    }
    pthread_mutex_unlock(&batch_lock->lock);
    return entered || err_set(err, ERR_CANCELLED, "interrupted");
}

void budget_leave(Budget *budget, uint64_t bytes)
{
    pthread_mutex_lock(&budget->batch_lock->lock);
    budget->used -= bytes;
    pthread_cond_broadcast(&budget->batch_lock->changed);
    pthread_mutex_unlock(&budget->batch_lock->lock);
}

void budget_close(Budget *budget)
{
    budget->closed = true;
    pthread_cond_broadcast(&budget->batch_lock->changed);
}
