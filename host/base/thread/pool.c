#include "base/thread/pool.h"

#include <pthread.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/thread/thread.h"

enum { NICENESS = 5 };

/* How long a woken worker takes to come, where it has a processor. */
static const double SOON_MS = 0.15;

/* One pool_for: on its caller's stack, linked into the pool while it has indices left.
 */
typedef struct Loop {
    pool_fn fn;
    void *arg;
    int count;
    Cancel *cancel;
    atomic_int next;    /* the next index; may exceed count */
    atomic_bool helped; /* a worker has come */
    /* guarded by the pool's lock */
    int helpers; /* workers in this loop */
    bool listed;
    struct Loop *after;
} Loop;

struct Pool {
    /* immutable after new */
    int threads;
    pid_t process; /* the process of the workers; a forked child has none */
    pthread_t *workers;
    pthread_mutex_t lock;
    pthread_cond_t work;     /* a loop was listed, or the pool closes */
    pthread_cond_t idle;     /* a worker has left a loop */
    pthread_mutex_t parting; /* of thread_part, whose calls must not overlap */
    /* guarded by lock */
    Loop *loops; /* oldest first */
    int callers; /* threads inside pool_for */
    bool closed;
};

static void unlist(Pool *pool, Loop *loop)
{
    Loop **at = &pool->loops;
    while (*at && *at != loop)
        at = &(*at)->after;
    if (*at)
        *at = loop->after;
    loop->listed = false;
}

/* Run the next index. False: none is left. */
static bool advance(Loop *loop)
{
    if (cancel_is_set(loop->cancel))
        return false;
    int index = atomic_fetch_add_explicit(&loop->next, 1, memory_order_relaxed);
    if (index >= loop->count)
        return false;
    loop->fn(loop->arg, index);
    return true;
}

/* Run indices until none is left. */
static void drain(Loop *loop)
{
    while (advance(loop))
        ;
}

static bool is_helped(const Loop *loop)
{
    return atomic_load_explicit(&loop->helped, memory_order_relaxed);
}

/* The workers may wait for the caller's processor. If another caller moves them at this
 * moment, they are on their way. */
static void part_workers(Pool *pool, const Loop *loop)
{
    if (pthread_mutex_trylock(&pool->parting) != 0)
        return;
    for (int i = 0; i < pool->threads - 1 && !is_helped(loop); i++)
        thread_part(pool->workers[i]);
    pthread_mutex_unlock(&pool->parting);
}

/* Drain it in its caller. Workers that have not come soon are moved. */
static void lead(Pool *pool, Loop *loop)
{
    double soon = thread_clock_ms() + SOON_MS;
    bool more = true;
    while (more && !is_helped(loop) && thread_clock_ms() < soon)
        more = advance(loop);
    if (more && !is_helped(loop))
        part_workers(pool, loop);
    drain(loop);
}

/* Oldest loop first; a caller always works on its own loop. */
static void work(void *arg)
{
    Pool *pool = arg;
    /* If processors are scarce, the caller, the window and Python have priority. */
    thread_be_nicer(NICENESS);
    pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (!pool->loops && !pool->closed)
            pthread_cond_wait(&pool->work, &pool->lock);
        if (!pool->loops)
            break;
        Loop *loop = pool->loops;
        loop->helpers++;
        atomic_store_explicit(&loop->helped, true, memory_order_relaxed);
        pthread_mutex_unlock(&pool->lock);
        drain(loop);
        pthread_mutex_lock(&pool->lock);
        if (loop->listed)
            unlist(pool, loop);
        if (--loop->helpers == 0)
            pthread_cond_broadcast(&pool->idle);
    }
    pthread_mutex_unlock(&pool->lock);
}

Pool *pool_new(int threads, Err *err)
{
    Pool *pool = mem_new(1, sizeof *pool);
    int wanted = threads > 0 ? threads : thread_cpus();
    pool->workers = mem_new((size_t)wanted, sizeof *pool->workers);
    pool->process = getpid();
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->work, NULL);
    pthread_cond_init(&pool->idle, NULL);
    pthread_mutex_init(&pool->parting, NULL);
    for (pool->threads = 1; pool->threads < wanted; pool->threads++) {
        char name[24]; /* pthread names have at most 15 characters */
        snprintf(name, sizeof name, "lutist-work-%d", pool->threads);
        if (!thread_start_small(&pool->workers[pool->threads - 1], name, work, pool,
                                err)) {
            pool_free(pool);
            return NULL;
        }
    }
    return pool;
}

/* A forked child has no workers, and perhaps a lock that is never released. */
static bool has_workers(const Pool *pool)
{
    return pool && pool->threads > 1 && pool->process == getpid();
}

void pool_free(Pool *pool)
{
    if (!pool || pool->process != getpid())
        return;
    pthread_mutex_lock(&pool->lock);
    while (pool->callers > 0)
        pthread_cond_wait(&pool->idle, &pool->lock);
    pool->closed = true;
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->lock);
    for (int i = 0; i < pool->threads - 1; i++)
        pthread_join(pool->workers[i], NULL);
    pthread_mutex_destroy(&pool->parting);
    pthread_cond_destroy(&pool->idle);
    pthread_cond_destroy(&pool->work);
    pthread_mutex_destroy(&pool->lock);
    mem_free(pool->workers);
    mem_free(pool);
}

int pool_threads(const Pool *pool)
{
    return pool ? pool->threads : 1;
}

static void list(Pool *pool, Loop *loop)
{
    pthread_mutex_lock(&pool->lock);
    Loop **end = &pool->loops;
    while (*end)
        end = &(*end)->after;
    *end = loop;
    loop->listed = true;
    pool->callers++;
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->lock);
}

static void wait_for_helpers(Pool *pool, Loop *loop)
{
    pthread_mutex_lock(&pool->lock);
    if (loop->listed)
        unlist(pool, loop);
    while (loop->helpers > 0)
        pthread_cond_wait(&pool->idle, &pool->lock);
    if (--pool->callers == 0)
        pthread_cond_broadcast(&pool->idle);
    pthread_mutex_unlock(&pool->lock);
}

static void share(Pool *pool, Loop *loop)
{
    list(pool, loop);
    lead(pool, loop);
    wait_for_helpers(pool, loop);
}

bool pool_for(Pool *pool, int count, pool_fn fn, void *arg, Cancel *cancel)
{
    Loop loop = {.fn = fn, .arg = arg, .count = count, .cancel = cancel};
    bool shared = count > 1 && has_workers(pool);
    if (shared)
        share(pool, &loop);
    else
        drain(&loop);
    /* Indices are handed out before they run: if all were handed out, all ran. */
    return count <= 0 || atomic_load(&loop.next) >= count;
}
