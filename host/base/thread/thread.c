#include "base/thread/thread.h"

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/mem.h"

enum { SMALL_STACK = 1 << 20 };

typedef struct Start {
    thread_fn fn;
    void *arg;
    char name[16];
} Start;

static void *begin(void *arg)
{
    Start start = *(Start *)arg;
    mem_free(arg);
    pthread_setname_np(pthread_self(), start.name);
    start.fn(start.arg);
    return NULL;
}

/* A new thread inherits the signal mask, so it is never unblocked. */
static int create(pthread_t *thread, size_t stack, Start *start)
{
    pthread_attr_t attr;
    sigset_t all, before;
    pthread_attr_init(&attr);
    if (stack)
        pthread_attr_setstacksize(&attr, stack);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = pthread_create(thread, &attr, begin, start);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attr);
    return failed;
}

static bool start_with(pthread_t *thread, size_t stack, const char *name, thread_fn fn,
                       void *arg, Err *err)
{
    Start *start = mem_new(1, sizeof *start);
    start->fn = fn;
    start->arg = arg;
    snprintf(start->name, sizeof start->name, "%s", name);
    int failed = create(thread, stack, start);
    if (!failed)
        return true;
    mem_free(start);
    return err_set_errno(err, ERR_ENV, failed, "no thread can be started");
}

void thread_part(pthread_t thread)
{
    cpu_set_t all, others;
    int here = sched_getcpu();
    if (here < 0 || here >= CPU_SETSIZE ||
        pthread_getaffinity_np(thread, sizeof all, &all) != 0)
        return;
    others = all;
    CPU_CLR((size_t)here, &others);
    if (CPU_COUNT(&others) > 0 &&
        pthread_setaffinity_np(thread, sizeof others, &others) == 0)
        pthread_setaffinity_np(thread, sizeof all, &all);
}

bool thread_start(pthread_t *thread, const char *name, thread_fn fn, void *arg,
                  Err *err)
{
    return start_with(thread, 0, name, fn, arg, err);
}

bool thread_start_small(pthread_t *thread, const char *name, thread_fn fn, void *arg,
                        Err *err)
{
    return start_with(thread, SMALL_STACK, name, fn, arg, err);
}

void thread_be_nicer(int by)
{
    int own = getpriority(PRIO_PROCESS, (id_t)gettid());
    setpriority(PRIO_PROCESS, (id_t)gettid(), own + by);
}

int thread_cpus(void)
{
    return limits_cpus("");
}

double thread_clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

struct timespec thread_in_ms(clockid_t clock, int ms)
{
    struct timespec at;
    clock_gettime(clock, &at);
    at.tv_sec += ms / 1000;
    at.tv_nsec += ms % 1000 * 1000000L;
    at.tv_sec += at.tv_nsec / 1000000000L;
    at.tv_nsec %= 1000000000L;
    return at;
}
