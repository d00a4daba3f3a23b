/* lutist.Image: an image of the host, seen from Python without a copy. */
#include <string.h>

#include "pipe/depth.h"
#include "python/py.h"

typedef struct PyImage {
    PyObject_HEAD Image *image; /* owned reference; never NULL once made */
    Py_ssize_t shape[3];
    Py_ssize_t strides[3];
} PyImage;

static Image *image_of(PyObject *self)
{
    return ((PyImage *)self)->image;
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
        return image_of(object);
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
    PyTypeObject *type = Py_TYPE(self);
    py_image_spare(PyType_GetModuleState(type), ((PyImage *)self)->image);
    PyObject_Free(self);
    Py_DECREF(type);
}

/* Read-only: the pixels are shared with native threads. */
static int py_image_getbuffer(PyObject *self, Py_buffer *view, int flags)
{
    PyImage *me = (PyImage *)self;
    ImageInfo info = me->image->info;
    bool packed = me->image->stride == image_row_bytes(info);
    view->obj = NULL;
    if (flags & PyBUF_WRITABLE) {
        PyErr_SetString(PyExc_BufferError, "a lutist.Image is read-only: copy it, "
                                           "as in numpy.array(image)");
        return -1;
    }
    bool strided = (flags & PyBUF_STRIDES) == PyBUF_STRIDES;
    if (!packed && (!strided || (flags & PyBUF_C_CONTIGUOUS) == PyBUF_C_CONTIGUOUS)) {
        PyErr_SetString(PyExc_BufferError, "the rows of this lutist.Image are padded: "
                                           "ask for strides, or copy it");
        return -1;
    }
    *view = (Py_buffer){
        .buf = me->image->data,
        .obj = Py_NewRef(self),
        .len = (Py_ssize_t)image_row_bytes(info) * info.height,
        .itemsize = info.depth / 8,
        .readonly = 1,
        .ndim = info.channels == 1 ? 2 : 3,
        .format = flags & PyBUF_FORMAT ? (info.depth == 8 ? "B" : "H") : NULL,
        .shape = flags & PyBUF_ND ? me->shape : NULL,
        .strides = strided ? me->strides : NULL,
    };
    return 0;
}

/* The depth that a buffer's format means; 0: none of ours. */
static int depth_of(const Py_buffer *view)
{
    const char *format = view->format ? view->format : "B";
    if (*format == '@' || *format == '=' || *format == '<')
        format++;
    if (strcmp(format, "B") == 0)
        return 8;
    return strcmp(format, "H") == 0 && view->itemsize == 2 ? 16 : 0;
}

static bool info_of(const Py_buffer *view, ImageInfo *info)
{
    int depth = depth_of(view);
    bool flat = view->ndim == 2;
    if (!depth || !(flat || view->ndim == 3)) {
        PyErr_SetString(PyExc_ValueError,
                        "need uint8 or uint16 samples shaped (height, width) or "
                        "(height, width, channels)");
        return false;
    }
    Py_ssize_t height = view->shape[0], width = view->shape[1];
    Py_ssize_t channels = flat ? 1 : view->shape[2];
    bool fits = height > 0 && width > 0 && height <= 1 << 24 && width <= 1 << 24 &&
                channels >= 1 && channels <= 4;
    if (!fits) {
        PyErr_Format(
            PyExc_ValueError,
            "%zd x %zd pixels of %zd channels make no image: sizes start at 1, "
            "channels are 1 to 4",
            width, height, channels);
        return false;
    }
    *info = (ImageInfo){(int)width, (int)height, (int)channels, depth};
    return true;
}

/* One row of a buffer of any strides, sample by sample where they do not follow each
 * other. */
static void copy_row(uint8_t *to, const char *from, const Py_buffer *view,
                     ImageInfo info)
{
    Py_ssize_t sample = view->itemsize, pixel = view->strides[1];
    Py_ssize_t channel = view->ndim == 3 ? view->strides[2] : sample;
    if (channel == sample && pixel == sample * info.channels) {
        memcpy(to, from, image_row_bytes(info));
        return;
    }
    for (int x = 0; x < info.width; x++)
        for (int c = 0; c < info.channels; c++, to += sample)
            memcpy(to, from + x * pixel + c * channel, (size_t)sample);
}

static PyObject *wrap_copy(State *state, const Py_buffer *view)
{
    ImageInfo info;
    if (!info_of(view, &info))
        return NULL;
    Err err;
    image_unref(&state->spare);
    Image *image = image_new(info, &err);
    if (!image)
        return py_raise(state, &err);
    for (int y = 0; y < info.height; y++)
        copy_row(image_row(image, y), (const char *)view->buf + y * view->strides[0],
                 view, info);
    return py_image_wrap(state, image);
}

