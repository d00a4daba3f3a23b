#include "python/image/py_image_save.h"

#include <errno.h>
#include <sys/mman.h>

#include "base/file/tempname.h"
#include "base/mem.h"
#include "base/path.h"
#include "batch/file/claims.h"
#include "image/writer.h"
#include "python/errors/py_err.h"
#include "python/image/py_coding.h"
#include "python/image/py_image.h"
#include "python/image/py_memory_file.h"
#include "python/module/py_nogil.h"

static bool save_rows(const Image *image, FILE *file, const SaveOptions *options,
                      Err *err)
{
    Writer *writer =
        writer_open_file(file, "the stream", image->info, image->meta, options, err);
    if (!writer)
        return false;
    if (writer_write(writer, image->data, image->stride, image->info.height, err))
        return writer_end(writer, err);
    writer_abort(writer);
    return false;
}

/* The file's bytes, in a file of the memory's that is gone with `file`. */
static bool encode(const Image *image, FILE *file, const SaveOptions *options,
                   size_t *size, void **data, Err *err)
{
    if (!save_rows(image, file, options, err))
        return false;
    if (fseeko(file, 0, SEEK_END) != 0)
        return err_set_errno(err, ERR_FILE, errno, "the stream");
    *size = (size_t)ftello(file);
    *data = mmap(NULL, *size, PROT_READ, MAP_PRIVATE, fileno(file), 0);
    return *data != MAP_FAILED || err_set(err, ERR_MEMORY, "out of memory");
}

PyObject *py_image_save_bytes(PyObject *self, PyObject *args)
{
    ASSERT_GIL();
    SaveOptions options = {0};
    if (!PyArg_ParseTuple(args, "sO&:_encoded", &options.format, py_coding_take,
                          &options))
        return NULL;
    FILE *file = py_memory_file_open();
    if (!file)
        return NULL;
    Image *image = py_image_ref(self);
    if (!image) {
        fclose(file);
        return NULL;
    }
    size_t size = 0;
    void *data = NULL;
    Err err;
    NoGil nogil = py_nogil_begin(py_image_state(self));
    bool good = encode(image, file, &options, &size, &data, &err);
    image_unref(&image);
    py_nogil_end(&nogil);
    PyObject *result = good ? PyBytes_FromStringAndSize(data, (Py_ssize_t)size)
                            : py_err_raise(py_image_state(self), &err);
    if (good)
        munmap(data, size);
    fclose(file);
    return result;
}

/* Is this the first file that is saved into the folder? */
static bool is_new_folder(State *state, const Folder *folder)
{
    struct stat found;
    folder_identify(folder, &found);
    PyObject *key = Py_BuildValue("(KK)", (unsigned long long)found.st_dev,
                                  (unsigned long long)found.st_ino);
    bool is_new = key && PySet_Contains(state->cleaned, key) == 0 &&
                  PySet_Add(state->cleaned, key) == 0;
    Py_XDECREF(key);
    PyErr_Clear();
    return is_new;
}

/* The folder that a file is saved into; NULL: saving it will tell what is wrong. */
static Folder *open_folder(State *state, const char *path)
{
    NoGil nogil = py_nogil_begin(state);
    char *dir = path_dir(path);
    Folder *folder = folder_open(dir, false, NULL);
    mem_free(dir);
    py_nogil_end(&nogil);
    if (folder && is_new_folder(state, folder)) {
        nogil = py_nogil_begin(state);
        tempname_clean(folder_handle(folder), claims_keep, state->opened);
        py_nogil_end(&nogil);
    }
    return folder;
}

static PyObject *save_to(PyObject *self, const char *path, SaveOptions *options)
{
    State *state = py_image_state(self);
    Image *image = py_image_ref(self);
    if (!image)
        return NULL;
    Err err;
    options->folder = open_folder(state, path);
    options->temps = &state->temps;
    NoGil nogil = py_nogil_begin(state);
    bool good = writer_save(image, path, options, &err);
    image_unref(&image);
    folder_unref(&options->folder);
    py_nogil_end(&nogil);
    if (good)
        Py_RETURN_NONE;
    return py_err_raise_file(state, &err, path);
}

PyObject *py_image_save_path(PyObject *self, PyObject *args)
{
    ASSERT_GIL();
    PyObject *path;
    const char *format;
    int overwrite;
    SaveOptions options = {0};
    if (!PyArg_ParseTuple(args, "O&zpO&:_saved", PyUnicode_FSConverter, &path, &format,
                          &overwrite, py_coding_take, &options))
        return NULL;
    options.format = format;
    options.overwrite = overwrite;
    PyObject *result = save_to(self, PyBytes_AS_STRING(path), &options);
    Py_DECREF(path);
    return result;
}

/* (self, *args), for a call of lutist.images.save. New reference; NULL: exception set.
 */
static PyObject *with_self(PyObject *self, PyObject *args)
{
    PyObject *first = PyTuple_Pack(1, self);
    PyObject *all = first ? PySequence_Concat(first, args) : NULL;
    Py_XDECREF(first);
    return all;
}

PyObject *py_image_save(PyObject *self, PyObject *args, PyObject *kwargs)
{
    ASSERT_GIL();
    PyObject *module = PyImport_ImportModule("lutist.images");
    PyObject *save = module ? PyObject_GetAttrString(module, "save") : NULL;
    PyObject *all = save ? with_self(self, args) : NULL;
    PyObject *result = all ? PyObject_Call(save, all, kwargs) : NULL;
    Py_XDECREF(all);
    Py_XDECREF(save);
    Py_XDECREF(module);
    return result;
}
