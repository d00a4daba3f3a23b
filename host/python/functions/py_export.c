#include "python/functions/py_export.h"

#include "base/mem.h"
#include "batch/file/claims.h"
#include "pipe/export/export.h"
#include "python/curve/py_plan.h"
#include "python/errors/py_err.h"
#include "python/functions/py_look_files.h"
#include "python/module/py_host.h"
#include "python/module/py_nogil.h"
#include "python/module/py_param.h"
#include "python/module/py_text.h"

/* A call; the plans' context. */
typedef struct Call {
    State *state;
    PyObject *stages; /* borrowed: the flattened stages */
    const char *path; /* borrowed */
    ExportWish wish;
    int overwrite;
    ParamSet *params;   /* owned, as what follows */
    ParamValue *values; /* one for each parameter */
    WatchFiles files;   /* that the look reads */
    Claims *claims;     /* them */
} Call;

static Plan *hook_plan(void *context, int points, Err *err)
{
    const Call *call = context;
    return py_plan_new(call->state, call->stages, 16, &(PlanTools){.points = points},
                       err);
}

/* False: exception set. */
static bool read_values(Call *call, PyObject *pipeline, PyObject *plain)
{
    call->params = py_param_set(pipeline);
    if (!call->params)
        return false;
    int count = call->params->count;
    call->values = mem_new((size_t)count, sizeof *call->values);
    for (int i = 0; i < count && !PyErr_Occurred(); i++) {
        PyObject *value = PyTuple_GetItem(plain, i);
        if (value)
            call->values[i] = py_param_value(&call->params->params[i], value);
    }
    return !PyErr_Occurred();
}

/* New; NULL: *err, or an exception is pending. */
static Export *prepare(Call *call, PyObject *script, Err *err)
{
    char *name = py_text_copy(script);
    ExportLook look = {.script = name,
                       .params = call->params,
                       .values = call->values,
                       .plan = hook_plan,
                       .context = call};
    Export *export = name ? export_new(call->path, &call->wish, &look, err) : NULL;
    mem_free(name);
    return export;
}

static bool write_file(Call *call, const Export *export, ExportReport *report, Err *err)
{
    bool good;
    ExportPlace place = {.overwrite = call->overwrite,
                         .guard = claims_guard,
                         .context = call->claims,
                         .temps = &call->state->temps,
                         .pool = py_host_pool(call->state)};
    do {
        NoGil nogil = py_nogil_begin(call->state);
        place.cancel = nogil.cancel;
        good = export_write(export, &place, report, err);
        py_nogil_end(&nogil);
    } while (!good && py_nogil_retry(err));
    return good;
}

static PyObject *report_of(const ExportReport *report)
{
    static const char *const kinds[] = {
        [EXPORT_CUBE_1D] = "1D", [EXPORT_CUBE_3D] = "3D", [EXPORT_HALD] = "Hald"};
    const ExportForm *form = &report->form;
    return Py_BuildValue("(siidd(iii))", kinds[form->kind], form->points, form->depth,
                         report->largest, report->mean, report->at[0], report->at[1],
                         report->at[2]);
}

static PyObject *run(Call *call, PyObject *script)
{
    Err err = {0};
    ExportReport report;
    Export *export = prepare(call, script, &err);
    if (!export) {
        py_err_note(err.text);
        return py_err_raise(call->state, &err);
    }
    bool good = write_file(call, export, &report, &err);
    export_free(export);
    return good ? report_of(&report) : py_err_raise_file(call->state, &err, call->path);
}

PyObject *py_export(PyObject *module, PyObject *args)
{
    ASSERT_GIL();
    Call call = {.state = PyModule_GetState(module)};
    PyObject *pipeline, *plain, *path, *files, *result = NULL;
    if (!PyArg_ParseTuple(args, "OO!O!O&(zi)pO!:export", &pipeline, &PyTuple_Type,
                          &plain, &PyList_Type, &call.stages, PyUnicode_FSConverter,
                          &path, &call.wish.format, &call.wish.size, &call.overwrite,
                          &PyList_Type, &files))
        return NULL;
    call.path = PyBytes_AS_STRING(path);
    call.claims = claims_new();
    py_look_files_add(files, &call.files);
    claims_add_looks(call.claims, &call.files);
    PyObject *script = PyObject_GetAttrString(pipeline, "script");
    if (script && read_values(&call, pipeline, plain))
        result = run(&call, script);
    Py_XDECREF(script);
    if (call.params)
        param_values_free(call.values, call.params->count);
    param_set_unref(&call.params);
    claims_free(call.claims);
    watch_files_clear(&call.files);
    Py_DECREF(path);
    return result;
}
