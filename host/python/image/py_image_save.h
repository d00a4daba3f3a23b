/* py_image_save — lutist.Image objects as image files and as their bytes.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_IMAGE_PY_IMAGE_SAVE_H
#define LUTIST_PYTHON_IMAGE_PY_IMAGE_SAVE_H

#include "python/module/py.h"

/* Image.save(file, *, quality=0, format=None, overwrite=False). */
PyObject *py_image_save(PyObject *self, PyObject *args, PyObject *kwargs);
/* Image._encoded(format, quality), for lutist.images: the file's bytes. */
PyObject *py_image_save_bytes(PyObject *self, PyObject *args);

#endif
