#include "python/script.h"

#include <stdio.h>
#include <string.h>

#include "base/file/installed.h"
#include "base/mem.h"
#include "base/path.h"
#include "pipe/settings.h"
#include "python/attend/py_attend.h"
#include "python/curve/py_plan.h"
#include "python/errors/py_err.h"
#include "python/pipeline/py_pipeline.h"

struct Script {
    ToneCache *tones[2];  /* owned; of 8 and of 16 bits */
    PyPipeline *pipeline; /* owned; NULL: isolated */
    Client *client;       /* owned; NULL: in this process */
};

PyPipeline *script_pipeline(const Script *script)
{
    return script->pipeline;
}

Client *script_client(const Script *script)
{
    return script->client;
}

char *script_folder(void)
{
    return installed_share("scripts");
}

/* Takes one of the two. */
static Script *script_new(PyPipeline *pipeline, Client *client)
{
    Script *script = mem_new(1, sizeof *script);
    script->pipeline = pipeline;
    script->client = client;
    for (int i = 0; i < 2; i++)
        script->tones[i] = tone_cache_new();
    return script;
}

Script *script_load(const char *spec, Err *err)
{
    WatchFiles unused = {0};
    Script *script = script_load_noting(spec, &unused, err);
    watch_files_clear(&unused);
    return script;
}

Script *script_load_noting(const char *spec, WatchFiles *files, Err *err)
{
    ASSERT_NO_GIL();
    PyGILState_STATE gil = PyGILState_Ensure();
    PyPipeline *pipeline = py_pipeline_load(spec, files, err);
    PyGILState_Release(gil);
    return pipeline ? script_new(pipeline, NULL) : NULL;
}

Script *script_load_isolated(const char *spec, const Isolation *how, WatchFiles *files,
                             Err *err)
{
    Client *client = client_open(spec, how, files, err);
    return client ? script_new(NULL, client) : NULL;
}

void script_more_files(Script *script, WatchFiles *files)
{
    ASSERT_NO_GIL();
    if (script->client) {
        client_more_files(script->client, files);
        return;
    }
    PyGILState_STATE gil = PyGILState_Ensure();
    py_pipeline_more_files(script->pipeline, files);
    PyGILState_Release(gil);
}

bool script_has_died(const Script *script)
{
    return script->client && client_has_died(script->client);
}

static void close_pipeline(PyPipeline *pipeline)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    py_pipeline_free(pipeline);
    PyGILState_Release(gil);
}

void script_close(Script *script)
{
    if (!script)
        return;
    ASSERT_NO_GIL();
    if (script->client)
        client_close(script->client);
    else
        close_pipeline(script->pipeline);
    for (int i = 0; i < 2; i++)
        tone_cache_free(script->tones[i]);
    mem_free(script);
}

ParamSet *script_params(const Script *script)
{
    return script->client ? client_params(script->client) : script->pipeline->params;
}

const char *script_name(const Script *script)
{
    return script->client ? client_name(script->client) : script->pipeline->name;
}

const char *script_path(const Script *script)
{
    return script->client ? client_path(script->client) : script->pipeline->path;
}

const char *script_function(const Script *script)
{
    return script->client ? client_function(script->client)
                          : script->pipeline->function;
}

char *script_doc(const Script *script, Err *err)
{
    ASSERT_NO_GIL();
    if (script->client)
        return client_doc(script->client, err);
    PyGILState_STATE gil = PyGILState_Ensure();
    PyObject *text = PyObject_CallMethod(script->pipeline->object, "words", NULL);
    const char *utf8 = text ? PyUnicode_AsUTF8(text) : NULL;
    char *doc = utf8 ? mem_dup(utf8) : NULL;
    if (!doc)
        py_err_fetch(err);
    Py_XDECREF(text);
    PyGILState_Release(gil);
    return doc;
}

/* Plans. */

/* What script_plan and its like are asked for. */
typedef struct PlanWish {
    const ParamValue *values;
    int depth;
    const ColorConversion *after; /* NULL: none */
    PlanSummary *summary;         /* NULL: none */
    int points;                   /* 0: a plan for files of `depth` */
} PlanWish;

