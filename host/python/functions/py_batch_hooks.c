#include "python/functions/py_batch_hooks.h"

#include "base/mem.h"
#include "python/curve/py_plan.h"
#include "python/errors/py_err.h"
#include "python/functions/py_look_files.h"
#include "python/modes/py_map.h"
#include "python/module/py_param.h"
#include "python/module/py_text.h"

static void keep_exception(BatchCall *call)
{
    if (call->raised)
        PyErr_Clear();
    else
        PyErr_Fetch(&call->exception[0], &call->exception[1], &call->exception[2]);
    call->raised = true;
}

static Plan *make_plan(BatchCall *call, PyObject *stages, int depth,
                       const ColorConversion *after, Err *err)
{
    Plan *plan =
        py_plan_new(call->state, stages, depth, &(PlanTools){.after = after}, err);
    if (!plan && PyErr_Occurred()) {
        py_err_note(err->text);
        keep_exception(call);
    }
    return plan;
}

static Plan *hook_plan(void *context, int look, int depth, const ColorConversion *after,
                       Err *err)
{
    BatchCall *call = context;
    Plan *plan = NULL;
    py_nogil_pause(&call->nogil);
    PyObject *stages = call->looks == Py_None
                           ? Py_NewRef(call->stages)
                           : PyObject_CallMethod(call->looks, "stages_of", "i", look);
    if (stages)
        plan = make_plan(call, stages, depth, after, err);
    else
        keep_exception(call);
    Py_XDECREF(stages);
    py_nogil_resume(&call->nogil);
    return plan;
}

/* The files that a look of one file reads. */
static void take_files(BatchCall *call, PyObject *files)
{
    int known = call->files.count;
    py_look_files_add(files, &call->files);
    for (int i = known; call->claims && i < call->files.count; i++)
        claims_add_look(call->claims, call->files.files[i].path);
}

ParamValue *py_batch_hooks_row(const ParamSet *set, PyObject *row)
{
    ASSERT_GIL();
    ParamValue *values = mem_new((size_t)set->count + 1, sizeof *values);
    for (int i = 0; i < set->count && !PyErr_Occurred(); i++) {
        PyObject *plain = PyTuple_GetItem(row, i);
        if (plain)
            values[i] = py_param_value(&set->params[i], plain);
    }
    if (!PyErr_Occurred())
        return values;
    param_values_free(values, set->count);
    return NULL;
}

/* NULL: *err is set, or an exception. */
static char *words_of(const BatchCall *call, PyObject *row, PyObject *more, Err *err)
{
    ParamValue *values = py_batch_hooks_row(call->params, row);
    WatchFiles files = {0};
    if (!values)
        return NULL;
    py_look_files_add(more, &files);
    char *words = value_words_of(call->words, values, &files, err);
    watch_files_clear(&files);
    param_values_free(values, call->params->count);
    return words;
}

/* The answer of Looks.choose: a look, or why the file fails. False: *err is set, or an
 * exception. */
static bool read_choice(BatchCall *call, PyObject *answer, BatchLook *look, Err *err)
{
    PyObject *stages, *files, *row, *more;
    int depth;
    if (PyUnicode_Check(answer)) {
        PyObject *reason = PyUnicode_EncodeFSDefault(answer);
        if (reason)
            err_set(err, ERR_FILE, "%s", PyBytes_AS_STRING(reason));
        Py_XDECREF(reason);
        return false;
    }
    if (!PyArg_ParseTuple(answer, "iO!O!O!O!i", &look->number, &PyList_Type, &stages,
                          &PyList_Type, &files, &PyTuple_Type, &row, &PyList_Type,
                          &more, &depth))
        return false;
    take_files(call, files);
    if (call->params && !(look->words = words_of(call, row, more, err)))
        return false;
    look->plan = make_plan(call, stages, depth, NULL, err);
    return look->plan;
}

