/* py_image — the object behind lutist.Image: an image of the host, without a copy.
 *
 * The object holds a reference to the image until it is closed; buffers and views of
 * the pixels hold references of their own.
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_IMAGE_PY_IMAGE_H
#define LUTIST_PYTHON_IMAGE_PY_IMAGE_H

#include "python/module/py_state.h"

typedef struct PyImage {
    PyObject_HEAD
        /* guarded by the object's lock, PY_LOCK */
        Image *image; /* owned reference; NULL: closed */
    Image *lent;      /* owned: what __array_interface__ gave away; or NULL */
    /* immutable after new */
    Py_ssize_t shape[3];   /* rows, pixels in a row, channels */
    Py_ssize_t strides[3]; /* bytes */
} PyImage;

/* A new reference to an Image object that takes `image` (also on failure). */
PyObject *py_image_wrap(State *state, Image *image);
/* A new reference, because another thread may close the object. NULL with ValueError
 * set: it is closed. `self` must be an Image. */
Image *py_image_ref(PyObject *self);
/* The same as py_image_ref without an exception. */
Image *py_image_peek(PyObject *self);
/* A new reference; NULL with TypeError set where `object` is no Image, ValueError where
 * it is closed. */
Image *py_image_get(State *state, PyObject *object);
/* Its layout. False: ValueError set, it is closed. */
bool py_image_info(PyObject *self, ImageInfo *info);
/* The state, from an Image object. */
State *py_image_state(PyObject *self);
/* Take an image (NULL is fine) whose memory the next result may reuse. Functions that
 * make other images drop it first, so that it never adds to the memory in use. */
void py_image_spare(State *state, Image *image);
/* The spare image, now the caller's; NULL: there is none. */
Image *py_image_spare_take(State *state);
void py_image_spare_drop(State *state);

#endif
