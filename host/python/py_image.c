/* lutist.Image: its life, and what can be asked of it. */
#include "python/py_image.h"

#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file/tempname.h"
#include "base/mem.h"
#include "base/path.h"
#include "batch/file/claims.h"
#include "image/writer.h"
#include "pipe/resize/depth.h"
#include "python/py_call.h"

Image *py_image_of(PyObject *self)
{
    ASSERT_GIL();
    Image *image = ((PyImage *)self)->image;
    if (!image)
        PyErr_SetString(PyExc_ValueError, "the image is closed");
    return image;
}

static State *state_of(PyTypeObject *type)
{
    return PyType_GetModuleState(type);
}

PyObject *py_image_wrap(State *state, Image *image)
{
    ASSERT_GIL();
    PyImage *self = PyObject_New(PyImage, state->image_type);
    if (!self) {
        image_unref(&image);
        return NULL;
    }
    ImageInfo info = image->info;
    int sample = info.depth / 8;
    self->image = image;
    self->lent = NULL;
    self->shape[0] = info.height;
    self->shape[1] = info.width;
    self->shape[2] = info.channels;
    self->strides[0] = (Py_ssize_t)image->stride;
    self->strides[1] = (Py_ssize_t)info.channels * sample;
    self->strides[2] = sample;
    return (PyObject *)self;
}

Image *py_image_get(State *state, PyObject *object)
{
    ASSERT_GIL();
    if (Py_IS_TYPE(object, state->image_type))
        return py_image_of(object);
    PyErr_Format(PyExc_TypeError,
                 "expected a lutist.Image, not %.100s: make one with lutist.open(path) "
                 "or lutist.Image.from_buffer(array)",
                 Py_TYPE(object)->tp_name);
    return NULL;
}

void py_image_spare(State *state, Image *image)
{
    ASSERT_GIL();
    if (!image || image_is_shared(image)) {
        image_unref(&image);
        return;
    }
    image_unref(&state->spare);
    state->spare = image;
}

static void py_image_dealloc(PyObject *self)
{
    ASSERT_GIL();
    PyTypeObject *type = Py_TYPE(self);
    PyImage *me = (PyImage *)self;
    Image *image = me->image;
    if (image)
        image_unref(&me->lent);
    py_image_spare(PyType_GetModuleState(type), image ? image : me->lent);
    PyObject_Free(self);
    Py_DECREF(type);
}

static PyObject *py_image_close(PyObject *self, PyObject *none)
{
    ASSERT_GIL();
    (void)none;
    image_unref(&((PyImage *)self)->image);
    Py_RETURN_NONE;
}

static PyObject *py_image_enter(PyObject *self, PyObject *none)
{
    ASSERT_GIL();
    (void)none;
    return py_image_of(self) ? Py_NewRef(self) : NULL;
}

static PyObject *py_image_exit(PyObject *self, PyObject *args)
{
    ASSERT_GIL();
    (void)args;
    return py_image_close(self, NULL);
}

/* Pixels are never written to: a copy is another object around the same ones. */
static PyObject *py_image_copy(PyObject *self, PyObject *memo)
{
    ASSERT_GIL();
    (void)memo;
    Image *image = py_image_of(self);
    return image ? py_image_wrap(state_of(Py_TYPE(self)), image_ref(image)) : NULL;
}

/* NAME(self, …) of lutist.images, which needs no C. */
static PyObject *in_python(const char *name, const char *format, PyObject *self,
                           PyObject *argument)
{
    PyObject *module = PyImport_ImportModule("lutist.images");
    PyObject *result =
        module ? PyObject_CallMethod(module, name, format, self, argument) : NULL;
    Py_XDECREF(module);
    return result;
}

static PyObject *py_image_reduce(PyObject *self, PyObject *protocol)
{
    ASSERT_GIL();
    return in_python("reduce", "OO", self, protocol);
}

static PyObject *py_image_metadata(PyObject *self, void *closure)
{
    ASSERT_GIL();
    (void)closure;
    return in_python("metadata", "O", self, NULL);
}