static bool hook_choose(void *context, const BatchItem *item, BatchLook *look, Err *err)
{
    BatchCall *call = context;
    if (call->raised)
        return err_set(err, ERR_CANCELLED, "interrupted");
    py_nogil_pause(&call->nogil);
    PyObject *path = PyUnicode_DecodeFSDefault(item->input);
    PyObject *answer =
        path ? PyObject_CallMethod(call->looks, "choose", "O", path) : NULL;
    bool chosen = answer && read_choice(call, answer, look, err);
    if (PyErr_Occurred())
        keep_exception(call);
    if (call->raised)
        chosen = err_set(err, ERR_SCRIPT, "%s: per_image failed", item->input);
    Py_XDECREF(answer);
    Py_XDECREF(path);
    py_nogil_resume(&call->nogil);
    return chosen;
}

static char *hook_look(void *context, char **words, Err *err)
{
    const BatchCall *call = context;
    if (call->looks == Py_None &&
        !(*words = value_words_of(call->words, call->values, NULL, err)))
        return NULL;
    return look_hash(&call->look, err);
}

/* On any thread. */
static bool hook_map_by_device(void *context, const BatchStrip *strip, Err *err)
{
    const BatchCall *call = context;
    (void)err;
    opencl_run_rows(call->opencl, strip->program, strip->in, strip->src,
                    strip->src_stride, strip->dst, strip->dst_stride, strip->rows);
    return true;
}

static bool hook_map(void *context, const BatchStrip *strip, Err *err)
{
    BatchCall *call = context;
    py_nogil_pause(&call->nogil);
    bool good = py_map_strip(call->state, call->mode, strip, err);
    py_nogil_resume(&call->nogil);
    return good;
}

/* Nothing asks for the stages of its look any more. */
static void forget_look(BatchCall *call, const BatchItem *item)
{
    if (call->looks == Py_None)
        return;
    PyObject *result = PyObject_CallMethod(call->looks, "done", "i", item->look);
    if (!result)
        keep_exception(call);
    Py_XDECREF(result);
}

static void tell_progress(BatchCall *call, const BatchItem *item, int finished,
                          int total)
{
    if (call->progress == Py_None || call->raised)
        return;
    PyObject *input = PyUnicode_DecodeFSDefault(item->input);
    PyObject *output = PyUnicode_DecodeFSDefault(item->output ? item->output : "");
    PyObject *reason = py_text_reason(item->reason);
    PyObject *result = input && output && reason
                           ? PyObject_CallFunction(call->progress, "OOOii", input,
                                                   output, reason, finished, total)
                           : NULL;
    if (!result)
        keep_exception(call);
    Py_XDECREF(result);
    Py_XDECREF(reason);
    Py_XDECREF(output);
    Py_XDECREF(input);
}

static void hook_done(void *context, const BatchItem *item, int finished, int total)
{
    BatchCall *call = context;
    if (call->raised || (call->progress == Py_None && call->looks == Py_None))
        return;
    py_nogil_pause(&call->nogil);
    tell_progress(call, item, finished, total);
    forget_look(call, item);
    py_nogil_resume(&call->nogil);
}

static int hook_stop(void *context)
{
    BatchCall *call = context;
    py_nogil_pause(&call->nogil);
    int count = py_state_interrupts(call->state) - call->before;
    bool closing = cancel_is_set(shutdown_gate_cancel(call->state->gate));
    py_nogil_resume(&call->nogil);
    if (closing)
        return 2;
    return count == 0 && call->raised ? 1 : count;
}

BatchHooks py_batch_hooks(BatchCall *call)
{
    ASSERT_GIL();
    return (BatchHooks){
        .plan = hook_plan,
        .choose = call->looks == Py_None ? NULL : hook_choose,
        .map = call->opencl                 ? hook_map_by_device
               : mode_is_python(call->mode) ? hook_map
                                            : NULL,
        .map_anywhere = call->opencl,
        .look = hook_look,
        .done = hook_done,
        .stop = hook_stop,
        .context = call,
    };
}
