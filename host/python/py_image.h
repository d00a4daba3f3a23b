/* py_image — lutist.Image: an image of the host, seen from Python without a copy.
 *
 * Private to py_image*.c. The object holds a reference until it is closed; what others
 * hold of its memory (buffers, views) holds references of its own.
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_PY_IMAGE_H
#define LUTIST_PYTHON_PY_IMAGE_H

#include "python/py.h"

typedef struct PyImage {
    PyObject_HEAD Image *image; /* owned reference; NULL: closed */
    Image *lent;                /* owned: what __array_interface__ gave away; or NULL */
    Py_ssize_t shape[3];        /* rows, pixels in a row, channels */
    Py_ssize_t strides[3];      /* bytes */
} PyImage;

/* Borrowed; NULL with ValueError set: it is closed. */
Image *py_image_of(PyObject *self);

/* The buffer protocol: read-only, because pixels are shared with native threads. */
int py_image_getbuffer(PyObject *self, Py_buffer *view, int flags);
void py_image_releasebuffer(PyObject *self, Py_buffer *view);
/* (height, width) or (height, width, channels); of a gray image the former. */
PyObject *py_image_shape(PyObject *self, void *closure);
PyObject *py_image_array_interface(PyObject *self, void *closure);
/* Image.from_buffer(obj, *, metadata=None). */
PyObject *py_image_from_buffer(PyObject *type, PyObject *args, PyObject *kwargs);
/* == and !=: shape, depth and pixels. */
PyObject *py_image_compare(PyObject *self, PyObject *other, int op);

/* Metadata as a new dict, and the other way. False: exception set, *meta untouched. */
PyObject *py_meta_dict(const Meta *meta);
bool py_meta_read(PyObject *mapping, Meta **meta);

#endif
