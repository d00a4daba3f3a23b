#include "base/thread/bell.h"

#include <pthread.h>

#include "base/mem.h"

struct Bell {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    /* guarded by lock */
    bool rung, closed;
};

Bell *bell_new(void)
{
    Bell *bell = mem_new(1, sizeof *bell);
    pthread_mutex_init(&bell->lock, NULL);
    pthread_cond_init(&bell->changed, NULL);
    return bell;
}

void bell_free(Bell *bell)
{
    if (!bell)
        return;
    pthread_cond_destroy(&bell->changed);
    pthread_mutex_destroy(&bell->lock);
    mem_free(bell);
}

static void set(Bell *bell, bool *flag)
{
    pthread_mutex_lock(&bell->lock);
    *flag = true;
    pthread_cond_signal(&bell->changed);
    pthread_mutex_unlock(&bell->lock);
}

void bell_ring(Bell *bell)
{
    set(bell, &bell->rung);
}

void bell_close(Bell *bell)
{
    set(bell, &bell->closed);
}

bool bell_wait(Bell *bell)
{
    pthread_mutex_lock(&bell->lock);
    while (!bell->rung && !bell->closed)
        pthread_cond_wait(&bell->changed, &bell->lock);
    bell->rung = false;
    bool open = !bell->closed;
    pthread_mutex_unlock(&bell->lock);
    return open;
}
