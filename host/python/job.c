#include "python/job.h"

#include "python/errors/py_err.h"
#include "python/module/py_call.h"

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

/* lutist.host.job.run runs the file and turns every ending into an exit code. */
static bool run_locked(int argc, char **argv, int *code, Err *err)
{
    PyObject *result =
        py_call("lutist.host.job", "run", "(N)", argument_list(argc, argv));
    if (result)
        *code = (int)PyLong_AsLong(result);
    bool good = result && !PyErr_Occurred();
    if (!good)
        py_err_fetch(err);
    Py_XDECREF(result);
    return good;
}

bool job_run(int argc, char **argv, int *code, Err *err)
{
    ASSERT_NO_GIL();
    PyGILState_STATE gil = PyGILState_Ensure();
    bool good = run_locked(argc, argv, code, err);
    PyGILState_Release(gil);
    return good;
}
