#include "python/errors/py_err.h"

#include <string.h>

#include "python/attend/py_attend.h"
#include "python/errors/py_exceptions.h"
#include "python/module/py_call.h"
#include "python/module/py_text.h"

PyObject *py_err_take(void)
{
    ASSERT_GIL();
    PyObject *type, *value, *trace;
    PyErr_Fetch(&type, &value, &trace);
    PyErr_NormalizeException(&type, &value, &trace);
    if (value && trace)
        PyException_SetTraceback(value, trace);
    Py_XDECREF(type);
    Py_XDECREF(trace);
    return value;
}

static void copy_text(char *to, size_t size, PyObject *text)
{
    char *copy = text ? py_text_copy(text) : NULL;
    snprintf(to, size, "%s", copy ? copy : "");
    mem_free(copy);
    PyErr_Clear();
}

/* The type's name and the message. */
static void name(PyObject *exception, Err *err)
{
    PyObject *text = PyObject_Str(exception);
    char *words = text ? py_text_copy(text) : NULL;
    err_set(err, ERR_SCRIPT, "%s%s%s", Py_TYPE(exception)->tp_name,
            words && *words ? ": " : "", words ? words : "");
    mem_free(words);
    PyErr_Clear();
    Py_XDECREF(text);
}

/* The line and the traceback, by lutist.host.errors.describe(exception, note). Where
 * that fails, too (no memory, a deep stack), the line is the exception alone. */
static void describe(PyObject *exception, const char *note, Err *err)
{
    PyObject *pair = py_call("lutist.host.errors", "describe", "(Oz)", exception, note);
    PyErr_Clear();
    if (pair && PyTuple_Check(pair) && PyTuple_GET_SIZE(pair) == 2) {
        err_set(err, ERR_SCRIPT, "%s", "");
        copy_text(err->text, sizeof err->text, PyTuple_GET_ITEM(pair, 0));
        copy_text(err->trace, sizeof err->trace, PyTuple_GET_ITEM(pair, 1));
    } else {
        name(exception, err);
    }
    Py_XDECREF(pair);
}

bool py_err_fetch(Err *err)
{
    ASSERT_GIL();
    return py_err_fetch_noted(NULL, err);
}

/* The script's code was interrupted, not by a signal of the user's: `exception` tells
 * why. */
static bool tell_interrupt(const State *state, PyObject *exception,
                           AttendantReason reason, Err *err)
{
    char words[PY_ATTEND_WORDS];
    PyObject *arguments = Py_BuildValue("(s)", py_attend_words(state, reason, words));
    if (!arguments || PyObject_SetAttrString(exception, "args", arguments) < 0)
        PyErr_Clear();
    Py_XDECREF(arguments);
    describe(exception, NULL, err);
    if (err) {
        err->kind = reason == ATTENDANT_LATE ? ERR_SCRIPT : ERR_CANCELLED;
        err->trace[0] = '\0';
    }
    Py_DECREF(exception);
    return false;
}

bool py_err_fetch_noted(const char *note, Err *err)
{
    ASSERT_GIL();
    PyObject *exception = py_err_take();
    if (!exception)
        return err_set(err, ERR_SCRIPT, "failed without an exception");
    State *state = py_state();
    AttendantReason reason = state ? py_attend_end(state) : ATTENDANT_NONE;
    if (reason && PyErr_GivenExceptionMatches(exception, PyExc_KeyboardInterrupt))
        return tell_interrupt(state, exception, reason, err);
    bool parameter =
        state && PyErr_GivenExceptionMatches(exception, state->parameter_error);
    bool mode = state && PyErr_GivenExceptionMatches(exception, state->mode_error);
    describe(exception, note, err);
    if (parameter || mode) {
        err->kind = parameter ? ERR_USAGE : ERR_ENV;
        err->trace[0] = '\0';
    } else if (PyErr_GivenExceptionMatches(exception, PyExc_KeyboardInterrupt)) {
        if (state)
            state->interrupts++;
        err_set(err, ERR_CANCELLED, "interrupted");
    }
    PyErr_Clear();
    Py_DECREF(exception);
    return false;
}

void py_err_note(const char *note)
{
    ASSERT_GIL();
    if (!PyErr_Occurred() || !PyErr_ExceptionMatches(PyExc_Exception))
        return;
    PyObject *exception = py_err_take();
    PyObject *done = py_call("lutist.exception_notes", "add", "(Os)", exception, note);
    PyErr_Clear();
    Py_XDECREF(done);
    PyErr_Restore(Py_NewRef(Py_TYPE(exception)), exception,
                  PyException_GetTraceback(exception));
}

/* OSError's arguments: number, reason, name. `path` may be NULL. */
static PyObject *file_arguments(const Err *err, const char *path)
{
    size_t length = path ? strlen(path) : 0;
    bool named = path && strncmp(err->text, path, length) == 0 &&
                 strncmp(err->text + length, ": ", 2) == 0;
    PyObject *code = err->code ? PyLong_FromLong(err->code) : Py_NewRef(Py_None);
    PyObject *reason = py_text_reason(err->text + (named ? length + 2 : 0));
    if (!named)
        return Py_BuildValue("(NN)", code, reason);
    return Py_BuildValue("(NNN)", code, reason, PyUnicode_DecodeFSDefault(path));
}

PyObject *py_err_raise_file(const State *state, const Err *err, const char *path)
{
    ASSERT_GIL();
    if (PyErr_Occurred())
        return NULL;
    PyObject *value =
        err->kind == ERR_FILE ? file_arguments(err, path) : py_text_str(err->text);
    if (value)
        PyErr_SetObject(py_exceptions_type(state, err), value);
    Py_XDECREF(value);
    return NULL;
}

PyObject *py_err_raise(const State *state, const Err *err)
{
    ASSERT_GIL();
    return py_err_raise_file(state, err, NULL);
}
