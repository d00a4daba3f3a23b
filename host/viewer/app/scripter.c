#include "viewer/app/scripter.h"

#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/thread/mailbox.h"
#include "base/thread/thread.h"

struct Scripter {
    /* immutable after start */
    ScripterConfig config;
    pthread_t thread;
    Mailbox *wishes; /* of Wish: UI thread to script thread */
    Mailbox *ready;  /* of Err: the outcome of the start, once */
    /* script thread; the UI thread reads it between scripter_wait and scripter_stop */
    Script *script;
    /* script thread only */
    struct Wish *last; /* what `plan` was made for; NULL: there is none */
    Plan *plan;
};

typedef struct Wish {
    ParamValue *values; /* owned */
    int depth;
    uint64_t serial;
    double since;
} Wish;

static void wish_free(void *message)
{
    Wish *wish = message;
    if (wish)
        mem_free(wish->values);
    mem_free(wish);
}

/* Scripts may change the folder while they load; paths on the command line must go on
 * meaning what they did. */
static Script *load(const char *spec, Err *err)
{
    int folder = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    Script *script = script_load(spec, err);
    if (folder >= 0) {
        if (fchdir(folder) != 0 && script) {
            script_close(script);
            script = NULL;
            err_set(err, ERR_ENV, "the current folder cannot be entered again");
        }
        close(folder);
    }
    return script;
}

static bool is_at_hand(const Scripter *scripter, const Wish *wish)
{
    size_t count = (size_t)script_params(scripter->script)->count;
    return scripter->last && scripter->last->depth == wish->depth &&
           memcmp(scripter->last->values, wish->values, count * sizeof(ParamValue)) ==
               0;
}

/* Takes `wish`. */
static void serve(Scripter *scripter, Wish *wish)
{
    ScripterAnswer answer = {
        .serial = wish->serial, .since = wish->since, .depth = wish->depth};
    if (!is_at_hand(scripter, wish)) {
        wish_free(scripter->last);
        scripter->last = NULL;
        plan_unref(&scripter->plan);
        scripter->plan =
            script_plan(scripter->script, wish->values, wish->depth, &answer.err);
    }
    answer.plan = scripter->plan;
    scripter->config.answer(scripter->config.context, &answer);
    if (scripter->plan && !scripter->last)
        scripter->last = wish;
    else
        wish_free(wish);
}

static void serve_all(Scripter *scripter)
{
    while (bell_wait(scripter->config.bell)) {
        Wish *wish = mailbox_poll(scripter->wishes);
        if (wish)
            serve(scripter, wish);
        passes_serve(scripter->config.passes);
    }
    wish_free(scripter->last);
    plan_unref(&scripter->plan);
    script_close(scripter->script);
}

static void scripter_thread(void *arg)
{
    Scripter *scripter = arg;
    Err *outcome = mem_new(1, sizeof *outcome);
    InterpConfig config = {.venv = scripter->config.venv,
                           .pool = scripter->config.pool};
    bool started = interp_start(&config, outcome);
    if (started)
        scripter->script = load(scripter->config.script, outcome);
    mailbox_put(scripter->ready, outcome);
    if (scripter->script)
        serve_all(scripter);
    if (started)
        interp_stop();
}

static void scripter_free(Scripter *scripter)
{
    mailbox_free(scripter->wishes);
    mailbox_free(scripter->ready);
    mem_free(scripter);
}

Scripter *scripter_start(const ScripterConfig *config, Err *err)
{
    Scripter *scripter = mem_new(1, sizeof *scripter);
    scripter->config = *config;
    scripter->wishes = mailbox_new(wish_free);
    scripter->ready = mailbox_new(mem_free);
    if (thread_start(&scripter->thread, "lutist-script", scripter_thread, scripter,
                     err))
        return scripter;
    scripter_free(scripter);
    return NULL;
}

bool scripter_wait(Scripter *scripter, Err *err)
{
    Err *outcome = mailbox_take(scripter->ready);
    bool fine = outcome->kind == ERR_NONE;
    if (!fine && err)
        *err = *outcome;
    mem_free(outcome);
    return fine;
}

ParamSet *scripter_params(const Scripter *scripter)
{
    return script_params(scripter->script);
}

const char *scripter_name(const Scripter *scripter)
{
    return script_name(scripter->script);
}

void scripter_want(Scripter *scripter, const ParamValue *values, int depth,
                   uint64_t serial, double since)
{
    size_t count = (size_t)script_params(scripter->script)->count;
    Wish *wish = mem_new(1, sizeof *wish);
    *wish = (Wish){mem_new(count, sizeof *values), depth, serial, since};
    memcpy(wish->values, values, count * sizeof *values);
    mailbox_put(scripter->wishes, wish);
    passes_hurry(scripter->config.passes);
    bell_ring(scripter->config.bell);
}

bool scripter_stop(Scripter *scripter, int limit_ms)
{
    if (!scripter)
        return true;
    mailbox_close(scripter->wishes);
    bell_close(scripter->config.bell);
    struct timespec limit;
    clock_gettime(CLOCK_REALTIME, &limit);
    limit.tv_sec += limit_ms / 1000;
    limit.tv_nsec += limit_ms % 1000 * 1000000L;
    if (limit.tv_nsec >= 1000000000L) {
        limit.tv_nsec -= 1000000000L;
        limit.tv_sec++;
    }
    if (pthread_timedjoin_np(scripter->thread, NULL, &limit) != 0)
        return false;
    scripter_free(scripter);
    return true;
}
