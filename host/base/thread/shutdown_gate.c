#include "base/thread/shutdown_gate.h"

#include <pthread.h>

#include "base/err.h"
#include "base/mem.h"

struct ShutdownGate {
    Cancel cancel;
    pthread_mutex_t lock;
    pthread_cond_t empty;
    /* guarded by lock */
    int inside;
    bool shut;
    pthread_t keeper; /* the thread that has shut it */
};

/* How many gates the calling thread is inside of. */
static _Thread_local int depth;

ShutdownGate *shutdown_gate_new(void)
{
    ShutdownGate *gate = mem_new(1, sizeof *gate);
    pthread_mutex_init(&gate->lock, NULL);
    pthread_cond_init(&gate->empty, NULL);
    return gate;
}

bool shutdown_gate_enter(ShutdownGate *gate)
{
    pthread_mutex_lock(&gate->lock);
    bool open = !gate->shut || depth > 0 || pthread_equal(gate->keeper, pthread_self());
    if (open)
        gate->inside++;
    pthread_mutex_unlock(&gate->lock);
    if (open)
        depth++;
    return open;
}

void shutdown_gate_leave(ShutdownGate *gate)
{
    REQUIRE(depth > 0);
    depth--;
    pthread_mutex_lock(&gate->lock);
    if (--gate->inside == 0)
        pthread_cond_broadcast(&gate->empty);
    pthread_mutex_unlock(&gate->lock);
}

void shutdown_gate_shut(ShutdownGate *gate)
{
    pthread_mutex_lock(&gate->lock);
    gate->shut = true;
    gate->keeper = pthread_self();
    cancel_set(&gate->cancel, CANCEL_STOPPED);
    pthread_mutex_unlock(&gate->lock);
}

void shutdown_gate_wait(ShutdownGate *gate)
{
    pthread_mutex_lock(&gate->lock);
    while (gate->inside > 0)
        pthread_cond_wait(&gate->empty, &gate->lock);
    pthread_mutex_unlock(&gate->lock);
}

Cancel *shutdown_gate_cancel(ShutdownGate *gate)
{
    return &gate->cancel;
}
