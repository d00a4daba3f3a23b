#include "python/module/py_bundle.h"

#include <errno.h>
#include <marshal.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "python/module/py_err.h"

enum { MAGIC = 4 }; /* bytes in front: the number of Python's compiled code */

/* The whole file in new memory. NULL: *err is set. */
static char *read_file(FILE *file, const char *path, size_t *size, Err *err)
{
    struct stat status;
    if (fstat(fileno(file), &status) < 0) {
        err_set_errno(err, ERR_ENV, errno, "%s", path);
        return NULL;
    }
    *size = (size_t)status.st_size;
    char *data = mem_try(*size + 1, 1, err);
    if (!data || fread(data, 1, *size, file) == *size)
        return data;
    err_set(err, ERR_ENV, "%s: it cannot be read", path);
    mem_free(data);
    return NULL;
}

static bool is_for_this_python(const char *data, size_t size)
{
    uint32_t magic = (uint32_t)PyImport_GetMagicNumber();
    const char bytes[MAGIC] = {(char)magic, (char)(magic >> 8), (char)(magic >> 16),
                               (char)(magic >> 24)};
    return size > MAGIC && memcmp(data, bytes, MAGIC) == 0;
}

/* New memory, checked. NULL: *err is set. */
static char *load(const char *path, size_t *size, Err *err)
{
    FILE *file = fopen(path, "re");
    if (!file) {
        err_set_errno(err, ERR_ENV, errno, "%s", path);
        return NULL;
    }
    char *data = read_file(file, path, size, err);
    fclose(file);
    if (!data || is_for_this_python(data, *size))
        return data;
    err_set(err, ERR_ENV, "%s: not made for Python %s", path, PY_VERSION);
    mem_free(data);
    return NULL;
}

/* Run the finder's code, and its install(folder, modules). */
static PyObject *install(PyObject *finder, PyObject *modules, const char *folder)
{
    PyObject *names = Py_BuildValue("{ss}", "__name__", "lutist.host.bundled");
    PyObject *ran = names ? PyEval_EvalCode(finder, names, names) : NULL;
    PyObject *function = ran ? PyDict_GetItemString(names, "install") : NULL;
    PyObject *path = function ? PyUnicode_DecodeFSDefault(folder) : NULL;
    PyObject *done =
        path ? PyObject_CallFunctionObjArgs(function, path, modules, NULL) : NULL;
    Py_XDECREF(path);
    Py_XDECREF(ran);
    Py_XDECREF(names);
    return done;
}

bool py_bundle_install(const char *folder, Err *err)
{
    ASSERT_GIL();
    size_t size;
    char *path = mem_printf("%s/lutist.bundle", folder);
    char *data = load(path, &size, err);
    mem_free(path);
    if (!data)
        return false;
    PyObject *finder, *modules, *done = NULL;
    PyObject *pair =
        PyMarshal_ReadObjectFromString(data + MAGIC, (Py_ssize_t)(size - MAGIC));
    if (pair && PyArg_ParseTuple(pair, "OO", &finder, &modules))
        done = install(finder, modules, folder);
    if (!done)
        py_err_fetch(err);
    Py_XDECREF(done);
    Py_XDECREF(pair);
    mem_free(data);
    return done != NULL;
}
