#include "python/module/py_call.h"

#include <stdarg.h>

PyObject *py_call(const char *module, const char *function, const char *format, ...)
{
    ASSERT_GIL();
    va_list list;
    va_start(list, format);
    PyObject *arguments = Py_VaBuildValue(format, list);
    va_end(list);
    PyObject *home = arguments ? PyImport_ImportModule(module) : NULL;
    PyObject *callable = home ? PyObject_GetAttrString(home, function) : NULL;
    PyObject *result = callable ? PyObject_CallObject(callable, arguments) : NULL;
    Py_XDECREF(callable);
    Py_XDECREF(home);
    Py_XDECREF(arguments);
    return result;
}
