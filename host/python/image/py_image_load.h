/* py_image_load — image files and their bytes as lutist.Image objects.
 *
 * A file with something to note gives a warning, and an interrupt ends the loading.
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_IMAGE_PY_IMAGE_LOAD_H
#define LUTIST_PYTHON_IMAGE_PY_IMAGE_LOAD_H

#include "python/module/py.h"

/* _lutist.open(path, *, max_pixels=0). */
PyObject *py_image_load_path(PyObject *module, PyObject *args, PyObject *kwargs);
/* _lutist.decode(data, name, max_pixels). */
PyObject *py_image_load_bytes(PyObject *module, PyObject *args);

#endif
