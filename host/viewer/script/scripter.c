#include "viewer/script/scripter.h"

#include "base/mem.h"
#include "base/thread/attendant.h"
#include "base/thread/thread.h"
#include "python/interp.h"
#include "python/script_presets.h"
#include "viewer/script/script_news.h"

typedef struct Request {
    Scripter *scripter;
    ParamSet *set;      /* a reference */
    ParamValue *values; /* owned; NULL: taken */
    int depth;
    ColorConversion *colors; /* a reference; NULL: none */
    bool look;               /* the look without it is wanted, too */
    uint64_t serial;
    double since;
} Request;

struct Scripter {
    /* immutable after start */
    ScripterConfig config;
    Attendant *attendant; /* owned */
    pthread_t thread;
    /* any thread */
    Cancel cancel;    /* of the isolated script's calls in work */
    atomic_bool busy; /* calls of the script are in work */
    /* script thread only */
    ScriptSource source;
    Plan *plan;         /* NULL: there is none */
    ParamValue *values; /* of the plan; owned */
    int count;          /* of them */
    uint64_t colors;    /* the number of the conversion in it; 0: none */
    int plan_depth;     /* of the newest plan sent to the render thread; 0: none */
    uint64_t plan_colors;
};

static void request_free(void *data)
{
    Request *request = data;
    param_values_free(request->values, request->set->count);
    param_set_unref(&request->set);
    color_conversion_unref(&request->colors);
    mem_free(request);
}

static uint64_t number_of(const ColorConversion *colors)
{
    return colors ? colors->number : 0;
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
        scripter->plan_colors = scripter->colors;
        render_plan(scripter->config.render, scripter->plan, scripter->colors,
                    request->serial, request->since);
    }
    *message = (Message){
        scripter, {request->serial, scripter->plan_depth, scripter->plan_colors, *err}};
    dispatch_post_newest(scripter->config.ui, scripter,
                         &(DispatchItem){deliver, mem_free, message});
}

/* Requests. */

/* The script may be called from now on, and scripter_interrupt stops it. What stopped
 * the calls before is forgotten. */
static void begin_calls(Scripter *scripter)
{
    cancel_forget(&scripter->cancel, CANCEL_STOPPED);
    atomic_store(&scripter->busy, true);
}

static void end_calls(Scripter *scripter)
{
    atomic_store(&scripter->busy, false);
}

static bool is_at_hand(const Scripter *scripter, const Request *request)
{
    return scripter->plan && scripter->plan->depth == request->depth &&
           scripter->colors == number_of(request->colors) &&
           param_values_equal(scripter->values, request->values, request->set->count);
}

static void drop_plan(Scripter *scripter)
{
    plan_unref(&scripter->plan);
    param_values_free(scripter->values, scripter->count);
    scripter->values = NULL;
}

/* Takes the request's values. */
static void make_plan(Scripter *scripter, Request *request, Err *err)
{
    drop_plan(scripter);
    scripter->values = request->values;
    scripter->count = request->set->count;
    scripter->colors = number_of(request->colors);
    request->values = NULL;
    begin_calls(scripter);
    scripter->plan = script_source_plan(&scripter->source, scripter->values,
                                        request->depth, request->colors, err);
    end_calls(scripter);
}

/* For the values of pixels in the file: they are not the display's. Its errors are the
 * plan's own. */
static void serve_look(Scripter *scripter, const Request *request)
{
    Err err;
    begin_calls(scripter);
    Plan *look = script_source_plan(&scripter->source, scripter->values, request->depth,
                                    NULL, &err);
    end_calls(scripter);
    if (look)
        render_look(scripter->config.render, look, request->serial);
    plan_unref(&look);
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
    if (scripter->plan && request->look && request->colors)
        serve_look(scripter, request);
}

/* Presets. */

typedef struct PresetRequest {
    Scripter *scripter;
    ParamSet *set;      /* a reference */
    ParamValue *values; /* owned; NULL: delete the preset */
    char *name;         /* owned */
} PresetRequest;

static void preset_request_free(void *data)
{
    PresetRequest *request = data;
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
    begin_calls(scripter);
    bool fine = request->values
                    ? script_preset_save(script, request->name, request->values, &err)
                    : script_preset_delete(script, request->name, &err);
    char *done = mem_printf("%s: %s", request->values ? "Saved as a preset" : "Deleted",
                            request->name);
    if (!fine) {
        Err cause = err;
        err_set(&err, cause.kind, "The preset was not %s: %s",
                request->values ? "saved" : "deleted", cause.text);
    }
    script_news_presets(&scripter->config, &scripter->source, fine ? done : "",
                        fine ? NULL : &err,
                        !fine && request->values ? request->name : NULL);
    end_calls(scripter);
    mem_free(done);
}

/* Exports. */

typedef struct ExportRequest {
    Scripter *scripter;
    ParamSet *set;      /* a reference */
    ParamValue *values; /* owned */
    char *picture;      /* owned */
} ExportRequest;

