#include "batch/budget.h"

static bool fits(const Budget *budget, uint64_t bytes)
{
    return !budget->used ||
           (budget->used <= budget->total && bytes <= budget->total - budget->used);
}

bool budget_enter(Budget *budget, uint64_t bytes, Err *err)
{
    Monitor *monitor = budget->monitor;
    pthread_mutex_lock(&monitor->lock);
    unsigned turn = budget->came++;
    while (!budget->closed && (turn != budget->served || !fits(budget, bytes)))
        pthread_cond_wait(&monitor->changed, &monitor->lock);
    bool entered = !budget->closed;
    if (entered) {
        budget->used += bytes;
        budget->served++;
        pthread_cond_broadcast(&monitor->changed);
    }
    pthread_mutex_unlock(&monitor->lock);
    return entered || err_set(err, ERR_CANCELLED, "interrupted");
}

void budget_leave(Budget *budget, uint64_t bytes)
{
    pthread_mutex_lock(&budget->monitor->lock);
    budget->used -= bytes;
    pthread_cond_broadcast(&budget->monitor->changed);
    pthread_mutex_unlock(&budget->monitor->lock);
}

void budget_close(Budget *budget)
{
    budget->closed = true;
    pthread_cond_broadcast(&budget->monitor->changed);
}
