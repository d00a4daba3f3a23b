#include "python/functions/py_batch.h"

#include <string.h>

#include "base/mem.h"
#include "base/thread/interrupt.h"
#include "batch/batch.h"
#include "python/curve/py_plan.h"
#include "python/modes/py_map.h"
#include "python/module/py_err.h"
#include "python/module/py_nogil.h"

/* Hooks run on the calling thread, which has released the GIL. */
typedef struct Call {
    State *state;
    PyObject *stages; /* borrowed: the flattened stages */
    PyObject
        *progress; /* borrowed: None or callable(input, output, reason, n, total) */
    Mode mode;
    NoGil nogil; /* of the run */
    int before;  /* interrupts that were counted before the run */
    bool raised; /* a hook left an exception pending in `exception` */
    PyObject *exception[3];
} Call;

static void keep_exception(Call *call)
{
    if (call->raised)
        PyErr_Clear();
    else
        PyErr_Fetch(&call->exception[0], &call->exception[1], &call->exception[2]);
    call->raised = true;
}

static Plan *hook_plan(void *context, int depth, Err *err)
{
    Call *call = context;
    py_nogil_pause(&call->nogil);
    Plan *plan = py_plan_new(call->state, call->stages, depth, &(PlanTools){0}, err);
    if (!plan && PyErr_Occurred()) {
        py_err_note(err->text);
        keep_exception(call);
    }
    py_nogil_resume(&call->nogil);
    return plan;
}

static bool hook_map(void *context, const BatchStrip *strip, Err *err)
{
    Call *call = context;
    py_nogil_pause(&call->nogil);
    bool good = py_map_strip(call->state, call->mode, strip, err);
    py_nogil_resume(&call->nogil);
    return good;
}

static void hook_done(void *context, const BatchItem *item, int finished, int total)
{
    Call *call = context;
    if (call->progress == Py_None || call->raised)
        return;
    py_nogil_pause(&call->nogil);
    PyObject *input = PyUnicode_DecodeFSDefault(item->input);
    PyObject *output = PyUnicode_DecodeFSDefault(item->output ? item->output : "");
    PyObject *reason = PyUnicode_DecodeFSDefault(item->reason);
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
    py_nogil_resume(&call->nogil);
}

static int hook_stop(void *context)
{
    Call *call = context;
    py_nogil_pause(&call->nogil);
    int count = py_state_interrupts(call->state) - call->before;
    bool closing = cancel_is_set(shutdown_gate_cancel(call->state->gate));
    py_nogil_resume(&call->nogil);
    if (closing)
        return 2;
    return count == 0 && call->raised ? 1 : count;
}

/* A pair: the items, and why the run was stopped. */
static PyObject *report_of(const BatchReport *report)
{
    static const char *const states[] = {
        [BATCH_DONE] = "done", [BATCH_FAILED] = "failed", [BATCH_LEFT] = "left"};
    PyObject *list = PyList_New(report->count);
    for (int i = 0; list && i < report->count; i++) {
        const BatchItem *item = &report->items[i];
        PyObject *input = PyUnicode_DecodeFSDefault(item->input);
        PyObject *output = PyUnicode_DecodeFSDefault(item->output ? item->output : "");
        PyObject *reason = PyUnicode_DecodeFSDefault(item->reason);
        PyObject *note = PyUnicode_DecodeFSDefault(item->note);
        PyObject *damaged = PyBool_FromLong(item->damaged);
        PyObject *tuple = Py_BuildValue("(NNsNdNN)", input, output, states[item->state],
                                        reason, item->ms, note, damaged);
        if (!tuple)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, tuple);
    }
    return list ? Py_BuildValue("(Ns)", list, report->stopped ? report->stopped : "")
                : NULL;
}

/* Plain C strings of a list of paths; *bytes keeps them alive. */
static const char **path_strings(PyObject *list, PyObject **bytes)
{
    Py_ssize_t count = PyList_GET_SIZE(list);
    const char **strings = mem_new((size_t)count, sizeof *strings);
    *bytes = PyList_New(count);
    for (Py_ssize_t i = 0; *bytes && i < count; i++) {
        PyObject *path = NULL;
        if (!PyUnicode_FSConverter(PyList_GET_ITEM(list, i), &path)) {
            Py_CLEAR(*bytes);
            break;
        }
        PyList_SET_ITEM(*bytes, i, path);
        strings[i] = PyBytes_AS_STRING(path);
    }
    if (*bytes)
        return strings;
    mem_free(strings);
    return NULL;
}