static PyObject *py_image_carried(PyObject *self, PyObject *none)
{
    ASSERT_GIL();
    (void)none;
    Image *image = py_image_of(self);
    if (!image)
        return NULL;
    image_ref(image);
    PyObject *dict = py_meta_dict(image->meta);
    image_unref(&image);
    return dict;
}

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

static PyObject *py_image_encoded(PyObject *self, PyObject *args)
{
    ASSERT_GIL();
    SaveOptions options = {0};
    if (!PyArg_ParseTuple(args, "si:_encoded", &options.format, &options.quality))
        return NULL;
    Image *image = py_image_of(self);
    if (!image)
        return NULL;
    FILE *file = py_memory_file();
    if (!file)
        return NULL;
    size_t size = 0;
    void *data = NULL;
    Err err;
    image_ref(image);
    Outside outside = py_let_go(state_of(Py_TYPE(self)));
    bool good = encode(image, file, &options, &size, &data, &err);
    image_unref(&image);
    py_take_back(&outside);
    PyObject *result = good ? PyBytes_FromStringAndSize(data, (Py_ssize_t)size)
                            : py_raise(state_of(Py_TYPE(self)), &err);
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
    Outside outside = py_let_go(state);
    char *dir = path_dir(path);
    Folder *folder = folder_open(dir, false, NULL);
    mem_free(dir);
    py_take_back(&outside);
    if (folder && is_new_folder(state, folder)) {
        outside = py_let_go(state);
        tempname_clean(folder_handle(folder), claims_keep, state->opened);
        py_take_back(&outside);
    }
    return folder;
}

static PyObject *save_to(PyObject *self, const char *path, SaveOptions *options)
{
    State *state = state_of(Py_TYPE(self));
    Image *image = py_image_of(self);
    if (!image)
        return NULL;
    Err err;
    image_ref(image);
    options->folder = open_folder(state, path);
    Outside outside = py_let_go(state);
    bool good = image_save(image, path, options, &err);
    image_unref(&image);
    folder_unref(&options->folder);
    py_take_back(&outside);
    if (good)
        Py_RETURN_NONE;
    return py_raise_file(state, &err, path);
}

/* New reference to what *options points into; NULL: exception set. quality may be NULL.
 */
static PyObject *save_options(PyObject *format, PyObject *overwrite, PyObject *quality,
                              SaveOptions *options)
{
    PyObject *module = PyImport_ImportModule("lutist.images");
    PyObject *checked =
        module ? PyObject_CallMethod(module, "checked", quality ? "OOO" : "OO", format,
                                     overwrite, quality)
               : NULL;
    Py_XDECREF(module);
    int replace = 0;
    if (checked && !PyArg_ParseTuple(checked, "zpi", &options->format, &replace,
                                     &options->quality))
        Py_CLEAR(checked);
    options->overwrite = replace;
    return checked;
}

static PyObject *save_file(PyObject *self, PyObject *file, SaveOptions *options)
{
    PyObject *path, *result;
    if (PyObject_HasAttrString(file, "write")) {
        PyObject *rest =
            Py_BuildValue("(Ozi)", file, options->format, options->quality);
        result = rest ? in_python("save", "OO", self, rest) : NULL;
        Py_XDECREF(rest);
        return result;
    }
    if (!PyUnicode_FSConverter(file, &path))
        return NULL;
    result = save_to(self, PyBytes_AS_STRING(path), options);
    Py_DECREF(path);
    return result;
}

static PyObject *py_image_save(PyObject *self, PyObject *args, PyObject *kwargs)
{
    ASSERT_GIL();
    static char *names[] = {"file", "quality", "format", "overwrite", NULL};
    PyObject *file, *quality = NULL, *format = Py_None, *overwrite = Py_False;
    SaveOptions options = {0};
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|$OOO:save", names, &file,
                                     &quality, &format, &overwrite))
        return NULL;
    PyObject *checked = save_options(format, overwrite, quality, &options);
    PyObject *result = checked ? save_file(self, file, &options) : NULL;
    Py_XDECREF(checked);
    return result;
}