static void export_request_free(void *data)
{
    ExportRequest *request = data;
    param_values_free(request->values, request->set->count);
    param_set_unref(&request->set);
    mem_free(request->picture);
    mem_free(request);
}

static Plan *hook_plan(void *context, int points, Err *err)
{
    const ExportRequest *request = context;
    Script *script = request->scripter->source.script;
    return script_plan_points(script, request->values, points, err);
}

static void export_look(void *data)
{
    ExportRequest *request = data;
    Scripter *scripter = request->scripter;
    Script *script = scripter->source.script;
    if (!script || request->set != script_params(script))
        return;
    ExportLook look = {.script = script_name(script),
                       .params = request->set,
                       .values = request->values,
                       .plan = hook_plan,
                       .context = request};
    begin_calls(scripter);
    exporter_want(scripter->config.exporter, &look, request->picture);
    end_calls(scripter);
}

static void load(void *data)
{
    Scripter *scripter = data;
    begin_calls(scripter);
    script_news_tell(&scripter->config, &scripter->source, true);
    bool loaded = script_source_load(&scripter->source);
    if (loaded)
        drop_plan(scripter);
    end_calls(scripter);
    begin_calls(scripter); /* a stop was for the load */
    script_news_tell(&scripter->config, &scripter->source, false);
    if (loaded)
        script_news_presets(&scripter->config, &scripter->source, "", NULL, NULL);
    end_calls(scripter);
}

typedef struct LoadRequest {
    Scripter *scripter;
    char *spec; /* owned */
} LoadRequest;

static void load_request_free(void *data)
{
    LoadRequest *request = data;
    mem_free(request->spec);
    mem_free(request);
}

static void load_other(void *data)
{
    const LoadRequest *request = data;
    script_source_choose(&request->scripter->source, request->spec);
    load(request->scripter);
}

/* Jobs of the window's other parts. */

typedef struct Job {
    Scripter *scripter;
    scripter_job_fn run;
    dispatch_fn drop;
    void *job;
} Job;

static void job_run(void *data)
{
    const Job *job = data;
    Scripter *scripter = job->scripter;
    const ScriptSource *source = &scripter->source;
    ScripterTurn turn = {.scripter = scripter,
                         .set = source->script ? script_params(source->script) : NULL,
                         .files = &source->files};
    begin_calls(scripter);
    job->run(job->job, &turn);
    end_calls(scripter);
}

static void job_drop(void *data)
{
    Job *job = data;
    job->drop(job->job);
    mem_free(job);
}

Plan *scripter_turn_plan(const ScripterTurn *turn, const ParamValue *values, int depth,
                         Err *err)
{
    return script_source_plan(&turn->scripter->source, values, depth, NULL, err);
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
    begin_calls(scripter); /* cannot be stopped, but told so */
    bool started = interp_start(&config, &source->err);
    end_calls(scripter);
    if (started) {
        work(scripter);
        interp_stop();
    } else {
        source->loads++;
        script_news_tell(&scripter->config, &scripter->source, false);
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
                   int depth, ColorConversion *colors, bool look, uint64_t serial,
                   double since)
{
    Request *request = mem_new(1, sizeof *request);
    *request = (Request){.scripter = scripter,
                         .set = param_set_ref(set),
                         .values = param_values_copy(values, set->count),
                         .depth = depth,
                         .colors = color_conversion_ref(colors),
                         .look = look,
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

void scripter_export(Scripter *scripter, ParamSet *set, const ParamValue *values,
                     const char *picture)
{
    ExportRequest *request = mem_new(1, sizeof *request);
    *request = (ExportRequest){.scripter = scripter,
                               .set = param_set_ref(set),
                               .values = param_values_copy(values, set->count),
                               .picture = mem_dup(picture)};
    dispatch_post_newest(scripter->config.inbox, request, /* a key of its own */
                         &(DispatchItem){export_look, export_request_free, request});
    render_cancel_mapping(scripter->config.render, CANCEL_NEWER);
}

void scripter_reload(Scripter *scripter)
{
    dispatch_post_newest(scripter->config.inbox, &scripter->source,
                         &(DispatchItem){load, NULL, scripter});
    render_cancel_mapping(scripter->config.render, CANCEL_NEWER);
}

void scripter_load(Scripter *scripter, const char *spec)
{
    LoadRequest *request = mem_new(1, sizeof *request);
    *request = (LoadRequest){scripter, mem_dup(spec)};
    dispatch_post_newest(scripter->config.inbox, &scripter->source.spec,
                         &(DispatchItem){load_other, load_request_free, request});
    render_cancel_mapping(scripter->config.render, CANCEL_NEWER);
}

void scripter_ask(Scripter *scripter, scripter_job_fn run, dispatch_fn drop, void *job)
{
    Job *item = mem_new(1, sizeof *item);
    *item = (Job){scripter, run, drop, job};
    dispatch_post_newest(scripter->config.inbox, item, /* a key of its own */
                         &(DispatchItem){job_run, job_drop, item});
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
