#include "python/module/py_bundle.h"

#include <errno.h>
#include <marshal.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "python/module/py_err.h"

enum { MAGIC = 4 }; /* bytes in front: the number of Python's compiled code */

/* The whole file in new memory; NULL: errno is set. */
static char *read_file(FILE *file, size_t *size)
{
    struct stat status;
    if (fstat(fileno(file), &status) < 0)
        return NULL;
    *size = (size_t)status.st_size;
    char *data = mem_new(*size + 1, 1);
    errno = EIO;
    if (fread(data, 1, *size, file) == *size)
        return data;
    mem_free(data);
    return NULL;
}

/* New memory, checked. Fails: ERR_ENV. */
static char *load(const char *path, size_t *size, Err *err)
{
    FILE *file = fopen(path, "re");
    char *data = file ? read_file(file, size) : NULL;
    if (!data)
        err_set_errno(err, ERR_ENV, errno, "%s", path);
    if (file)
        fclose(file);
    uint32_t magic = (uint32_t)PyImport_GetMagicNumber();
    const char bytes[MAGIC] = {(char)magic, (char)(magic >> 8), (char)(magic >> 16),
                               (char)(magic >> 24)};
    if (!data || (*size > MAGIC && memcmp(data, bytes, MAGIC) == 0))
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
