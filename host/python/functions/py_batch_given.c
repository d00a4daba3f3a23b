#include "python/functions/py_batch_given.h"

#include <string.h>

#include "base/mem.h"
#include "python/image/py_coding.h"

/* The bytes of a path that may be None; *path is NULL then. */
static int optional_path(PyObject *object, void *path)
{
    if (object == Py_None)
        return 1;
    return PyUnicode_FSConverter(object, path);
}

bool py_batch_given_parse(BatchGiven *given, BatchOptions *options, PyObject *args,
                          PyObject *kwargs)
{
    ASSERT_GIL();
    static char *names[] = {"stages",        "inputs",      "output",    "progress",
                            "format",        "quality",     "jobs",      "max_pixels",
                            "recursive",     "overwrite",   "fail_fast", "dry_run",
                            "mode",          "memory",      "sync",      "max_metadata",
                            "lenient",       "convert",     "intent",    "files",
                            "look",          "resume",      "check",     "journal",
                            "skip_existing", "newer",       "include",   "exclude",
                            "retry_failed",  "keep_times",  "sidecars",  "resize",
                            "resize_linear", "strip",       "looks",     "lossless",
                            "raw",           "level",       "restart",   "progressive",
                            "optimize",      "compression", "predictor", "depth",
                            "part",          "outputs",     "label",     NULL};
    return PyArg_ParseTupleAndKeywords(
        args, kwargs,
        "O!O!O&|$OzO&iKppppOKzKpO&zO!(OsO!)pzO&ppO!O!O&pzzpiOpziippzzizO!z:batch",
        names, &PyList_Type, &given->stages, &PyList_Type, &given->inputs,
        PyUnicode_FSConverter, &given->output, &given->progress, &options->format,
        py_coding_quality, &options->quality, &options->jobs, &given->most,
        &given->recursive, &given->overwrite, &given->fail_fast, &given->dry_run,
        &given->mode, &given->memory, &options->sync, &given->metadata, &given->lenient,
        optional_path, &given->convert, &given->intent, &PyList_Type, &given->files,
        &given->look, &given->function, &PyTuple_Type, &given->row, &given->resume,
        &given->check, optional_path, &given->journal, &given->skip_existing,
        &given->newer, &PyList_Type, &given->include, &PyList_Type, &given->exclude,
        optional_path, &given->retry, &given->keep_times, &options->sidecars,
        &given->resize, &given->resize_linear, &given->strip, &given->looks,
        &given->lossless, &given->raw, &options->pack.level, &options->pack.restart,
        &given->progressive, &given->optimize, &options->pack.compression,
        &options->pack.predictor, &options->pack.depth, &given->part, &PyList_Type,
        &given->outputs, &options->journal_label);
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

/* NULL is an empty list; `slot` is one of LISTS. False: exception set. */
static bool take_list(BatchGiven *given, int slot, PyObject *list,
                      const char *const **strings, int *count)
{
    *count = list ? (int)PyList_GET_SIZE(list) : 0;
    if (list)
        given->texts[slot] = path_strings(list, &given->bytes[slot]);
    *strings = given->texts[slot];
    return !list || given->texts[slot];
}

static void set_plain(BatchOptions *options, const BatchGiven *given)
{
    options->output = PyBytes_AS_STRING(given->output);
    options->max_pixels = given->most;
    options->memory = given->memory;
    options->max_metadata = given->metadata;
    options->lenient = given->lenient;
    options->lossless = given->lossless;
    options->pack.progressive = given->progressive;
    options->pack.optimize = given->optimize;
    options->raw_half = given->raw && strcmp(given->raw, "half") == 0;
    options->recursive = given->recursive;
    options->overwrite = given->overwrite;
    options->resume = given->resume;
    options->check_hash = given->check && strcmp(given->check, "hash") == 0;
    options->journal = given->journal ? PyBytes_AS_STRING(given->journal) : NULL;
    options->retry_failed = given->retry ? PyBytes_AS_STRING(given->retry) : NULL;
    options->skip_existing = given->skip_existing;
    options->newer = given->newer;
    options->keep_times = given->keep_times;
    options->resize_linear = given->resize_linear;
    options->strip = (Strip)given->strip;
    options->fail_fast = given->fail_fast;
    options->dry_run = given->dry_run;
}

bool py_batch_given_options(BatchGiven *given, BatchOptions *options)
{
    ASSERT_GIL();
    NameFilter *filter = &options->filter;
    int outputs; /* as many as inputs */
    set_plain(options, given);
    return take_list(given, 0, given->inputs, &options->inputs, &options->n_inputs) &&
           take_list(given, 1, given->include, &filter->include, &filter->n_include) &&
           take_list(given, 2, given->exclude, &filter->exclude, &filter->n_exclude) &&
           take_list(given, 3, given->outputs, &options->outputs, &outputs);
}

void py_batch_given_clear(BatchGiven *given)
{
    ASSERT_GIL();
    for (int i = 0; i < LISTS; i++) {
        mem_free(given->texts[i]);
        Py_XDECREF(given->bytes[i]);
    }
    Py_XDECREF(given->output);
    Py_XDECREF(given->convert);
    Py_XDECREF(given->journal);
    Py_XDECREF(given->retry);
    *given = (BatchGiven){0};
}
