#include "viewer/app/scripter.h"

#include <stdio.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/thread/attendant.h"
#include "base/thread/thread.h"
#include "python/interp.h"
#include "python/script_presets.h"
#include "viewer/app/script_source.h"

typedef struct Request {
    Scripter *scripter;
    ParamSet *set;      /* a reference */
    ParamValue *values; /* owned; NULL: taken */
    int depth;
    uint64_t serial;
    double since;
} Request;

struct Scripter {
    /* immutable after start */
    ScripterConfig config;
    Attendant *attendant; /* owned */
    pthread_t thread;
    /* any thread */
    Cancel cancel;    /* of the isolated script's call in work */
    atomic_bool busy; /* a call of the script is in work */
    /* script thread only */
    ScriptSource source;
    Plan *plan;         /* NULL: there is none */
    ParamValue *values; /* of the plan; owned */
    int count;          /* of them */
    int plan_depth;     /* of the newest plan sent to the render thread; 0: none */
};

static void request_free(void *data)
{
    Request *request = data;
    param_values_free(request->values, request->set->count);
    param_set_unref(&request->set);
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
           param_values_equal(scripter->values, request->values, request->set->count);
}

static void drop_plan(Scripter *scripter)
{
    plan_unref(&scripter->plan);
    param_values_free(scripter->values, scripter->count);
    scripter->values = NULL;
}

/* From now on scripter_interrupt stops the call. */
static void begin_call(Scripter *scripter)
{
    if (cancel_reason(&scripter->cancel) < CANCEL_CLOSED)
        cancel_clear(&scripter->cancel);
    atomic_store(&scripter->busy, true);
}

/* Takes the request's values. */
static void make_plan(Scripter *scripter, Request *request, Err *err)
{
    drop_plan(scripter);
    scripter->values = request->values;
    scripter->count = request->set->count;
    request->values = NULL;
    begin_call(scripter);
    scripter->plan =
        script_source_plan(&scripter->source, scripter->values, request->depth, err);
    atomic_store(&scripter->busy, false);
}

static void serve(void *data)
{
    Request *request = data;
    Scripter *scripter = request->scripter;
    Err err = {0};
    if (request->set != script_params(scripter->source.script))
        return;
    if (!is_at_hand(scripter, request))
        make_plan(scripter, request, &err);
    answer(scripter, request, &err);
}

/* News. */

typedef struct NewsMessage {
    Scripter *scripter;
    ScripterNews news;
    ParamSet *set;      /* a reference; NULL: none */
    char *name;         /* owned */
    ParamValue *values; /* owned */
    char *folder;       /* owned */
} NewsMessage;

static void deliver_news(void *data)
{
    const NewsMessage *message = data;
    const ScripterConfig *config = &message->scripter->config;
    config->take_news(config->context, &message->news);
}

static void news_free(void *data)
{
    NewsMessage *message = data;
    if (message->set)
        param_values_free(message->values, message->set->count);
    param_set_unref(&message->set);
    mem_free(message->name);
    mem_free(message->folder);
    mem_free(message);
}

static void describe_script(NewsMessage *message, Script *script)
{
    const ScripterConfig *config = &message->scripter->config;
    ScripterNews *news = &message->news;
    news->set = message->set = param_set_ref(script_params(script));
    news->name = message->name = mem_dup(script_name(script));
    news->folder = message->folder = path_dir(script_path(script));
    news->values = message->values = script_settings(
        script, config->preset, config->params, config->n_params, &news->values_err);
}

static void tell(Scripter *scripter, bool loading)
{
    const ScriptSource *source = &scripter->source;
    NewsMessage *message = mem_new(1, sizeof *message);
    message->scripter = scripter;
    message->news = (ScripterNews){.loading = loading,
                                   .loads = source->loads,
                                   .err = source->err,
                                   .notice = source->notice};
    if (source->script)
        describe_script(message, source->script);
    dispatch_post_newest(scripter->config.ui, &scripter->source,
                         &(DispatchItem){deliver_news, news_free, message});
}

/* Presets. */

typedef struct PresetMessage {
    Scripter *scripter;
    ScripterPresets presets; /* with a reference to the set */
} PresetMessage;

static void deliver_presets(void *data)
{
    PresetMessage *message = data;
    const ScripterConfig *config = &message->scripter->config;
    config->take_presets(config->context, &message->presets);
}

static void preset_message_free(void *data)
{
    PresetMessage *message = data;
    preset_list_free(message->presets.list);
    param_set_unref(&message->presets.set);
    mem_free(message);
}

/* `done`: what was done; `err`: why not. */
static void tell_presets(Scripter *scripter, const char *done, const Err *err)
{
    Script *script = scripter->source.script;
    PresetMessage *message = mem_new(1, sizeof *message);
    ScripterPresets *presets = &message->presets;
    message->scripter = scripter;
    presets->set = param_set_ref(script_params(script));
    presets->list = script_presets(script, &presets->err);
    snprintf(presets->done, sizeof presets->done, "%s", done);
    if (err)
        presets->err = *err;
    dispatch_post_newest(
        scripter->config.ui, message, /* a key of its own */
        &(DispatchItem){deliver_presets, preset_message_free, message});
}

