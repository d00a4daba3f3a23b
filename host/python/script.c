#include "python/script.h"

#include <string.h>

#include "base/file/installed.h"
#include "base/mem.h"
#include "base/path.h"
#include "python/attend/py_attend.h"
#include "python/curve/py_plan.h"
#include "python/curve/py_record.h"
#include "python/curve/py_stages.h"
#include "python/module/py_call.h"
#include "python/module/py_err.h"
#include "python/module/py_nogil.h"
#include "python/module/py_param.h"
#include "python/module/py_script.h"
#include "python/script_guard.h"
#include "python/script_stages.h"

struct Script {
    ParamSet *params;
    char *name;
    char *path;
    ToneCache *tones[2];  /* owned; of 8 and of 16 bits */
    Client *remote;       /* owned; NULL: in this process, with all that follows */
    PyObject *pipeline;   /* owned; touched with the GIL held */
    ScriptGuard guard;    /* of the folder and umask at the load */
    State *state;         /* of the module; borrowed */
    PyObject *recordings; /* owned; touched with the GIL held */
    PyObject *files;      /* owned: a dict by path, grown by the script's code */
    Py_ssize_t n_files;   /* that the caller knows of */
};

Client *script_client(const Script *script)
{
    return script->remote;
}

PyObject *py_script_pipeline(const Script *script)
{
    ASSERT_GIL();
    return script->pipeline;
}

char *script_folder(void)
{
    return installed_share("scripts");
}

/* A new string attribute; NULL: exception set. */
static char *text_attr(PyObject *object, const char *name)
{
    PyObject *value = PyObject_GetAttrString(object, name);
    const char *utf8 = value ? PyUnicode_AsUTF8(value) : NULL;
    char *copy = mem_dup(utf8);
    Py_XDECREF(value);
    return copy;
}

static PyObject *load_pipeline(const char *spec, PyObject *files)
{
    return py_call("lutist.script.loading", "load_noting", "(NO)",
                   PyUnicode_DecodeFSDefault(spec), files);
}

/* A stamp is a tuple of five numbers, or None. */
static void add_file(PyObject *path, PyObject *stamp, WatchFiles *files)
{
    long long numbers[5] = {0};
    PyObject *bytes = PyUnicode_EncodeFSDefault(path);
    bool good = bytes && (stamp == Py_None ||
                          PyArg_ParseTuple(stamp, "LLLLL", &numbers[0], &numbers[1],
                                           &numbers[2], &numbers[3], &numbers[4]));
    if (good)
        watch_files_add(
            files, PyBytes_AS_STRING(bytes),
            (FileStamp){numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]});
    PyErr_Clear(); /* a path that cannot be encoded is no file */
    Py_XDECREF(bytes);
}

/* With the GIL held. */
static void add_files(Script *script, WatchFiles *files)
{
    PyObject *path, *stamp;
    Py_ssize_t at = 0;
    if (!script->files || PyDict_Size(script->files) == script->n_files)
        return;
    PyObject *now = PyDict_Copy(script->files); /* the script may have threads */
    while (now && PyDict_Next(now, &at, &path, &stamp))
        add_file(path, stamp, files);
    script->n_files = now ? PyDict_Size(now) : 0;
    PyErr_Clear();
    Py_XDECREF(now);
}

static bool fill(Script *script, const char *spec)
{
    script->state = py_state();
    if (script->state)
        py_attend_begin(script->state);
    script->files = PyDict_New();
    script->pipeline =
        script->state && script->files ? load_pipeline(spec, script->files) : NULL;
    if (!script->pipeline)
        return false;
    script->recordings = py_record_cache_new();
    script->params = script->recordings ? py_param_set(script->pipeline) : NULL;
    script->name = text_attr(script->pipeline, "script");
    script->path = text_attr(script->pipeline, "path");
    return script->params && script->name && script->path;
}

/* os.environ and the process's, set back to what the guard has noted. False: exception
 * set. */
static bool restore_environment(const ScriptGuard *guard)
{
    PyObject *entries = PyList_New(0);
    for (char **entry = guard->environment; entries && *entry; entry++) {
        PyObject *bytes = PyBytes_FromString(*entry);
        if (!bytes || PyList_Append(entries, bytes) < 0)
            Py_CLEAR(entries);
        Py_XDECREF(bytes);
    }
    PyObject *done =
        entries ? py_call("lutist.script.restore_environ", "restore", "(N)", entries)
                : NULL;
    Py_XDECREF(done);
    return done != NULL;
}

/* After code of the script. `err` may be NULL. */
static bool restore(const ScriptGuard *guard, Err *err)
{
    Err why;
    bool good = script_guard_restore(guard, err);
    if (!script_guard_sees_change(guard) || restore_environment(guard))
        return good;
    py_err_fetch(&why);
    return err_set(good ? err : NULL, why.kind, "%s", why.text);
}

