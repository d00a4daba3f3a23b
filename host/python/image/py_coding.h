/* py_coding — how an image file is written, as Python's half hands it over.
 *
 * lutist.coding has checked the values.
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_IMAGE_PY_CODING_H
#define LUTIST_PYTHON_IMAGE_PY_CODING_H

#include "image/file_options.h"
#include "python/module/py.h"

/* For "O&", into an int: a number, or QUALITY_KEEP of a word. */
int py_coding_quality(PyObject *object, void *quality);
/* For "O&", into a SaveOptions, which goes on borrowing from the object: the tuple of
 * lutist.coding.packed(). */
int py_coding_take(PyObject *object, void *options);

#endif
