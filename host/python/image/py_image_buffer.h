/* py_image_buffer — lutist.Image as memory: buffers out and in, shape, comparison.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_IMAGE_PY_IMAGE_BUFFER_H
#define LUTIST_PYTHON_IMAGE_PY_IMAGE_BUFFER_H

#include "python/module/py.h"

/* The buffer protocol: read-only, because pixels are shared with native threads. */
int py_image_buffer_get(PyObject *self, Py_buffer *view, int flags);
void py_image_buffer_release(PyObject *self, Py_buffer *view);
/* (height, width) of a gray image, else (height, width, channels). */
PyObject *py_image_buffer_shape(PyObject *self, void *closure);
/* Image.__array_interface__. */
PyObject *py_image_buffer_interface(PyObject *self, void *closure);
/* Image.from_buffer(obj, *, metadata=None). */
PyObject *py_image_buffer_copy(PyObject *type, PyObject *args, PyObject *kwargs);
/* == and !=: shape, depth and pixels. */
PyObject *py_image_buffer_compare(PyObject *self, PyObject *other, int op);

#endif
