#include "python/functions/py_batch.h"

#include <string.h>

#include "base/mem.h"
#include "base/thread/interrupt.h"
#include "batch/batch.h"
#include "batch/file/claims.h"
#include "batch/journal/journal_place.h"
#include "batch/look/look_hash.h"
#include "batch/look/value_words.h"
#include "pipe/color/color_target.h"
#include "python/curve/py_plan.h"
#include "python/errors/py_err.h"
#include "python/functions/py_batch_given.h"
#include "python/functions/py_look_files.h"
#include "python/modes/py_map.h"
#include "python/module/py_nogil.h"
#include "python/module/py_opencl.h"
#include "python/module/py_param.h"
#include "python/module/py_text.h"

/* Hooks run on the calling thread, which has released the GIL. */
typedef struct Call {
    State *state;
    PyObject *stages; /* borrowed: the flattened stages */
    PyObject
        *progress;   /* borrowed: None or callable(input, output, reason, n, total) */
    PyObject *looks; /* borrowed: None or a lutist.per_image.looks.Looks */
    Mode mode;
    OpenCl *opencl;     /* borrowed; NULL: another mode */
    WatchFiles files;   /* that the look reads */
    Claims *claims;     /* borrowed: of the run */
    LookWords look;     /* borrowed texts */
    ParamSet *params;   /* owned: the look's; NULL: the run is none that carries on */
    ParamValue *values; /* owned */
    ValueWords *words;  /* owned */
    NoGil nogil;        /* of the run */
    int before;         /* interrupts that were counted before the run */
    bool raised;        /* a hook left an exception pending in `exception` */
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

static Plan *make_plan(Call *call, PyObject *stages, int depth,
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
    Call *call = context;
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
static void take_files(Call *call, PyObject *files)
{
    int known = call->files.count;
    py_look_files_add(files, &call->files);
    for (int i = known; call->claims && i < call->files.count; i++)
        claims_add_look(call->claims, call->files.files[i].path);
}

/* New array of the plain values in `row`. NULL: exception set. */
static ParamValue *read_row(const ParamSet *set, PyObject *row)
{
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
static char *words_of(const Call *call, PyObject *row, PyObject *more, Err *err)
{
    ParamValue *values = read_row(call->params, row);
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
static bool read_choice(Call *call, PyObject *answer, BatchLook *look, Err *err)
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
    Call *call = context;
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
    const Call *call = context;
    if (call->looks == Py_None &&
        !(*words = value_words_of(call->words, call->values, NULL, err)))
        return NULL;
    return look_hash(&call->look, err);
}

/* On any thread. */
static bool hook_map_by_device(void *context, const BatchStrip *strip, Err *err)
{
    const Call *call = context;
    (void)err;
    opencl_run_rows(call->opencl, strip->program, strip->in, strip->src,
                    strip->src_stride, strip->dst, strip->dst_stride, strip->rows);
    return true;
}

static bool hook_map(void *context, const BatchStrip *strip, Err *err)
{
    Call *call = context;
    py_nogil_pause(&call->nogil);
    bool good = py_map_strip(call->state, call->mode, strip, err);
    py_nogil_resume(&call->nogil);
    return good;
}

/* Nothing asks for the stages of its look any more. */
static void forget_look(Call *call, const BatchItem *item)
{
    if (call->looks == Py_None)
        return;
    PyObject *result = PyObject_CallMethod(call->looks, "done", "i", item->look);
    if (!result)
        keep_exception(call);
    Py_XDECREF(result);
}

static void tell_progress(Call *call, const BatchItem *item, int finished, int total)
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
    Call *call = context;
    if (call->raised || (call->progress == Py_None && call->looks == Py_None))
        return;
    py_nogil_pause(&call->nogil);
    tell_progress(call, item, finished, total);
    forget_look(call, item);
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
    PyObject *list = PyList_New(report->count);
    for (int i = 0; list && i < report->count; i++) {
        const BatchItem *item = &report->items[i];
        PyObject *input = PyUnicode_DecodeFSDefault(item->input);
        PyObject *output = PyUnicode_DecodeFSDefault(item->output ? item->output : "");
        PyObject *reason = py_text_reason(item->reason);
        PyObject *note = py_text_reason(item->note);
        PyObject *damaged = PyBool_FromLong(item->damaged);
        PyObject *tuple =
            Py_BuildValue("(NNsNdNN)", input, output, batch_report_word(item->state),
                          reason, item->ms, note, damaged);
        if (!tuple)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, tuple);
    }
    return list ? Py_BuildValue("(Ns)", list, report->stopped ? report->stopped : "")
                : NULL;
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

static bool list(Call *call, const BatchOptions *options, BatchReport *report, Err *err)
{
    if (!batch_list(options, report, err))
        return false;
    call->claims = report->claims;
    claims_add_looks(report->claims, &call->files);
    return true;
}

/* The process is about to end, and the run with it. */
static void drop_temps(void *context)
{
    batch_drop_temps(context);
}

/* The pair (report_of, exception or None). */
static PyObject *run(Call *call, BatchOptions *options)
{
    BatchHooks hooks = {
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
    BatchReport report = {0};
    LastWord word = {.fn = drop_temps, .context = &report};
    Err err;
    call->before = py_state_interrupts(call->state);
    if (interrupt_cancel())
        interrupt_forget(); /* the caller knows of it; the stop hook counts later ones
                             */
    call->nogil = py_nogil_begin(call->state);
    options->cancel = call->nogil.cancel;
    interrupt_last_word_add(&word);
    bool good =
        list(call, options, &report, &err) && batch_run(options, &hooks, &report, &err);
    interrupt_last_word_remove(&word);
    py_nogil_end(&call->nogil);
    PyObject *error = ending(call, good, &err);
    batch_report_keep_part(&report);
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
    if (call->mode == MODE_OPENCL) {
        call->opencl = py_opencl_get(call->state);
        return call->opencl;
    }
    if (call->mode == MODE_SINGLE && options->jobs > 1) {
        PyErr_SetString(call->state->parameter_error,
                        "the mode single is one job at a time: leave out jobs");
        return false;
    }
    if (call->mode == MODE_SINGLE)
        options->jobs = 1;
    return true;
}

static bool prepare_part(const Call *call, const char *text, BatchOptions *options)
{
    Err err;
    if (!text || part_parse(text, &options->part, &err))
        return true;
    py_err_raise(call->state, &err);
    return false;
}

static bool prepare_size(const Call *call, const char *text, BatchOptions *options)
{
    Err err;
    if (!text || fit_size_parse(text, &options->resize, &err))
        return true;
    py_err_raise(call->state, &err);
    return false;
}

/* Open what the files are to be converted to. False: exception set. */
static bool prepare_target(const Call *call, PyObject *convert, const char *intent,
                           ColorTarget **target)
{
    Err err;
    if (!convert && !intent)
        return true;
    if (convert)
        *target = color_target_open(PyBytes_AS_STRING(convert), intent, &err);
    else
        err_set(&err, ERR_USAGE, "intent needs convert");
    if (!*target)
        py_err_raise(call->state, &err);
    return *target;
}

/* What the look comes to, for a run that carries on. False: exception set. */
static bool prepare_look(Call *call, const BatchGiven *given)
{
    call->look = (LookWords){
        .version = LUTIST_VERSION,
        .convert = given->convert ? PyBytes_AS_STRING(given->convert) : NULL,
        .intent = given->intent,
        .files = &call->files,
    };
    if (!given->resume)
        return true;
    call->look.pipeline = given->function;
    call->params = py_param_set(given->look);
    call->values = call->params ? read_row(call->params, given->row) : NULL;
    if (call->values)
        call->words = value_words_new(call->params);
    return call->words;
}

static void clear_look(Call *call)
{
    if (call->params)
        param_values_free(call->values, call->params->count);
    param_set_unref(&call->params);
    value_words_free(call->words);
    watch_files_clear(&call->files);
}

static PyObject *run_given(Call *call, BatchOptions *options, BatchGiven *given)
{
    ColorTarget *target = NULL;
    PyObject *result = NULL;
    if (given->files)
        py_look_files_add(given->files, &call->files);
    if (py_batch_given_options(given, options) &&
        prepare_mode(call, given->mode, options) &&
        prepare_size(call, given->resize, options) &&
        prepare_part(call, given->part, options) &&
        prepare_target(call, given->convert, given->intent, &target) &&
        prepare_look(call, given)) {
        options->convert = target;
        result = run(call, options);
    }
    clear_look(call);
    color_target_free(target);
    return result;
}

PyObject *py_batch(PyObject *module, PyObject *args, PyObject *kwargs)
{
    ASSERT_GIL();
    BatchGiven given = {.progress = Py_None, .mode = Py_None, .looks = Py_None};
    BatchOptions options = {0};
    PyObject *result = NULL;
    if (py_batch_given_parse(&given, &options, args, kwargs)) {
        Call call = {.state = PyModule_GetState(module),
                     .stages = given.stages,
                     .progress = given.progress,
                     .looks = given.looks};
        result = run_given(&call, &options, &given);
    }
    py_batch_given_clear(&given);
    return result;
}

PyObject *py_batch_journal(PyObject *module, PyObject *output)
{
    ASSERT_GIL();
    PyObject *bytes = NULL, *result = NULL;
    Err err;
    if (!PyUnicode_FSConverter(output, (void *)&bytes))
        return NULL;
    BatchOptions options = {.output = PyBytes_AS_STRING(bytes)};
    char *place = journal_place_all(&options, &err);
    if (place)
        result = PyUnicode_DecodeFSDefault(place);
    else
        py_err_raise(PyModule_GetState(module), &err);
    mem_free(place);
    Py_DECREF(bytes);
    return result;
}
