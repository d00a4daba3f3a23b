#include "batch/work_queue.h"

#include "base/mem.h"

void work_queue_init(WorkQueue *queue, BatchLock *batch_lock, int count)
{
    *queue = (WorkQueue){
        .batch_lock = batch_lock,
        .count = count,
        .again = mem_new((size_t)count, sizeof *queue->again),
    };
}

void work_queue_term(WorkQueue *queue)
{
    mem_free(queue->again);
}

int work_queue_take(WorkQueue *queue)
{
    int index = -1;
    pthread_mutex_lock(&queue->batch_lock->lock);
    if (!queue->stopping && queue->n_again)
        index = queue->again[--queue->n_again];
    else if (!queue->stopping && queue->next < queue->count)
        index = queue->next++;
    pthread_mutex_unlock(&queue->batch_lock->lock);
    return index;
}

void work_queue_note_done(WorkQueue *queue)
{
    if (queue->paused == queue->wakes || ++queue->calm <= queue->at_work)
        return;
    queue->calm = 0;
    queue->wakes++;
    pthread_cond_broadcast(&queue->batch_lock->changed);
}

/* With the lock held. If no worker is at work any more, no file will be given back. */
static void pause_worker(WorkQueue *queue)
{
    queue->at_work--;
    queue->paused++;
    while (!queue->wakes && !queue->stopping && queue->at_work)
        pthread_cond_wait(&queue->batch_lock->changed, &queue->batch_lock->lock);
    if (queue->wakes)
        queue->wakes--;
    queue->paused--;
    queue->at_work++;
}

bool work_queue_give_back(WorkQueue *queue, int index)
{
    pthread_mutex_lock(&queue->batch_lock->lock);
    bool others = queue->at_work > 1;
    queue->calm = 0;
    if (others) {
        queue->again[queue->n_again++] = index;
        pause_worker(queue);
    }
    pthread_mutex_unlock(&queue->batch_lock->lock);
    return others;
}

void work_queue_leave(WorkQueue *queue)
{
    pthread_mutex_lock(&queue->batch_lock->lock);
    if (--queue->at_work == 0)
        pthread_cond_broadcast(&queue->batch_lock->changed);
    pthread_mutex_unlock(&queue->batch_lock->lock);
}

void work_queue_stop(WorkQueue *queue)
{
    queue->stopping = true;
    pthread_cond_broadcast(&queue->batch_lock->changed);
}
