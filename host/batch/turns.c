#include "batch/turns.h"

#include "base/mem.h"

void turns_init(Turns *turns, Monitor *monitor, int count)
{
    *turns = (Turns){
        .monitor = monitor,
        .count = count,
        .again = mem_new((size_t)count, sizeof *turns->again),
    };
}

void turns_term(Turns *turns)
{
    mem_free(turns->again);
}

int turns_take(Turns *turns)
{
    int index = -1;
    pthread_mutex_lock(&turns->monitor->lock);
    if (!turns->stopping && turns->n_again)
        index = turns->again[--turns->n_again];
    else if (!turns->stopping && turns->next < turns->count)
        index = turns->next++;
    pthread_mutex_unlock(&turns->monitor->lock);
    return index;
}

void turns_note_done(Turns *turns)
{
    if (turns->paused == turns->wakes || ++turns->calm <= turns->at_work)
        return;
    turns->calm = 0;
    turns->wakes++;
    pthread_cond_broadcast(&turns->monitor->changed);
}

/* With the lock held. If no worker is at work any more, no file will be given back. */
static void pause_worker(Turns *turns)
{
    turns->at_work--;
    turns->paused++;
    while (!turns->wakes && !turns->stopping && turns->at_work)
        pthread_cond_wait(&turns->monitor->changed, &turns->monitor->lock);
    if (turns->wakes)
        turns->wakes--;
    turns->paused--;
    turns->at_work++;
}

bool turns_give_back(Turns *turns, int index)
{
    pthread_mutex_lock(&turns->monitor->lock);
    bool others = turns->at_work > 1;
    turns->calm = 0;
    if (others) {
        turns->again[turns->n_again++] = index;
        pause_worker(turns);
    }
    pthread_mutex_unlock(&turns->monitor->lock);
    return others;
}

void turns_leave(Turns *turns)
{
    pthread_mutex_lock(&turns->monitor->lock);
    if (--turns->at_work == 0)
        pthread_cond_broadcast(&turns->monitor->changed);
    pthread_mutex_unlock(&turns->monitor->lock);
}

void turns_stop(Turns *turns)
{
    turns->stopping = true;
    pthread_cond_broadcast(&turns->monitor->changed);
}