static Script *script_new(void)
{
    Script *script = mem_new(1, sizeof *script);
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

void script_more_files(Script *script, WatchFiles *files)
{
    ASSERT_NO_GIL();
    if (script->remote) {
        client_more_files(script->remote, files);
        return;
    }
    PyGILState_STATE gil = PyGILState_Ensure();
    add_files(script, files);
    PyGILState_Release(gil);
}

Script *script_load_noting(const char *spec, WatchFiles *files, Err *err)
{
    ASSERT_NO_GIL();
    PyGILState_STATE gil = PyGILState_Ensure();
    Script *script = script_new();
    script_guard_init(&script->guard);
    bool good = fill(script, spec);
    if (!good)
        py_err_fetch(err);
    else
        py_attend_end(script->state);
    add_files(script, files);
    good = restore(&script->guard, good ? err : NULL) && good;
    PyGILState_Release(gil);
    if (good)
        return script;
    script_close(script);
    return NULL;
}

Script *script_load_isolated(const char *spec, const Isolation *how, WatchFiles *files,
                             Err *err)
{
    Client *remote = client_open(spec, how, files, err);
    if (!remote)
        return NULL;
    Script *script = script_new();
    script->remote = remote;
    script->params = param_set_ref(client_params(remote));
    script->name = mem_dup(client_name(remote));
    script->path = mem_dup(client_path(remote));
    return script;
}

bool script_has_died(const Script *script)
{
    return script->remote && client_has_died(script->remote);
}

static void close_here(Script *script)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    if (script->state)
        py_attend_begin(script->state); /* it may have a __del__ */
    Py_CLEAR(script->pipeline);
    Py_CLEAR(script->recordings);
    Py_CLEAR(script->files);
    PyGC_Collect(); /* the module's functions and globals hold each other */
    if (script->state)
        py_attend_end(script->state);
    PyGILState_Release(gil);
    script_guard_term(&script->guard);
}

void script_close(Script *script)
{
    if (!script)
        return;
    ASSERT_NO_GIL();
    if (script->remote)
        client_close(script->remote);
    else
        close_here(script);
    param_set_unref(&script->params);
    for (int i = 0; i < 2; i++)
        tone_cache_free(script->tones[i]);
    mem_free(script->name);
    mem_free(script->path);
    mem_free(script);
}

ParamSet *script_params(const Script *script)
{
    return script->params;
}

const char *script_name(const Script *script)
{
    return script->name;
}

const char *script_path(const Script *script)
{
    return script->path;
}

char *script_doc(const Script *script, Err *err)
{
    ASSERT_NO_GIL();
    if (script->remote)
        return client_doc(script->remote, err);
    PyGILState_STATE gil = PyGILState_Ensure();
    PyObject *text = PyObject_CallMethod(script->pipeline, "words", NULL);
    const char *utf8 = text ? PyUnicode_AsUTF8(text) : NULL;
    char *doc = utf8 ? mem_dup(utf8) : NULL;
    if (!doc)
        py_err_fetch(err);
    Py_XDECREF(text);
    PyGILState_Release(gil);
    return doc;
}

typedef char Setting[512];

/* "with exposure=0.5, gamma=1.3", or "" without parameters. */
static void setting_words(const Script *script, const ParamValue *values, Setting words)
{
    size_t used = 0;
    words[0] = '\0';
    for (int i = 0; i < script->params->count && used < sizeof(Setting); i++) {
        const Param *param = &script->params->params[i];
        char *value = param_literal(param, values[i]);
        used += (size_t)snprintf(words + used, sizeof(Setting) - used, "%s%s=%s",
                                 i ? ", " : "with ", param->name, value);
        mem_free(value);
    }
}

/* What the pipeline returns, as a list. NULL: *err is set. */
static PyObject *call_pipeline(const Script *script, const ParamValue *values, Err *err)
{
    PyObject *arguments = py_param_values(script->params, values);
    PyObject *stages =
        arguments ? PyObject_CallMethod(script->pipeline, "stages_at", "(O)", arguments)
                  : NULL;
    Py_XDECREF(arguments);
    if (!stages)
        py_err_fetch(err);
    return stages;
}

static Plan *plan_locked(Script *script, const ParamValue *values, int depth,
                         const char *setting, PlanSummary *summary, Err *err)
{
    PyObject *stages = call_pipeline(script, values, err);
    if (!stages)
        return NULL;
    PlanTools tools = {
        .tones = script->tones[depth == 16],
        .recordings = script->recordings,
        .summary = summary,
    };
    Plan *plan = py_plan_new(script->state, stages, depth, &tools, err);
    if (!plan)
        py_plan_fail(setting, err);
    Py_DECREF(stages);
    return plan;
}

