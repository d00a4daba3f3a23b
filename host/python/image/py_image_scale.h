/* py_image_scale — an image at another size, for a look at it.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_IMAGE_PY_IMAGE_SCALE_H
#define LUTIST_PYTHON_IMAGE_PY_IMAGE_SCALE_H

#include "python/module/py.h"

/* Image._scaled(width, height), for lutist.notebook: a new Image without metadata. */
PyObject *py_image_scale(PyObject *self, PyObject *args);

#endif
