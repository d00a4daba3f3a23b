#include "base/thread.h"

#include <signal.h>
#include <stdio.h>
#include <time.h>

#include "base/limits.h"
#include "base/mem.h"

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

bool thread_start(pthread_t *thread, const char *name, thread_fn fn, void *arg,
                  Err *err)
{
    Start *start = mem_new(1, sizeof *start);
    start->fn = fn;
    start->arg = arg;
    snprintf(start->name, sizeof start->name, "%s", name);
    /* A new thread inherits the mask, so it never runs a moment unblocked. */
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = pthread_create(thread, NULL, begin, start);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (failed) {
        mem_free(start);
        return err_set_errno(err, ERR_ENV, failed, "no thread to be had");
    }
    return true;
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
