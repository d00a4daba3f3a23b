/* The extension module `fib_extension`: the same C function with and without the GIL.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "fib.h"

PyMODINIT_FUNC PyInit_fib_extension(void);

static PyObject *held(PyObject *module, PyObject *arg)
{
    (void)module;
    long n = PyLong_AsLong(arg);
    return PyErr_Occurred() ? NULL : PyLong_FromLong(fib((int)n));
}

static PyObject *released(PyObject *module, PyObject *arg)
{
    (void)module;
    long result, n = PyLong_AsLong(arg);
    if (PyErr_Occurred())
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    result = fib((int)n);
    Py_END_ALLOW_THREADS
    return PyLong_FromLong(result);
}

static PyMethodDef functions[] = {
    {"held", held, METH_O, "held(n) -> int\n\nfib(n) while holding the GIL."},
    {"released", released, METH_O, "released(n) -> int\n\nfib(n) without the GIL."},
    {NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, .m_name = "fib_extension", .m_methods = functions};

PyMODINIT_FUNC PyInit_fib_extension(void)
{
    return PyModuleDef_Init(&definition);
}
