/* Image files in memory: what file objects give and take goes through here. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memfd_create */
#endif
#include <errno.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file/tempname.h"
#include "base/path.h"
#include "batch/file/claims.h"
#include "python/py_call.h"

FILE *py_memory_file(void)
{
    ASSERT_GIL();
    int handle = memfd_create("lutist", MFD_CLOEXEC);
    FILE *file = handle < 0 ? NULL : fdopen(handle, "w+b");
    if (file)
        return file;
    PyErr_SetFromErrno(PyExc_OSError);
    if (handle >= 0)
        close(handle);
    return NULL;
}

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

PyObject *py_load(State *state, const char *name, ReadOptions options)
{
    ASSERT_GIL();
    Notes notes;
    Err err = {0};
    Image *image;
    options.notes = &notes;
    image_unref(&state->spare);
    do {
        Outside outside = py_let_go(state);
        notes = (Notes){0};
        options.cancel = outside.cancel;
        image = image_load(name, &options, &err);
        py_take_back(&outside);
    } while (!image && py_again(&err));
    if (!image)
        return py_raise_file(state, &err, name);
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
    Outside outside = py_let_go(state);
    bool good = (fwrite(data->buf, 1, size, file) == size && fflush(file) == 0) ||
                err_set_errno(&err, ERR_MEMORY, errno, "%s", name);
    py_take_back(&outside);
    if (!good)
        py_raise_file(state, &err, name);
    return good;
}

PyObject *py_decode(PyObject *module, PyObject *args)
{
    ASSERT_GIL();
    State *state = PyModule_GetState(module);
    Py_buffer data;
    const char *name;
    unsigned long long most;
    if (!PyArg_ParseTuple(args, "y*sK:decode", &data, &name, &most))
        return NULL;
    PyObject *result = NULL;
    FILE *file = py_memory_file();
    if (file && fill(state, file, &data, name))
        result = py_load(state, name, (ReadOptions){.max_pixels = most, .file = file});
    if (file)
        fclose(file);
    PyBuffer_Release(&data);
    return result;
}
