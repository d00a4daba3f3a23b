#include "python/image/py_image_buffer.h"

#include "python/image/py_image.h"
#include "python/image/py_meta.h"
#include "python/image/py_pixels.h"
#include "python/module/py_nogil.h"

/* Can a buffer of these flags show the image? False: BufferError set. */
static bool can_show(const Image *image, int flags, bool strided)
{
    bool packed = image->stride == image_row_bytes(image->info);
    const char *reason = NULL;
    if (flags & PyBUF_WRITABLE)
        reason = "a lutist.Image is read-only: copy it, as in numpy.array(image)";
    else if (!packed &&
             (!strided || (flags & PyBUF_C_CONTIGUOUS) == PyBUF_C_CONTIGUOUS))
        reason =
            "the rows of this lutist.Image are padded: ask for strides, or copy it";
    if (reason)
        PyErr_SetString(PyExc_BufferError, reason);
    return !reason;
}

/* The view has a reference of its own: it outlives a close. */
int py_image_buffer_get(PyObject *self, Py_buffer *view, int flags)
{
    ASSERT_GIL();
    PyImage *me = (PyImage *)self;
    view->obj = NULL;
    Image *image = py_image_ref(self);
    if (!image)
        return -1;
    ImageInfo info = image->info;
    bool strided = (flags & PyBUF_STRIDES) == PyBUF_STRIDES;
    if (!can_show(image, flags, strided)) {
        image_unref(&image);
        return -1;
    }
    *view = (Py_buffer){
        .buf = image->data,
        .obj = Py_NewRef(self),
        .len = (Py_ssize_t)image_row_bytes(info) * info.height,
        .itemsize = info.depth / 8,
        .readonly = 1,
        .ndim = info.channels == 1 ? 2 : 3,
        .format = flags & PyBUF_FORMAT ? (info.depth == 8 ? "B" : "H") : NULL,
        .shape = flags & PyBUF_ND ? me->shape : NULL,
        .strides = strided ? me->strides : NULL,
        .internal = image,
    };
    return 0;
}

void py_image_buffer_release(PyObject *self, Py_buffer *view)
{
    ASSERT_GIL();
    (void)self;
    Image *image = view->internal;
    image_unref(&image);
}

static PyObject *shape_of(ImageInfo info)
{
    if (info.channels == 1)
        return Py_BuildValue("(ii)", info.height, info.width);
    return Py_BuildValue("(iii)", info.height, info.width, info.channels);
}

PyObject *py_image_buffer_shape(PyObject *self, void *closure)
{
    ASSERT_GIL();
    (void)closure;
    ImageInfo info;
    return py_image_info(self, &info) ? shape_of(info) : NULL;
}

/* Who reads it keeps the object, and not a reference to the pixels: `lent` keeps them
 * as long as the object. */
PyObject *py_image_buffer_interface(PyObject *self, void *closure)
{
    ASSERT_GIL();
    (void)closure;
    PyImage *me = (PyImage *)self;
    Image *image = py_image_ref(self);
    if (!image)
        return NULL;
    PY_LOCK(self);
    if (!me->lent)
        me->lent = image_ref(image);
    PY_UNLOCK();
    ImageInfo info = image->info;
    PyObject *strides =
        info.channels == 1
            ? Py_BuildValue("(nn)", me->strides[0], me->strides[1])
            : Py_BuildValue("(nnn)", me->strides[0], me->strides[1], me->strides[2]);
    const char *order = PY_BIG_ENDIAN ? ">u2" : "<u2";
    PyObject *result =
        Py_BuildValue("{s:i,s:N,s:s,s:(NO),s:N}", "version", 3, "shape", shape_of(info),
                      "typestr", info.depth == 8 ? "|u1" : order, "data",
                      PyLong_FromVoidPtr(image->data), Py_True, "strides", strides);
    image_unref(&image);
    return result;
}

static PyObject *wrap_copy(State *state, const Py_buffer *view, PyObject *metadata)
{
    ImageInfo info;
    Meta *meta = NULL;
    if (!py_pixels_info(view, &info) ||
        (metadata != Py_None && !py_meta_read(metadata, &meta)))
        return NULL;
    Image *image = py_pixels_copy(state, view, info);
    if (!image) {
        meta_unref(&meta);
        return NULL;
    }
    image->meta = meta;
    return py_image_wrap(state, image);
}

PyObject *py_image_buffer_copy(PyObject *type, PyObject *args, PyObject *kwargs)
{
    ASSERT_GIL();
    static char *names[] = {"", "metadata", NULL};
    PyObject *object, *metadata = Py_None;
    Py_buffer view;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|$O:from_buffer", names, &object,
                                     &metadata) ||
        PyObject_GetBuffer(object, &view, PyBUF_STRIDES | PyBUF_FORMAT) < 0)
        return NULL;
    PyObject *result =
        wrap_copy(PyType_GetModuleState((PyTypeObject *)type), &view, metadata);
    PyBuffer_Release(&view);
    return result;
}

PyObject *py_image_buffer_compare(PyObject *self, PyObject *other, int op)
{
    ASSERT_GIL();
    if ((op != Py_EQ && op != Py_NE) || !Py_IS_TYPE(other, Py_TYPE(self)))
        return Py_NewRef(Py_NotImplemented);
    Image *a = py_image_peek(self), *b = py_image_peek(other);
    bool same = self == other;
    if (!same && a && b) {
        NoGil nogil = py_nogil_begin(py_image_state(self));
        same = image_same(a, b);
        py_nogil_end(&nogil);
    }
    image_unref(&a);
    image_unref(&b);
    return PyBool_FromLong(same == (op == Py_EQ));
}
