#include <string.h>

#include "python/py.h"

PyObject *py_take_exception(void)
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
    const char *utf8 = text ? PyUnicode_AsUTF8(text) : NULL;
    snprintf(to, size, "%s", utf8 ? utf8 : "");
    PyErr_Clear();
}

/* lutist.errors.describe(exception, note) gives the line and the traceback as text. It
 * can fail too (no memory, the stack still deep): then the type's name has to do. */
static void describe(PyObject *exception, const char *note, Err *err)
{
    err_set(err, ERR_SCRIPT, "%s", Py_TYPE(exception)->tp_name);
    PyObject *module = PyImport_ImportModule("lutist.errors");
    PyObject *pair =
        module ? PyObject_CallMethod(module, "describe", "Oz", exception, note) : NULL;
    if (pair && PyTuple_Check(pair) && PyTuple_GET_SIZE(pair) == 2) {
        copy_text(err->text, sizeof err->text, PyTuple_GET_ITEM(pair, 0));
        copy_text(err->trace, sizeof err->trace, PyTuple_GET_ITEM(pair, 1));
    }
    PyErr_Clear();
    Py_XDECREF(pair);
    Py_XDECREF(module);
}

bool py_fetch(Err *err)
{
    ASSERT_GIL();
    return py_fetch_noted(NULL, err);
}

bool py_fetch_noted(const char *note, Err *err)
{
    ASSERT_GIL();
    PyObject *exception = py_take_exception();
    if (!exception)
        return err_set(err, ERR_SCRIPT, "failed without an exception");
    State *state = py_state();
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

void py_note(const char *note)
{
    ASSERT_GIL();
    if (!PyErr_Occurred() || !PyErr_ExceptionMatches(PyExc_Exception))
        return;
    PyObject *exception = py_take_exception();
    PyObject *module = PyImport_ImportModule("lutist.notes");
    PyObject *done =
        module ? PyObject_CallMethod(module, "add", "Os", exception, note) : NULL;
    PyErr_Clear();
    Py_XDECREF(done);
    Py_XDECREF(module);
    PyErr_Restore(Py_NewRef(Py_TYPE(exception)), exception,
                  PyException_GetTraceback(exception));
}
