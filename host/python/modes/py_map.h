/* py_map — python_map.h for code that holds the GIL.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_MODES_PY_MAP_H
#define LUTIST_PYTHON_MODES_PY_MAP_H

#include "python/mapping.h"
#include "python/module/py_state.h"

/* The mode that `object` names, or the host's where it is None. False: exception set.
 */
bool py_map_mode(const State *state, PyObject *object, Mode *mode);
/* Can the mode run here? False: exception set, ModeError or another. */
bool py_map_has_mode(Mode mode);
/* Map an image. True: *done says whether it was mapped to the end or stopped. False:
 * exception set. */
bool py_map_run(State *state, const Mapping *map, bool *done);

#endif
