#include "python/image/py_image.h"

Image *py_image_peek(PyObject *self)
{
    ASSERT_GIL();
    Image *image;
    PY_LOCK(self);
    image = ((PyImage *)self)->image;
    if (image)
        image_ref(image);
    PY_UNLOCK();
    return image;
}

Image *py_image_ref(PyObject *self)
{
    ASSERT_GIL();
    Image *image = py_image_peek(self);
    if (!image)
        PyErr_SetString(PyExc_ValueError, "the image is closed");
    return image;
}

bool py_image_info(PyObject *self, ImageInfo *info)
{
    ASSERT_GIL();
    Image *image = py_image_ref(self);
    if (!image)
        return false;
    *info = image->info;
    image_unref(&image);
    return true;
}

State *py_image_state(PyObject *self)
{
    ASSERT_GIL();
    return PyType_GetModuleState(Py_TYPE(self));
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
        return py_image_ref(object);
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
    image = atomic_exchange(&state->spare, image);
    image_unref(&image);
}

Image *py_image_spare_take(State *state)
{
    ASSERT_GIL();
    return atomic_exchange(&state->spare, NULL);
}

void py_image_spare_drop(State *state)
{
    ASSERT_GIL();
    Image *image = py_image_spare_take(state);
    image_unref(&image);
}
