#include "python/functions/py_look_files.h"

void py_look_files_add(PyObject *paths, WatchFiles *files)
{
    ASSERT_GIL();
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(paths); i++) {
        PyObject *bytes = NULL;
        if (PyUnicode_FSConverter(PyList_GET_ITEM(paths, i), &bytes))
            watch_files_add(files, PyBytes_AS_STRING(bytes), (FileStamp){0});
        PyErr_Clear();
        Py_XDECREF(bytes);
    }
}
