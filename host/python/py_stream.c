/* Image files in memory: what file objects give and take goes through here. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memfd_create */
#endif
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

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

static Image *decode(FILE *file, const Py_buffer *data, const char *name,
                     ReadOptions *options, Err *err)
{
    size_t size = (size_t)data->len;
    if (fwrite(data->buf, 1, size, file) != size || fflush(file) != 0) {
        err_set_errno(err, ERR_MEMORY, errno, "%s", name);
        return NULL;
    }
    options->file = fileno(file);
    return image_load(name, options, err);
}

bool py_warn(const Notes *notes, const char *name)
{
    return !notes->text[0] ||
           PyErr_WarnFormat(PyExc_UserWarning, 2, "%s: %s", name, notes->text) == 0;
}

PyObject *py_decode(PyObject *module, PyObject *args)
{
    State *state = PyModule_GetState(module);
    Py_buffer data;
    const char *name;
    unsigned long long most;
    if (!PyArg_ParseTuple(args, "y*sK:decode", &data, &name, &most))
        return NULL;
    Notes notes = {0};
    ReadOptions options = {.max_pixels = most, .notes = &notes};
    Image *image = NULL;
    Err err;
    FILE *file = py_memory_file();
    if (file) {
        image_unref(&state->spare);
        Outside outside = py_let_go(state);
        image = decode(file, &data, name, &options, &err);
        fclose(file);
        py_take_back(&outside);
        if (!image)
            py_raise_file(state, &err, name);
        else if (!py_warn(&notes, name))
            image_unref(&image);
    }
    PyBuffer_Release(&data);
    return image ? py_image_wrap(state, image) : NULL;
}