static PyObject *py_image_convert(PyObject *self, PyObject *args, PyObject *kwargs)
{
    ASSERT_GIL();
    static char *names[] = {"depth", NULL};
    PyObject *wanted;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O:convert", names, &wanted) ||
        !py_image_of(self))
        return NULL;
    Py_ssize_t depth = PyIndex_Check(wanted) ? PyNumber_AsSsize_t(wanted, NULL) : 0;
    if (depth != 8 && depth != 16)
        return PyErr_Format(PyIndex_Check(wanted) ? PyExc_ValueError : PyExc_TypeError,
                            "depth=%R: there are 8 and 16", wanted);
    State *state = state_of(Py_TYPE(self));
    Image *source = image_ref(py_image_of(self)), *image;
    Err err;
    image_unref(&state->spare);
    Outside outside = py_let_go(state);
    image = depth_convert(source, (int)depth, state->pool, &err);
    image_unref(&source);
    py_take_back(&outside);
    return image ? py_image_wrap(state, image) : py_raise(state, &err);
}

static PyObject *py_image_number(PyObject *self, void *which)
{
    ASSERT_GIL();
    const Image *image = py_image_of(self);
    if (!image)
        return NULL;
    ImageInfo info = image->info;
    const int numbers[] = {info.width, info.height, info.channels, info.depth};
    return PyLong_FromLong(numbers[(intptr_t)which]);
}

static PyObject *py_image_size(PyObject *self, void *closure)
{
    ASSERT_GIL();
    (void)closure;
    const Image *image = py_image_of(self);
    return image ? Py_BuildValue("(ii)", image->info.width, image->info.height) : NULL;
}

static PyObject *py_image_closed(PyObject *self, void *closure)
{
    ASSERT_GIL();
    (void)closure;
    return PyBool_FromLong(!((PyImage *)self)->image);
}

static PyObject *py_image_repr(PyObject *self)
{
    ASSERT_GIL();
    const Image *image = ((PyImage *)self)->image;
    if (!image)
        return PyUnicode_FromString("<lutist.Image, closed>");
    ImageInfo info = image->info;
    return PyUnicode_FromFormat("<lutist.Image %dx%d, %d channels, %d bits>",
                                info.width, info.height, info.channels, info.depth);
}

static PyGetSetDef getters[] = {
    {"width", py_image_number, NULL, "Pixels in a row.", (void *)0},
    {"height", py_image_number, NULL, "Rows.", (void *)1},
    {"channels", py_image_number, NULL, "1 gray, 2 gray + alpha, 3 RGB, 4 RGBA.",
     (void *)2},
    {"depth", py_image_number, NULL, "Bits a sample: 8 or 16.", (void *)3},
    {"shape", py_image_shape, NULL,
     "As memoryview(image).shape: (height, width), with channels behind unless gray."},
    {"size", py_image_size, NULL, "(width, height), as of a Pillow image."},
    {"closed", py_image_closed, NULL, "Have the pixels been let go?"},
    {"metadata", py_image_metadata, NULL,
     "What the image carries beside its pixels, a read-only mapping of what there is:\n"
     "exif, icc, xmp, iptc and png_texts (bytes; exif begins with its TIFF header), "
     "orientation "
     "(of\nexif, always 1: the picture is upright), dpi, and of PNG srgb_intent, gamma "
     "and\nchromaticities (x, y of white, red, green, blue)."},
    {"__array_interface__", py_image_array_interface, NULL,
     "NumPy's array interface, version 3, read-only. The pixels stay until the image "
     "is "
     "gone,\nclosed or not."},
    {NULL},
};

#define KEYWORDS(function) (PyCFunction)(void (*)(void))(function)

