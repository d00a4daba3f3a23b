#include "python/image/py_image_load.h"

#include <errno.h>
#include <sys/stat.h>

#include "base/file/tempname.h"
#include "base/path.h"
#include "batch/file/claims.h"
#include "image/reader.h"
#include "python/errors/py_err.h"
#include "python/image/py_image.h"
#include "python/image/py_memory_file.h"
#include "python/module/py_nogil.h"

static bool warn(const Notes *notes, const char *name)
{
    return !notes->text[0] ||
           PyErr_WarnFormat(PyExc_UserWarning, 2, "%s: %s", name, notes->text) == 0;
}

/* A leftover of a killed run that somebody opens is no rubbish. */
static void keep_leftover(State *state, const char *name)
{
    struct stat found;
    if (tempname_is(path_name(name)) && stat(name, &found) == 0)
        claims_add_input(state->opened, &found, "opened");
}

static PyObject *load(State *state, const char *name, ReadOptions options)
{
    Notes notes;
    Err err = {0};
    Image *image;
    options.notes = &notes;
    py_image_spare_drop(state);
    do {
        NoGil nogil = py_nogil_begin(state);
        notes = (Notes){0};
        options.cancel = nogil.cancel;
        image = reader_load(name, &options, &err);
        py_nogil_end(&nogil);
    } while (!image && py_nogil_retry(&err));
    if (!image)
        return py_err_raise_file(state, &err, name);
    keep_leftover(state, name);
    if (warn(&notes, name))
        return py_image_wrap(state, image);
    image_unref(&image);
    return NULL;
}

static bool fill(State *state, FILE *file, const Py_buffer *data, const char *name)
{
    Err err;
    size_t size = (size_t)data->len;
    NoGil nogil = py_nogil_begin(state);
    bool good = (fwrite(data->buf, 1, size, file) == size && fflush(file) == 0) ||
                err_set_errno(&err, ERR_MEMORY, errno, "%s", name);
    py_nogil_end(&nogil);
    if (!good)
        py_err_raise_file(state, &err, name);
    return good;
}

PyObject *py_image_load_bytes(PyObject *module, PyObject *args)
{
    ASSERT_GIL();
    State *state = PyModule_GetState(module);
    Py_buffer data;
    const char *name;
    unsigned long long most;
    if (!PyArg_ParseTuple(args, "y*sK:decode", &data, &name, &most))
        return NULL;
    PyObject *result = NULL;
    FILE *file = py_memory_file_open();
    if (file && fill(state, file, &data, name))
        result = load(state, name, (ReadOptions){.max_pixels = most, .file = file});
    if (file)
        fclose(file);
    PyBuffer_Release(&data);
    return result;
}

PyObject *py_image_load_path(PyObject *module, PyObject *args, PyObject *kwargs)
{
    ASSERT_GIL();
    static char *names[] = {"path", "max_pixels", NULL};
    PyObject *path;
    unsigned long long most = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O&|$K:open", names,
                                     PyUnicode_FSConverter, &path, &most))
        return NULL;
    PyObject *result = load(PyModule_GetState(module), PyBytes_AS_STRING(path),
                            (ReadOptions){.max_pixels = most});
    Py_DECREF(path);
    return result;
}
