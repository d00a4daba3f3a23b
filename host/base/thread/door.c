#include "base/thread/door.h"

#include <pthread.h>

#include "base/err.h"
#include "base/mem.h"

struct Door {
    Cancel cancel;
    pthread_mutex_t lock;
    pthread_cond_t empty;
    /* guarded by lock */
    int inside;
    bool shut;
    pthread_t keeper; /* who has shut it */
};

/* How many doors the thread is behind, in each other. */
static _Thread_local int depth;

Door *door_new(void)
{
    Door *door = mem_new(1, sizeof *door);
    pthread_mutex_init(&door->lock, NULL);
    pthread_cond_init(&door->empty, NULL);
    return door;
}

bool door_enter(Door *door)
{
    pthread_mutex_lock(&door->lock);
    bool open = !door->shut || depth > 0 || pthread_equal(door->keeper, pthread_self());
    if (open)
        door->inside++;
    pthread_mutex_unlock(&door->lock);
    if (open)
        depth++;
    return open;
}

void door_leave(Door *door)
{
    REQUIRE(depth > 0);
    depth--;
    pthread_mutex_lock(&door->lock);
    if (--door->inside == 0)
        pthread_cond_broadcast(&door->empty);
    pthread_mutex_unlock(&door->lock);
}

void door_shut(Door *door)
{
    pthread_mutex_lock(&door->lock);
    door->shut = true;
    door->keeper = pthread_self();
    cancel_set(&door->cancel, CANCEL_STOPPED);
    pthread_mutex_unlock(&door->lock);
}

void door_wait(Door *door)
{
    pthread_mutex_lock(&door->lock);
    while (door->inside > 0)
        pthread_cond_wait(&door->empty, &door->lock);
    pthread_mutex_unlock(&door->lock);
}

Cancel *door_cancel(Door *door)
{
    return &door->cancel;
}