static Plan *plan_here(Script *script, const ParamValue *values, int depth,
                       const char *setting, PlanSummary *summary, Err *err)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    py_attend_begin(script->state);
    Plan *plan = plan_locked(script, values, depth, setting, summary, err);
    py_attend_end(script->state);
    if (!restore(&script->guard, plan ? err : NULL) && plan) {
        plan_unref(&plan);
        if (summary)
            plan_summary_clear(summary);
    }
    PyGILState_Release(gil);
    return plan;
}

Plan *script_plan(Script *script, const ParamValue *values, int depth, Err *err)
{
    return script_plan_summary(script, values, depth, NULL, err);
}

Plan *script_plan_summary(Script *script, const ParamValue *values, int depth,
                          PlanSummary *summary, Err *err)
{
    ASSERT_NO_GIL();
    for (int i = 0; i < script->params->count; i++)
        if (!param_check(&script->params->params[i], values[i], err))
            return NULL;
    Err why = {0};
    Setting setting;
    setting_words(script, values, setting);
    Plan *plan = script->remote
                     ? client_plan(script->remote, values, depth,
                                   script->tones[depth == 16], summary, &why)
                     : plan_here(script, values, depth, setting, summary, &why);
    if (plan)
        return plan;
    if (why.kind == ERR_SCRIPT) {
        err_in(&why, path_name(script->path));
        size_t used = strlen(why.text);
        snprintf(why.text + used, sizeof why.text - used, "%s%s",
                 setting[0] ? "; " : "", setting);
    }
    if (err)
        *err = why;
    return NULL;
}

struct ScriptStages {
    Script *script; /* borrowed */
    PyObject *list; /* owned: it has the cubes */
    PyStages read;
    Setting setting;
};

static bool read_stages(ScriptStages *stages, const ParamValue *values, Err *err)
{
    Script *script = stages->script;
    stages->list = call_pipeline(script, values, err);
    if (!stages->list)
        return false;
    bool good = py_record_cache_turn(script->recordings);
    if (!good)
        err_set(err, ERR_SCRIPT, "recordings");
    good = good && py_stages_read(&stages->read, stages->list, script->recordings, err);
    if (!good)
        py_plan_fail(stages->setting, err);
    return good;
}

ScriptStages *script_stages_new(Script *script, const ParamValue *values, Err *err)
{
    ASSERT_NO_GIL();
    ScriptStages *stages = mem_new(1, sizeof *stages);
    stages->script = script;
    setting_words(script, values, stages->setting);
    PyGILState_STATE gil = PyGILState_Ensure();
    bool good = read_stages(stages, values, err);
    PyGILState_Release(gil);
    if (good)
        return stages;
    script_stages_free(stages);
    return NULL;
}

/* The curves may have run the script's code until now. */
void script_stages_free(ScriptStages *stages)
{
    if (!stages)
        return;
    ASSERT_NO_GIL();
    PyGILState_STATE gil = PyGILState_Ensure();
    py_stages_clear(&stages->read);
    Py_CLEAR(stages->list);
    restore(&stages->script->guard, NULL);
    PyGILState_Release(gil);
    mem_free(stages);
}

const Stage *script_stages_list(const ScriptStages *stages, int *count)
{
    *count = stages->read.count;
    return stages->read.stages;
}

int script_stages_curves(const ScriptStages *stages)
{
    return stages->read.n_curves;
}

const Curve *script_stages_curve(const ScriptStages *stages, int number)
{
    return &stages->read.curves[number]->curve;
}

CurveCalls script_stages_calls(const ScriptStages *stages, int number)
{
    const PyCurve *curve = stages->read.curves[number];
    return (CurveCalls){curve->arrays, curve->values, curve->why};
}

/* A curve is called from a stretch without the GIL, as plans are made in one. */
static PyCurve *enter(ScriptStages *stages, int number, NoGil *nogil)
{
    PyCurve *curve = stages->read.curves[number];
    *nogil = py_nogil_begin(stages->script->state);
    curve->nogil = nogil;
    return curve;
}

static void leave(PyCurve *curve, const NoGil *nogil)
{
    py_nogil_end(nogil);
    curve->nogil = NULL;
}

bool script_stages_eval(ScriptStages *stages, int number, const double *x, double *y,
                        size_t n, Err *err)
{
    ASSERT_NO_GIL();
    NoGil nogil;
    PyGILState_STATE gil = PyGILState_Ensure();
    PyCurve *own = enter(stages, number, &nogil);
    bool good = own->curve.eval(own, x, y, n, err);
    leave(own, &nogil);
    if (!good)
        py_plan_fail(stages->setting, err);
    PyGILState_Release(gil);
    return good;
}

bool script_stages_agrees(ScriptStages *stages, int number, const double *x,
                          const double *y, size_t n)
{
    ASSERT_NO_GIL();
    NoGil nogil;
    PyGILState_STATE gil = PyGILState_Ensure();
    PyCurve *own = enter(stages, number, &nogil);
    bool same = !own->curve.agrees || own->curve.agrees(own, x, y, n);
    leave(own, &nogil);
    PyGILState_Release(gil);
    return same;
}
