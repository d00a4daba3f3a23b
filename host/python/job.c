/* A job: a Python program that runs inside the host as __main__. */
#include <string.h>

#include "python/py.h"
#include "python/script.h"

static PyObject *argument_list(int argc, char **argv)
{
    PyObject *list = PyList_New(argc);
    for (int i = 0; list && i < argc; i++) {
        PyObject *text = PyUnicode_DecodeFSDefault(argv[i]);
        if (!text)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, text);
    }
    return list;
}

/* lutist.running.job runs the file and turns every ending into an exit code. */
static bool run_locked(int argc, char **argv, int *code, Err *err)
{
    PyObject *module = PyImport_ImportModule("lutist.running");
    PyObject *list = module ? argument_list(argc, argv) : NULL;
    PyObject *result = list ? PyObject_CallMethod(module, "job", "O", list) : NULL;
    if (result)
        *code = (int)PyLong_AsLong(result);
    bool good = result && !PyErr_Occurred();
    if (!good)
        py_fetch(err);
    Py_XDECREF(result);
    Py_XDECREF(list);
    Py_XDECREF(module);
    return good;
}

bool script_run_job(int argc, char **argv, int *code, Err *err)
{
    ASSERT_NO_GIL();
    PyGILState_STATE gil = PyGILState_Ensure();
    bool good = run_locked(argc, argv, code, err);
    PyGILState_Release(gil);
    return good;
}
