/* py_image_save — lutist.Image objects as image files and as their bytes.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_IMAGE_PY_IMAGE_SAVE_H
#define LUTIST_PYTHON_IMAGE_PY_IMAGE_SAVE_H

#include "python/module/py.h"

/* Image.save: lutist.images.save, which calls one of the others. */
PyObject *py_image_save(PyObject *self, PyObject *args, PyObject *kwargs);
/* Image._saved(path, format, overwrite, coding). */
PyObject *py_image_save_path(PyObject *self, PyObject *args);
/* Image._encoded(format, coding): the file's bytes. */
PyObject *py_image_save_bytes(PyObject *self, PyObject *args);

#endif
