#include "python/pipeline/py_pipeline.h"

#include "base/mem.h"
#include "python/attend/py_attend.h"
#include "python/curve/py_record.h"
#include "python/errors/py_err.h"
#include "python/module/py_call.h"
#include "python/module/py_param.h"
#include "python/module/py_text.h"

/* A new string attribute; NULL: exception set. */
static char *text_attr(PyObject *object, const char *name)
{
    PyObject *value = PyObject_GetAttrString(object, name);
    char *copy = value ? py_text_copy(value) : NULL;
    Py_XDECREF(value);
    return copy;
}

/* NULL: exception set. */
static PyObject *run_script(const char *spec, PyObject *files)
{
    return py_call("lutist.script.loading", "load_noting", "(NO)",
                   PyUnicode_DecodeFSDefault(spec), files);
}

/* False: exception set. */
static bool fill(PyPipeline *pipeline, const char *spec)
{
    pipeline->state = py_state();
    pipeline->files = PyDict_New();
    if (!pipeline->state || !pipeline->files)
        return false;
    py_attend_begin(pipeline->state);
    pipeline->object = run_script(spec, pipeline->files);
    if (!pipeline->object)
        return false;
    pipeline->recordings = py_record_cache_new();
    pipeline->params = pipeline->recordings ? py_param_set(pipeline->object) : NULL;
    pipeline->name = text_attr(pipeline->object, "script");
    pipeline->path = text_attr(pipeline->object, "path");
    pipeline->function = text_attr(pipeline->object, "__name__");
    return pipeline->params && pipeline->name && pipeline->path && pipeline->function;
}

PyPipeline *py_pipeline_load(const char *spec, WatchFiles *files, Err *err)
{
    ASSERT_GIL();
    PyPipeline *pipeline = mem_new(1, sizeof *pipeline);
    script_guard_init(&pipeline->guard);
    bool good = fill(pipeline, spec);
    if (!good)
        py_err_fetch(err);
    else
        py_attend_end(pipeline->state);
    py_pipeline_more_files(pipeline, files);
    good = py_pipeline_restore(pipeline, good ? err : NULL) && good;
    if (good)
        return pipeline;
    py_pipeline_free(pipeline);
    return NULL;
}

/* The script may have a __del__. */
static void drop_objects(PyPipeline *pipeline)
{
    if (pipeline->state)
        py_attend_begin(pipeline->state);
    Py_CLEAR(pipeline->object);
    Py_CLEAR(pipeline->recordings);
    Py_CLEAR(pipeline->files);
    PyGC_Collect(); /* the module's functions and globals hold each other */
    if (pipeline->state)
        py_attend_end(pipeline->state);
}

void py_pipeline_free(PyPipeline *pipeline)
{
    ASSERT_GIL();
    drop_objects(pipeline);
    script_guard_term(&pipeline->guard);
    param_set_unref(&pipeline->params);
    mem_free(pipeline->name);
    mem_free(pipeline->path);
    mem_free(pipeline->function);
    mem_free(pipeline);
}

/* NULL: *err is set. */
static PyObject *call_at(const PyPipeline *pipeline, const char *method,
                         const ParamValue *values, Err *err)
{
    PyObject *arguments = py_param_values(pipeline->params, values);
    PyObject *answer =
        arguments ? PyObject_CallMethod(pipeline->object, method, "(O)", arguments)
                  : NULL;
    Py_XDECREF(arguments);
    if (!answer)
        py_err_fetch(err);
    return answer;
}

PyObject *py_pipeline_stages(const PyPipeline *pipeline, const ParamValue *values,
                             Err *err)
{
    ASSERT_GIL();
    return call_at(pipeline, "stages_at", values, err);
}

/* Files. */

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

bool py_pipeline_files(const PyPipeline *pipeline, const ParamValue *values,
                       WatchFiles *files, Err *err)
{
    ASSERT_GIL();
    PyObject *paths = call_at(pipeline, "files_at", values, err);
    if (!paths)
        return false;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(paths); i++)
        add_file(PyList_GET_ITEM(paths, i), Py_None, files);
    Py_DECREF(paths);
    return true;
}

void py_pipeline_more_files(PyPipeline *pipeline, WatchFiles *files)
{
    ASSERT_GIL();
    PyObject *path, *stamp;
    Py_ssize_t at = 0;
    if (!pipeline->files || PyDict_Size(pipeline->files) == pipeline->n_files)
        return;
    PyObject *now = PyDict_Copy(pipeline->files); /* the script may have threads */
    while (now && PyDict_Next(now, &at, &path, &stamp))
        add_file(path, stamp, files);
    pipeline->n_files = now ? PyDict_Size(now) : 0;
    PyErr_Clear();
    Py_XDECREF(now);
}

/* Setting back. */

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

bool py_pipeline_restore(const PyPipeline *pipeline, Err *err)
{
    ASSERT_GIL();
    Err why;
    const ScriptGuard *guard = &pipeline->guard;
    bool good = script_guard_restore(guard, err);
    if (!script_guard_sees_change(guard) || restore_environment(guard))
        return good;
    py_err_fetch(&why);
    return err_set(good ? err : NULL, why.kind, "%s", why.text);
}