/* The exception that ended the run, or None. New reference. */
static PyObject *ending(Call *call, bool good, const Err *err)
{
    if (call->raised)
        PyErr_Restore(call->exception[0], call->exception[1], call->exception[2]);
    else if (py_state_interrupts(call->state) > call->before)
        PyErr_SetNone(PyExc_KeyboardInterrupt);
    else if (!good)
        py_err_raise(call->state, err);
    return PyErr_Occurred() ? py_err_take() : Py_NewRef(Py_None);
}

/* The pair (report_of, exception or None). */
static PyObject *run(Call *call, BatchOptions *options)
{
    BatchHooks hooks = {
        .plan = hook_plan,
        .map = mode_is_python(call->mode) ? hook_map : NULL,
        .done = hook_done,
        .stop = hook_stop,
        .context = call,
    };
    BatchReport report = {0};
    Err err;
    call->before = py_state_interrupts(call->state);
    if (interrupt_cancel())
        interrupt_forget(); /* the caller knows of it; the stop hook counts later ones
                             */
    call->nogil = py_nogil_begin(call->state);
    options->cancel = call->nogil.cancel;
    bool good =
        batch_list(options, &report, &err) && batch_run(options, &hooks, &report, &err);
    py_nogil_end(&call->nogil);
    PyObject *error = ending(call, good, &err);
    PyObject *items = report_of(&report);
    batch_report_clear(&report);
    return Py_BuildValue("(NN)", items, error);
}

/* Check the mode and set the options that it asks for. False: exception set. */
static bool prepare_mode(Call *call, PyObject *wanted, BatchOptions *options)
{
    if (!py_map_mode(call->state, wanted, &call->mode))
        return false;
    if (mode_is_python(call->mode))
        return py_map_has_mode(call->mode);
    if (call->mode == MODE_SINGLE && options->jobs > 1) {
        PyErr_SetString(call->state->parameter_error,
                        "the mode single is one job at a time: leave out jobs");
        return false;
    }
    if (call->mode == MODE_SINGLE)
        options->jobs = 1;
    return true;
}

PyObject *py_batch(PyObject *module, PyObject *args, PyObject *kwargs)
{
    ASSERT_GIL();
    static char *names[] = {
        "stages", "inputs",     "output",    "progress",     "format",    "quality",
        "jobs",   "max_pixels", "recursive", "overwrite",    "fail_fast", "dry_run",
        "mode",   "memory",     "sync",      "max_metadata", "lenient",   NULL};
    Call call = {.state = PyModule_GetState(module), .progress = Py_None};
    PyObject *inputs, *output, *bytes = NULL, *mode = Py_None;
    unsigned long long most = 0, memory = 0, metadata = 0;
    int recursive = 0, overwrite = 0, fail_fast = 0, dry_run = 0, lenient = 0;
    BatchOptions options = {0};
    if (!PyArg_ParseTupleAndKeywords(
            args, kwargs, "O!O!O&|$OziiKppppOKzKp:batch", names, &PyList_Type,
            &call.stages, &PyList_Type, &inputs, PyUnicode_FSConverter, &output,
            &call.progress, &options.format, &options.quality, &options.jobs, &most,
            &recursive, &overwrite, &fail_fast, &dry_run, &mode, &memory, &options.sync,
            &metadata, &lenient))
        return NULL;
    const char **strings = NULL;
    if (prepare_mode(&call, mode, &options))
        strings = path_strings(inputs, &bytes);
    PyObject *result = NULL;
    if (strings) {
        options.inputs = strings;
        options.n_inputs = (int)PyList_GET_SIZE(inputs);
        options.output = PyBytes_AS_STRING(output);
        options.max_pixels = most;
        options.memory = memory;
        options.max_metadata = metadata;
        options.lenient = lenient;
        options.recursive = recursive;
        options.overwrite = overwrite;
        options.fail_fast = fail_fast;
        options.dry_run = dry_run;
        result = run(&call, &options);
    }
    Py_XDECREF(bytes);
    Py_DECREF(output);
    mem_free(strings);
    return result;
}
