#include "python/functions/py_batch.h"

#include "base/mem.h"
#include "base/thread/interrupt.h"
#include "batch/batch.h"
#include "batch/journal/journal_place.h"
#include "pipe/color/color_target.h"
#include "python/errors/py_err.h"
#include "python/functions/py_batch_given.h"
#include "python/functions/py_batch_hooks.h"
#include "python/functions/py_look_files.h"
#include "python/modes/py_map.h"
#include "python/module/py_opencl.h"
#include "python/module/py_param.h"
#include "python/module/py_text.h"

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
static PyObject *ending(BatchCall *call, bool good, const Err *err)
{
    if (call->raised)
        PyErr_Restore(call->exception[0], call->exception[1], call->exception[2]);
    else if (py_state_interrupts(call->state) > call->before)
        PyErr_SetNone(PyExc_KeyboardInterrupt);
    else if (!good)
        py_err_raise(call->state, err);
    return PyErr_Occurred() ? py_err_take() : Py_NewRef(Py_None);
}

static bool list(BatchCall *call, const BatchOptions *options, BatchReport *report,
                 Err *err)
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
static PyObject *run(BatchCall *call, BatchOptions *options)
{
    BatchHooks hooks = py_batch_hooks(call);
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
static bool prepare_mode(BatchCall *call, PyObject *wanted, BatchOptions *options)
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

static bool prepare_part(const BatchCall *call, const char *text, BatchOptions *options)
{
    Err err;
    if (!text || part_parse(text, &options->part, &err))
        return true;
    py_err_raise(call->state, &err);
    return false;
}

static bool prepare_size(const BatchCall *call, const char *text, BatchOptions *options)
{
    Err err;
    if (!text || fit_size_parse(text, &options->resize, &err))
        return true;
    py_err_raise(call->state, &err);
    return false;
}

/* Open what the files are to be converted to. False: exception set. */
static bool prepare_target(const BatchCall *call, PyObject *convert, const char *intent,
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
static bool prepare_look(BatchCall *call, const BatchGiven *given)
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
    call->values = call->params ? py_batch_hooks_row(call->params, given->row) : NULL;
    if (call->values)
        call->words = value_words_new(call->params);
    return call->words;
}

static void clear_look(BatchCall *call)
{
    if (call->params)
        param_values_free(call->values, call->params->count);
    param_set_unref(&call->params);
    value_words_free(call->words);
    watch_files_clear(&call->files);
}

static PyObject *run_given(BatchCall *call, BatchOptions *options, BatchGiven *given)
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
        BatchCall call = {.state = PyModule_GetState(module),
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
