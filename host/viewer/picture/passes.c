#include "viewer/picture/passes.h"

#include <pthread.h>

#include "base/mem.h"
#include "base/thread/thread.h"
#include "python/pass.h"

/* A pass that has run for longer makes way for newer values; it also begins to be
 * reported then, this often. */
static const double LONG_MS = 300, REPORT_MS = 100;

typedef struct Job {
    Passes *passes;
    /* immutable; references */
    Mode mode;
    Program *program;
    Image *src, *dst;
    /* guarded by the lock of Passes */
    int refs;
    bool begun, done, left; /* left: the render thread has gone on without it */
    double begun_ms, told_ms, part;
    double ms;
    bool good;
    Err err;
} Job;

struct Passes {
    /* immutable after new */
    Bell *bell;
    Wake wake;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    /* guarded by lock */
    Job *job; /* what the render thread waits for; NULL: nothing */
    bool hurry, stop, closed;
};

Passes *passes_new(Bell *bell, Wake wake)
{
    Passes *passes = mem_new(1, sizeof *passes);
    passes->bell = bell;
    passes->wake = wake;
    pthread_mutex_init(&passes->lock, NULL);
    pthread_cond_init(&passes->changed, NULL);
    return passes;
}

void passes_free(Passes *passes)
{
    if (!passes)
        return;
    pthread_cond_destroy(&passes->changed);
    pthread_mutex_destroy(&passes->lock);
    mem_free(passes);
}

static Job *job_new(Passes *passes, Mode mode, Program *program, Image *src, Image *dst)
{
    Job *job = mem_new(1, sizeof *job);
    job->passes = passes;
    job->mode = mode;
    job->program = program_ref(program);
    job->src = image_ref(src);
    job->dst = image_ref(dst);
    job->refs = 1;
    return job;
}

/* With the lock held: true where this was the last reference; then job_free it, without
 * the lock. */
static bool job_release(Job *job)
{
    return --job->refs == 0;
}

static void job_free(Job *job)
{
    program_unref(&job->program);
    image_unref(&job->src);
    image_unref(&job->dst);
    mem_free(job);
}

/* Render thread. */

void passes_clear(Passes *passes)
{
    pthread_mutex_lock(&passes->lock);
    passes->hurry = passes->stop = false;
    pthread_mutex_unlock(&passes->lock);
}

static bool is_dropped(const Passes *passes, const Job *job)
{
    return passes->closed || passes->stop || (passes->hurry && !job->begun);
}

static PassEnd end_of(const Passes *passes, const Job *job)
{
    if (job->done && job->good)
        return PASS_DONE;
    if (job->done && job->err.kind != ERR_CANCELLED)
        return PASS_FAILED;
    return passes->closed || passes->stop ? PASS_STOPPED : PASS_HURRIED;
}

static void post(Passes *passes, Job *job)
{
    pthread_mutex_lock(&passes->lock);
    passes->job = job;
    pthread_mutex_unlock(&passes->lock);
    bell_ring(passes->bell);
}

PassEnd passes_run(Passes *passes, Mode mode, Program *program, Image *src, Image *dst,
                   double *ms, Err *err)
{
    Job *job = job_new(passes, mode, program, src, dst);
    post(passes, job);
    pthread_mutex_lock(&passes->lock);
    while (!job->done && !is_dropped(passes, job))
        pthread_cond_wait(&passes->changed, &passes->lock);
    PassEnd end = end_of(passes, job);
    if (end == PASS_FAILED)
        *err = job->err;
    *ms = job->ms;
    job->left = true;
    passes->job = NULL;
    bool last = job_release(job);
    pthread_mutex_unlock(&passes->lock);
    if (last)
        job_free(job);
    return end;
}

/* Any thread. */

void passes_hurry(Passes *passes)
{
    pthread_mutex_lock(&passes->lock);
    passes->hurry = true;
    pthread_cond_broadcast(&passes->changed);
    pthread_mutex_unlock(&passes->lock);
}

bool passes_stop(Passes *passes)
{
    pthread_mutex_lock(&passes->lock);
    bool there = passes->job && !passes->job->done;
    passes->stop = true;
    pthread_cond_broadcast(&passes->changed);
    pthread_mutex_unlock(&passes->lock);
    return there;
}

void passes_close(Passes *passes)
{
    pthread_mutex_lock(&passes->lock);
    passes->closed = true;
    pthread_cond_broadcast(&passes->changed);
    pthread_mutex_unlock(&passes->lock);
}

bool passes_state(Passes *passes, PassState *state)
{
    pthread_mutex_lock(&passes->lock);
    const Job *job = passes->job;
    bool running = job && job->begun && !job->done && !passes->stop;
    if (running)
        *state = (PassState){job->mode, job->part, thread_clock_ms() - job->begun_ms};
    pthread_mutex_unlock(&passes->lock);
    return running;
}

/* Script thread. */

static bool is_long(const Job *job, double now)
{
    return now - job->begun_ms >= LONG_MS;
}

/* After each slice, without the GIL. */
static bool go_on(void *context, double part)
{
    Job *job = context;
    Passes *passes = job->passes;
    double now = thread_clock_ms();
    pthread_mutex_lock(&passes->lock);
    bool more = !job->left && !(passes->hurry && is_long(job, now));
    bool tell = more && is_long(job, now) && now - job->told_ms >= REPORT_MS;
    job->part = part;
    if (tell)
        job->told_ms = now;
    pthread_mutex_unlock(&passes->lock);
    if (tell)
        passes->wake.call(passes->wake.context);
    return more;
}

/* A new reference to the job that waits, which begins now; NULL: none does. */
static Job *begin(Passes *passes)
{
    pthread_mutex_lock(&passes->lock);
    Job *job = passes->job;
    if (job && (job->begun || is_dropped(passes, job)))
        job = NULL;
    if (job) {
        job->refs++;
        job->begun = true;
        job->begun_ms = thread_clock_ms();
    }
    pthread_mutex_unlock(&passes->lock);
    return job;
}

void passes_serve(Passes *passes)
{
    Job *job = begin(passes);
    if (!job)
        return;
    Pass pass = {.mode = job->mode,
                 .program = job->program,
                 .src = job->src,
                 .dst = job->dst,
                 .go_on = go_on,
                 .context = job};
    Err err = {0};
    bool good = script_has_mode(job->mode, &err); /* what it needs is loaded once */
    double start = thread_clock_ms();
    good = good && script_pass(&pass, &err);
    pthread_mutex_lock(&passes->lock);
    job->good = good;
    job->err = err;
    job->ms = thread_clock_ms() - start;
    job->done = true;
    pthread_cond_broadcast(&passes->changed);
    bool last = job_release(job);
    pthread_mutex_unlock(&passes->lock);
    if (last)
        job_free(job);
}
