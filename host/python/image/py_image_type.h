/* py_image_type — the type lutist.Image: its methods, attributes and protocols.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_IMAGE_PY_IMAGE_TYPE_H
#define LUTIST_PYTHON_IMAGE_PY_IMAGE_TYPE_H

#include "python/module/py_state.h"

/* Add the type to a new module. Not 0: exception set. */
int py_image_type_add(PyObject *module, State *state);

#endif
