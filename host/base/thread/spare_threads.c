#include "base/thread/spare_threads.h"

#include <pthread.h>
#include <stddef.h>

#include "base/mem.h"
#include "base/thread/thread.h"

/* First in, first out. */
typedef struct Line {
    SpareTask *first, *last;
    int count;
} Line;

struct SpareThreads {
    /* immutable after new */
    int most;
    pthread_mutex_t lock;
    pthread_cond_t changed; /* a task is there or done, or nobody serves any more */
    /* guarded by lock */
    int owners;         /* that have not retired */
    int more;           /* threads that may be started */
    int started;        /* of these */
    pthread_t *threads; /* owned: room for them */
    int serving;        /* threads that serve */
    int idle;           /* of these, how many have no task */
    Line roles, tasks;
};

static void push(Line *line, SpareTask *task)
{
    task->done = false;
    task->after = NULL;
    if (line->first)
        line->last->after = task;
    else
        line->first = task;
    line->last = task;
    line->count++;
}

/* NULL: the line is empty. */
static SpareTask *pop(Line *line)
{
    SpareTask *task = line->first;
    if (task) {
        line->first = task->after;
        line->count--;
    }
    return task;
}

/* With the lock held, which is released meanwhile. */
static void run(SpareThreads *spare, SpareTask *task)
{
    pthread_mutex_unlock(&spare->lock);
    task->run(task->arg);
    pthread_mutex_lock(&spare->lock);
    task->done = true;
    pthread_cond_broadcast(&spare->changed);
}

/* With the lock held. The thread is already counted. */
static void serve(SpareThreads *spare)
{
    while (spare->owners) {
        SpareTask *task = pop(&spare->roles);
        if (!task)
            task = pop(&spare->tasks);
        if (!task) {
            pthread_cond_wait(&spare->changed, &spare->lock);
            continue;
        }
        spare->idle--;
        run(spare, task);
        spare->idle++;
    }
}

static void work(void *arg)
{
    SpareThreads *spare = arg;
    pthread_mutex_lock(&spare->lock);
    serve(spare);
    pthread_mutex_unlock(&spare->lock);
}

/* With the lock held. */
static void count_server(SpareThreads *spare)
{
    spare->serving++;
    spare->idle++;
}

/* With the lock held. Fewer threads are enough. */
static bool start(SpareThreads *spare)
{
    if (spare->started == spare->more)
        return false;
    if (!thread_start_small(&spare->threads[spare->started], "lutist-spare", work,
                            spare, NULL)) {
        spare->more = spare->started;
        return false;
    }
    spare->started++;
    count_server(spare);
    return true;
}

SpareThreads *spare_threads_new(int owners, int more)
{
    SpareThreads *spare = mem_new(1, sizeof *spare);
    spare->owners = owners;
    spare->more = more;
    spare->most = owners + more;
    spare->threads = mem_new((size_t)more, sizeof *spare->threads);
    pthread_mutex_init(&spare->lock, NULL);
    pthread_cond_init(&spare->changed, NULL);
    return spare;
}

void spare_threads_free(SpareThreads *spare)
{
    if (!spare)
        return;
    REQUIRE(!spare->owners);
    for (int i = 0; i < spare->started; i++)
        pthread_join(spare->threads[i], NULL);
    pthread_cond_destroy(&spare->changed);
    pthread_mutex_destroy(&spare->lock);
    mem_free(spare->threads);
    mem_free(spare);
}

void spare_threads_retire(SpareThreads *spare)
{
    pthread_mutex_lock(&spare->lock);
    if (--spare->owners) {
        count_server(spare);
        serve(spare);
    } else {
        pthread_cond_broadcast(&spare->changed);
    }
    pthread_mutex_unlock(&spare->lock);
}

int spare_threads_most(const SpareThreads *spare)
{
    return spare ? spare->most : 1;
}

bool spare_threads_has_server(SpareThreads *spare)
{
    if (!spare)
        return false;
    pthread_mutex_lock(&spare->lock);
    bool any = spare->serving || spare->started < spare->more;
    pthread_mutex_unlock(&spare->lock);
    return any;
}

/* With the lock held. */
static bool has_idle(const SpareThreads *spare)
{
    return spare->idle > spare->roles.count + spare->tasks.count;
}

bool spare_threads_has_idle(SpareThreads *spare)
{
    if (!spare)
        return false;
    pthread_mutex_lock(&spare->lock);
    bool any = has_idle(spare) || spare->started < spare->more;
    pthread_mutex_unlock(&spare->lock);
    return any;
}

/* A thread that has been woken for a task takes the role instead. */
bool spare_threads_hire(SpareThreads *spare, SpareTask *role)
{
    if (!spare)
        return false;
    pthread_mutex_lock(&spare->lock);
    bool found = spare->idle > spare->roles.count || start(spare);
    if (found) {
        push(&spare->roles, role);
        pthread_cond_broadcast(&spare->changed);
    }
    pthread_mutex_unlock(&spare->lock);
    return found;
}

void spare_threads_post(SpareThreads *spare, SpareTask *task)
{
    pthread_mutex_lock(&spare->lock);
    if (!has_idle(spare))
        start(spare);
    push(&spare->tasks, task);
    pthread_cond_broadcast(&spare->changed);
    pthread_mutex_unlock(&spare->lock);
}

void spare_threads_done(SpareThreads *spare, SpareTask *task)
{
    pthread_mutex_lock(&spare->lock);
    task->done = true;
    pthread_cond_broadcast(&spare->changed);
    pthread_mutex_unlock(&spare->lock);
}

void spare_threads_await(SpareThreads *spare, SpareTask *task)
{
    pthread_mutex_lock(&spare->lock);
    while (!task->done) {
        SpareTask *other = pop(&spare->tasks);
        if (other)
            run(spare, other);
        else
            pthread_cond_wait(&spare->changed, &spare->lock);
    }
    task->done = false;
    pthread_mutex_unlock(&spare->lock);
}

bool spare_threads_is_done(SpareThreads *spare, const SpareTask *task)
{
    pthread_mutex_lock(&spare->lock);
    bool done = task->done;
    pthread_mutex_unlock(&spare->lock);
    return done;
}