static PyMethodDef methods[] = {
    {"from_buffer", KEYWORDS(py_image_from_buffer),
     METH_CLASS | METH_VARARGS | METH_KEYWORDS,
     "from_buffer($type, obj, /, *, metadata=None)\n--\n\n"
     "A new Image: a copy of uint8 or uint16 samples, of any strides.\n\n"
     "obj: a buffer or array shaped (height, width) or (height, width, channels),\n"
     "channels 1 to 4. metadata: a mapping as of another image's metadata.\n"
     "Raises ValueError for another shape, type or name."},
    {"convert", KEYWORDS(py_image_convert), METH_VARARGS | METH_KEYWORDS,
     "convert($self, depth)\n--\n\n"
     "A new Image: the same picture at 8 or 16 bits a sample.\n\n"
     "8 bits become 16 exactly (times 257), 16 become 8 by rounding. Raises ValueError "
     "for\nanother depth."},
    {"save", KEYWORDS(py_image_save), METH_VARARGS | METH_KEYWORDS,
     "save($self, file, *, quality=0, format=None, overwrite=False)\n--\n\n"
     "Write a JPEG, PNG or TIFF.\n\n"
     "file: a path, or an object with write() for bytes. format: \"jpeg\", \"png\" or "
     "\"tiff\";\nNone: by the path's extension (an object without a name needs it). "
     "quality: of JPEG,\n1 to 100; 0 is the default, 92. The file of a path appears "
     "whole or not at all, and an\nexisting one is kept unless overwrite is true; a "
     "link "
     "is replaced itself. It is no more\nopen to others than the file that the image "
     "was "
     "opened from, or than what it replaces.\n"
     "Raises ImageError (ImageExistsError, ImageNotFoundError, …), ParameterError."},
    {"close", py_image_close, METH_NOARGS,
     "close($self)\n--\n\nLet the pixels go, unless a view of them is left; "
     "what is asked of the image afterwards\nraises ValueError."},
    {"__enter__", py_image_enter, METH_NOARGS, "__enter__($self)\n--\n\nThe image."},
    {"__exit__", py_image_exit, METH_VARARGS,
     "__exit__($self, *exception)\n--\n\nClose it."},
    {"__copy__", py_image_copy, METH_NOARGS,
     "__copy__($self)\n--\n\nAnother Image with the same pixels, which are shared."},
    {"__deepcopy__", py_image_copy, METH_O,
     "__deepcopy__($self, memo, /)\n--\n\nThe same: pixels are never written to."},
    {"__reduce_ex__", py_image_reduce, METH_O,
     "__reduce_ex__($self, protocol, /)\n--\n\nFor pickle; from protocol 5 on the "
     "pixels can go out of band."},
    {"_carried", py_image_carried, METH_NOARGS, "For lutist.images."},
    {"_encoded", py_image_encoded, METH_VARARGS, "For lutist.images."},
    {NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_doc,
     "Pixels of the host: 8 or 16 bits, gray to RGBA, never written to.\n\n"
     "Supports the buffer protocol without a copy: memoryview(image) and\n"
     "numpy.asarray(image) are shaped (height, width) or (height, width, channels).\n"
     "Two are equal when shape, depth and pixels are. As a context manager it closes "
     "itself.\nlutist.open(file) and Image.from_buffer(array) make one."},
    {Py_tp_dealloc, py_image_dealloc},
    {Py_tp_repr, py_image_repr},
    {Py_tp_richcompare, py_image_compare},
    {Py_tp_getset, getters},
    {Py_tp_methods, methods},
    {Py_bf_getbuffer, py_image_getbuffer},
    {Py_bf_releasebuffer, py_image_releasebuffer},
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "lutist.Image",
    .basicsize = sizeof(PyImage),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = slots,
};

int py_image_add_type(PyObject *module, State *state)
{
    ASSERT_GIL();
    state->image_type = (PyTypeObject *)PyType_FromModuleAndSpec(module, &spec, NULL);
    if (!state->image_type)
        return -1;
    return PyModule_AddType(module, state->image_type);
}