static Plan *plan_locked(Script *script, const PlanWish *wish, const char *setting,
                         Err *err)
{
    const PyPipeline *pipeline = script->pipeline;
    PyObject *stages = py_pipeline_stages(pipeline, wish->values, err);
    if (!stages)
        return NULL;
    PlanTools tools = {
        .tones = script->tones[wish->depth == 16],
        .recordings = pipeline->recordings,
        .summary = wish->summary,
        .after = wish->after,
        .points = wish->points,
    };
    Plan *plan = py_plan_new(pipeline->state, stages, wish->depth, &tools, err);
    if (!plan)
        py_plan_fail(setting, err);
    Py_DECREF(stages);
    return plan;
}

static Plan *plan_here(Script *script, const PlanWish *wish, const char *setting,
                       Err *err)
{
    const PyPipeline *pipeline = script->pipeline;
    PyGILState_STATE gil = PyGILState_Ensure();
    py_attend_begin(pipeline->state);
    Plan *plan = plan_locked(script, wish, setting, err);
    py_attend_end(pipeline->state);
    if (!py_pipeline_restore(pipeline, plan ? err : NULL) && plan) {
        plan_unref(&plan);
        if (wish->summary)
            plan_summary_clear(wish->summary);
    }
    PyGILState_Release(gil);
    return plan;
}

static Plan *plan_there(const Script *script, const PlanWish *wish, Err *err)
{
    if (wish->points)
        return client_plan_points(script->client, wish->values, wish->points, err);
    return client_plan(script->client, wish->values, wish->depth, wish->after,
                       script->tones[wish->depth == 16], wish->summary, err);
}

/* An error of the script's begins with its name and ends with the setting. */
static void tell_setting(const Script *script, const char *setting, Err *err)
{
    err_in(err, path_name(script_path(script)));
    size_t used = strlen(err->text);
    snprintf(err->text + used, sizeof err->text - used, "%s%s", setting[0] ? "; " : "",
             setting);
}

static bool files_here(const PyPipeline *pipeline, const ParamValue *values,
                       WatchFiles *files, Err *err)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    py_attend_begin(pipeline->state);
    bool known = py_pipeline_files(pipeline, values, files, err);
    py_attend_end(pipeline->state);
    known = py_pipeline_restore(pipeline, known ? err : NULL) && known;
    PyGILState_Release(gil);
    return known;
}

bool script_files_at(Script *script, const ParamValue *values, WatchFiles *files,
                     Err *err)
{
    ASSERT_NO_GIL();
    if (script->client) /* whose child tells the setting */
        return client_files_at(script->client, values, files, err);
    SettingText setting;
    settings_describe(script_params(script), values, setting);
    bool known = files_here(script->pipeline, values, files, err);
    if (!known && err->kind == ERR_SCRIPT)
        tell_setting(script, setting, err);
    return known;
}

static Plan *plan_for(Script *script, const PlanWish *wish, Err *err)
{
    ASSERT_NO_GIL();
    const ParamSet *set = script_params(script);
    for (int i = 0; i < set->count; i++)
        if (!param_check(&set->params[i], wish->values[i], err))
            return NULL;
    Err why = {0};
    SettingText setting;
    settings_describe(set, wish->values, setting);
    Plan *plan = script->client ? plan_there(script, wish, &why)
                                : plan_here(script, wish, setting, &why);
    if (plan)
        return plan;
    if (why.kind == ERR_SCRIPT)
        tell_setting(script, setting, &why);
    if (err)
        *err = why;
    return NULL;
}

Plan *script_plan(Script *script, const ParamValue *values, int depth, Err *err)
{
    return plan_for(script, &(PlanWish){values, depth}, err);
}

Plan *script_plan_after(Script *script, const ParamValue *values, int depth,
                        const ColorConversion *after, Err *err)
{
    return plan_for(script, &(PlanWish){values, depth, after}, err);
}

Plan *script_plan_summary(Script *script, const ParamValue *values, int depth,
                          PlanSummary *summary, Err *err)
{
    return plan_for(script, &(PlanWish){values, depth, NULL, summary}, err);
}

Plan *script_plan_points(Script *script, const ParamValue *values, int points, Err *err)
{
    PlanWish wish = {.values = values, .depth = 16, .points = points};
    return plan_for(script, &wish, err);
}
