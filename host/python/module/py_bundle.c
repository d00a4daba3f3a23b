#include "python/module/py_bundle.h"

#include <errno.h>
#include <marshal.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "python/errors/py_err.h"

enum { MAGIC = 4 }; /* bytes in front: the number of Python's compiled code */

/* False. */
static bool fail(const char *path, const char *why, Err *err)
{
    return err_set(err, ERR_ENV, "%s: %s; install lutist again", path, why);
}

/* The whole file in new memory. NULL: *err is set. */
static char *read_file(FILE *file, const char *path, size_t *size, Err *err)
{
    struct stat status;
    if (fstat(fileno(file), &status) < 0) {
        fail(path, strerror(errno), err);
        return NULL;
    }
    *size = (size_t)status.st_size;
    char *data = mem_try(*size + 1, 1, err);
    if (!data || fread(data, 1, *size, file) == *size)
        return data;
    fail(path, "it cannot be read", err);
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
        fail(path, strerror(errno), err);
        return NULL;
    }
    char *data = read_file(file, path, size, err);
    fclose(file);
    if (!data || is_for_this_python(data, *size))
        return data;
    fail(path, "not made for Python " PY_VERSION, err);
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

/* Marshal has an exception of its own for each kind of damage. */
static void fetch(const char *path, bool reading, Err *err)
{
    if (!reading || PyErr_ExceptionMatches(PyExc_MemoryError)) {
        py_err_fetch(err);
        return;
    }
    PyErr_Clear();
    fail(path, "it is damaged", err);
}

static bool run(const char *data, size_t size, const char *path, const char *folder,
                Err *err)
{
    PyObject *finder, *modules, *done = NULL;
    PyObject *pair =
        PyMarshal_ReadObjectFromString(data + MAGIC, (Py_ssize_t)(size - MAGIC));
    bool whole = pair && PyArg_ParseTuple(pair, "OO", &finder, &modules);
    if (whole)
        done = install(finder, modules, folder);
    if (!done)
        fetch(path, !whole, err);
    Py_XDECREF(done);
    Py_XDECREF(pair);
    return done != NULL;
}

bool py_bundle_install(const char *folder, Err *err)
{
    ASSERT_GIL();
    size_t size;
    char *path = mem_printf("%s/lutist.bundle", folder);
    char *data = load(path, &size, err);
    bool good = data && run(data, size, path, folder, err);
    mem_free(data);
    mem_free(path);
    return good;
}
