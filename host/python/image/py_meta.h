/* py_meta — an image's metadata as a dict.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_IMAGE_PY_META_H
#define LUTIST_PYTHON_IMAGE_PY_META_H

#include "image/image.h"
#include "python/module/py.h"

/* Metadata (NULL: none) as a new dict. NULL: exception set. */
PyObject *py_meta_dict(const Meta *meta);
/* A mapping as metadata. False: exception set, *meta untouched. */
bool py_meta_read(PyObject *mapping, Meta **meta);

#endif