typedef struct PresetRequest {
    Scripter *scripter;
    ParamSet *set;      /* a reference */
    ParamValue *values; /* owned; NULL: delete the preset */
    char *name;         /* owned */
} PresetRequest;

static void preset_request_free(void *data)
{
    PresetRequest *request = data;
    if (request->values)
        param_values_free(request->values, request->set->count);
    param_set_unref(&request->set);
    mem_free(request->name);
    mem_free(request);
}

static void change_preset(void *data)
{
    PresetRequest *request = data;
    Scripter *scripter = request->scripter;
    Script *script = scripter->source.script;
    Err err = {0};
    if (!script || request->set != script_params(script))
        return;
    bool fine = request->values
                    ? script_preset_save(script, request->name, request->values, &err)
                    : script_preset_delete(script, request->name, &err);
    char *done = mem_printf("%s: %s", request->values ? "Saved as a preset" : "Deleted",
                            request->name);
    tell_presets(scripter, fine ? done : "", fine ? NULL : &err);
    mem_free(done);
}

static void load(void *data)
{
    Scripter *scripter = data;
    tell(scripter, true);
    begin_call(scripter);
    bool loaded = script_source_load(&scripter->source);
    if (loaded)
        drop_plan(scripter);
    atomic_store(&scripter->busy, false);
    tell(scripter, false);
    if (loaded)
        tell_presets(scripter, "", NULL);
}

/* The script thread. */

/* Any thread. */
static void changed(void *context)
{
    scripter_reload(context);
}

static void work(Scripter *scripter)
{
    const ScripterConfig *config = &scripter->config;
    ScriptPlace place = {.how = {.pool = config->pool, .cancel = &scripter->cancel},
                         .always = config->isolate,
                         .never = config->no_isolate};
    script_source_init(&scripter->source, config->script, &place, changed, scripter);
    load(scripter);
    while (dispatch_process(scripter->config.inbox, -1) != DISPATCH_CLOSED)
        ;
    drop_plan(scripter);
    script_source_term(&scripter->source);
}

static void scripter_thread(void *arg)
{
    Scripter *scripter = arg;
    ScriptSource *source = &scripter->source;
    InterpConfig config = {.venv = scripter->config.venv,
                           .pool = scripter->config.pool,
                           .attendant = scripter->attendant};
    if (interp_start(&config, &source->err)) {
        work(scripter);
        interp_stop();
    } else {
        source->loads++;
        tell(scripter, false);
    }
}

/* The UI thread. */

Scripter *scripter_start(const ScripterConfig *config, Err *err)
{
    Scripter *scripter = mem_new(1, sizeof *scripter);
    scripter->config = *config;
    scripter->attendant = attendant_start((AttendantLimit){0}, err);
    if (scripter->attendant && thread_start(&scripter->thread, "lutist-script",
                                            scripter_thread, scripter, err))
        return scripter;
    attendant_stop(scripter->attendant);
    mem_free(scripter);
    return NULL;
}

void scripter_want(Scripter *scripter, ParamSet *set, const ParamValue *values,
                   int depth, uint64_t serial, double since)
{
    Request *request = mem_new(1, sizeof *request);
    *request = (Request){.scripter = scripter,
                         .set = param_set_ref(set),
                         .values = param_values_copy(values, set->count),
                         .depth = depth,
                         .serial = serial,
                         .since = since};
    dispatch_post_newest(scripter->config.inbox, scripter,
                         &(DispatchItem){serve, request_free, request});
    render_cancel_mapping(scripter->config.render, CANCEL_NEWER);
}

void scripter_change_preset(Scripter *scripter, ParamSet *set, const char *name,
                            const ParamValue *values)
{
    PresetRequest *request = mem_new(1, sizeof *request);
    *request = (PresetRequest){
        .scripter = scripter, .set = param_set_ref(set), .name = mem_dup(name)};
    if (values)
        request->values = param_values_copy(values, set->count);
    dispatch_post_newest(scripter->config.inbox, request, /* a key of its own */
                         &(DispatchItem){change_preset, preset_request_free, request});
    render_cancel_mapping(scripter->config.render, CANCEL_NEWER);
}

void scripter_reload(Scripter *scripter)
{
    dispatch_post_newest(scripter->config.inbox, &scripter->source,
                         &(DispatchItem){load, NULL, scripter});
    render_cancel_mapping(scripter->config.render, CANCEL_NEWER);
}

bool scripter_interrupt(Scripter *scripter)
{
    bool busy = atomic_load(&scripter->busy);
    if (busy)
        cancel_set(&scripter->cancel, CANCEL_STOPPED);
    return attendant_interrupt(scripter->attendant) || busy;
}

bool scripter_stop(Scripter *scripter, int limit_ms)
{
    if (!scripter)
        return true;
    dispatch_close(scripter->config.inbox);
    render_cancel_mapping(scripter->config.render, CANCEL_CLOSED);
    cancel_set(&scripter->cancel, CANCEL_CLOSED);
    scripter_interrupt(scripter);
    struct timespec limit = thread_in_ms(CLOCK_REALTIME, limit_ms);
    if (pthread_timedjoin_np(scripter->thread, NULL, &limit) != 0)
        return false;
    attendant_stop(scripter->attendant);
    mem_free(scripter);
    return true;
}
