#include "viewer/app/scripter.h"

#include "base/mem.h"
#include "base/thread/thread.h"
#include "python/interp.h"

typedef struct Request {
    Scripter *scripter;
    ParamValue *values; /* owned */
    int count;          /* of them */
    int depth;
    uint64_t serial;
    double since;
} Request;

struct Scripter {
    /* immutable after start */
    ScripterConfig config;
    pthread_t thread;
    /* script thread; the UI thread reads it between scripter_wait and scripter_stop */
    Script *script; /* NULL: it could not be loaded */
    /* script thread only */
    Err outcome;        /* of the start */
    Plan *plan;         /* NULL: there is none */
    ParamValue *values; /* of the plan; owned */
    int count;          /* of them */
    int plan_depth;     /* of the newest plan sent to the render thread; 0: none */
};

static void request_free(void *data)
{
    Request *request = data;
    param_values_free(request->values, request->count);
    mem_free(request);
}

/* Answers. */

typedef struct Message {
    Scripter *scripter;
    ScripterAnswer answer;
} Message;

static void deliver(void *data)
{
    const Message *message = data;
    const ScripterConfig *config = &message->scripter->config;
    config->take(config->context, &message->answer);
}

/* Send the plan to the render thread, then an answer to the UI thread. */
static void answer(Scripter *scripter, const Request *request, const Err *err)
{
    Message *message = mem_new(1, sizeof *message);
    if (scripter->plan) {
        scripter->plan_depth = request->depth;
        render_plan(scripter->config.render, scripter->plan, request->serial,
                    request->since);
    }
    *message = (Message){scripter, {request->serial, scripter->plan_depth, *err}};
    dispatch_post_newest(scripter->config.ui, scripter,
                         &(DispatchItem){deliver, mem_free, message});
}

/* Requests. */

static bool is_at_hand(const Scripter *scripter, const Request *request)
{
    return scripter->plan && scripter->plan->depth == request->depth &&
           param_values_equal(scripter->values, request->values, request->count);
}

/* Takes the request's values. */
static void make_plan(Scripter *scripter, Request *request, Err *err)
{
    plan_unref(&scripter->plan);
    param_values_free(scripter->values, scripter->count);
    scripter->values = request->values;
    scripter->count = request->count;
    request->values = NULL;
    scripter->plan =
        script_plan(scripter->script, scripter->values, request->depth, err);
}

static void serve(void *data)
{
    Request *request = data;
    Err err = {0};
    if (!is_at_hand(request->scripter, request))
        make_plan(request->scripter, request, &err);
    answer(request->scripter, request, &err);
}

/* The script thread. */

static void scripter_thread(void *arg)
{
    Scripter *scripter = arg;
    InterpConfig config = {.venv = scripter->config.venv,
                           .pool = scripter->config.pool};
    bool started = interp_start(&config, &scripter->outcome);
    if (started)
        scripter->script = script_load(scripter->config.script, &scripter->outcome);
    while (dispatch_process(scripter->config.inbox, -1) != DISPATCH_CLOSED)
        ;
    plan_unref(&scripter->plan);
    script_close(scripter->script);
    if (started)
        interp_stop();
}

/* The UI thread. */

Scripter *scripter_start(const ScripterConfig *config, Err *err)
{
    Scripter *scripter = mem_new(1, sizeof *scripter);
    scripter->config = *config;
    if (thread_start(&scripter->thread, "lutist-script", scripter_thread, scripter,
                     err))
        return scripter;
    mem_free(scripter);
    return NULL;
}

typedef struct Question {
    const Scripter *scripter;
    Err outcome;
} Question;

static void tell_outcome(void *data)
{
    Question *question = data;
    question->outcome = question->scripter->outcome;
}

bool scripter_wait(Scripter *scripter, Err *err)
{
    Question question = {.scripter = scripter};
    DispatchItem item = {tell_outcome, NULL, &question};
    dispatch_run(scripter->config.inbox, &item, NULL);
    bool fine = question.outcome.kind == ERR_NONE;
    if (!fine && err)
        *err = question.outcome;
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
    int count = script_params(scripter->script)->count;
    Request *request = mem_new(1, sizeof *request);
    *request = (Request){.scripter = scripter,
                         .values = param_values_copy(values, count),
                         .count = count,
                         .depth = depth,
                         .serial = serial,
                         .since = since};
    dispatch_post_newest(scripter->config.inbox, scripter,
                         &(DispatchItem){serve, request_free, request});
    render_cancel_mapping(scripter->config.render, CANCEL_NEWER);
}

bool scripter_stop(Scripter *scripter, int limit_ms)
{
    if (!scripter)
        return true;
    dispatch_close(scripter->config.inbox);
    render_cancel_mapping(scripter->config.render, CANCEL_CLOSED);
    struct timespec limit = thread_in_ms(CLOCK_REALTIME, limit_ms);
    if (pthread_timedjoin_np(scripter->thread, NULL, &limit) != 0)
        return false;
    param_values_free(scripter->values, scripter->count);
    mem_free(scripter);
    return true;
}