static PyObject *py_image_from_buffer(PyObject *type, PyObject *object)
{
    ASSERT_GIL();
    Py_buffer view;
    if (PyObject_GetBuffer(object, &view, PyBUF_STRIDES | PyBUF_FORMAT) < 0)
        return NULL;
    PyObject *result = wrap_copy(state_of((PyTypeObject *)type), &view);
    PyBuffer_Release(&view);
    return result;
}

static PyObject *py_image_save(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"path", "quality", "format", "overwrite", NULL};
    PyObject *path;
    SaveOptions options = {0};
    int overwrite = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O&|$izp:save", names,
                                     PyUnicode_FSConverter, &path, &options.quality,
                                     &options.format, &overwrite))
        return NULL;
    options.overwrite = overwrite;
    Image *image = image_ref(image_of(self));
    Err err;
    bool good;
    Py_BEGIN_ALLOW_THREADS
    good = image_save(image, PyBytes_AS_STRING(path), &options, &err);
    image_unref(&image);
    Py_END_ALLOW_THREADS
    Py_DECREF(path);
    if (!good)
        return py_raise(state_of(Py_TYPE(self)), &err);
    Py_RETURN_NONE;
}

static PyObject *py_image_convert(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"depth", NULL};
    int depth;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "i:convert", names, &depth))
        return NULL;
    if (depth != 8 && depth != 16)
        return PyErr_Format(PyExc_ValueError, "depth=%d: there are 8 and 16", depth);
    State *state = state_of(Py_TYPE(self));
    Image *source = image_ref(image_of(self)), *image;
    Err err;
    image_unref(&state->spare);
    PyThreadState *saved = PyEval_SaveThread();
    image = depth_convert(source, depth, state->pool, &err);
    image_unref(&source);
    PyEval_RestoreThread(saved);
    return image ? py_image_wrap(state, image) : py_raise(state, &err);
}

static PyObject *py_image_number(PyObject *self, void *which)
{
    ImageInfo info = image_of(self)->info;
    const int numbers[] = {info.width, info.height, info.channels, info.depth};
    return PyLong_FromLong(numbers[(intptr_t)which]);
}

static PyObject *py_image_repr(PyObject *self)
{
    ImageInfo info = image_of(self)->info;
    return PyUnicode_FromFormat("<lutist.Image %dx%d, %d channels, %d bits>",
                                info.width, info.height, info.channels, info.depth);
}

static PyGetSetDef getters[] = {
    {"width", py_image_number, NULL, "Pixels in a row.", (void *)0},
    {"height", py_image_number, NULL, "Rows.", (void *)1},
    {"channels", py_image_number, NULL, "1 gray, 2 gray + alpha, 3 RGB, 4 RGBA.",
     (void *)2},
    {"depth", py_image_number, NULL, "Bits a sample: 8 or 16.", (void *)3},
    {NULL},
};

static PyMethodDef methods[] = {
    {"from_buffer", py_image_from_buffer, METH_CLASS | METH_O,
     "from_buffer(obj) -> Image\n\nCopy a buffer of uint8 or uint16 samples, of any "
     "strides, shaped (height, width)\nor (height, width, channels), channels 1 to 4. "
     "Raises ValueError for another."},
    {"convert", (PyCFunction)(void (*)(void))py_image_convert,
     METH_VARARGS | METH_KEYWORDS,
     "convert(depth) -> Image\n\nThe same picture at 8 or 16 bits a sample: 8 become "
     "16 "
     "exactly (times 257), 16 become\n8 by rounding. Raises ValueError for another "
     "depth."},
    {"save", (PyCFunction)(void (*)(void))py_image_save, METH_VARARGS | METH_KEYWORDS,
     "save(path, *, quality=92, format=None, overwrite=False)\n\nWrite a JPEG, PNG or "
     "TIFF, "
     "by the path's extension unless `format` is given. The file\nappears whole or not "
     "at "
     "all; an existing one is kept unless overwrite is true.\nRaises ImageError."},
    {NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_doc, "Pixels of the host: 8 or 16 bits, gray to RGBA, never written to.\n\n"
                "Supports the buffer protocol without a copy: memoryview(image) and\n"
                "numpy.asarray(image) are shaped (height, width) or (height, width, "
                "channels)."},
    {Py_tp_dealloc, py_image_dealloc},
    {Py_tp_repr, py_image_repr},
    {Py_tp_getset, getters},
    {Py_tp_methods, methods},
    {Py_bf_getbuffer, py_image_getbuffer},
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
