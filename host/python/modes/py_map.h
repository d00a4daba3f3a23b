/* py_map — the modes in which Python itself maps an image.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_MODES_PY_MAP_H
#define LUTIST_PYTHON_MODES_PY_MAP_H

#include "batch/batch.h"
#include "python/mapping.h"
#include "python/module/py_state.h"

/* The mode that `object` names, or the host's where it is None. False: exception set.
 */
bool py_map_mode(const State *state, PyObject *object, Mode *mode);
/* Can the mode run here? False: exception set, ModeError or another. */
bool py_map_has_mode(Mode mode);
/* Map a whole image. Fails: ERR_CANCELLED (it was stopped), ERR_ENV, ERR_SCRIPT. */
bool py_map_whole(State *state, const Mapping *map, Err *err);
/* A batch's map hook. A single interrupt does not stop it: the file in work is to be
 * finished. Fails: as py_map_whole; ERR_MEMORY. */
bool py_map_strip(State *state, Mode mode, const BatchStrip *strip, Err *err);
/* Map an image. True: *done says whether it was mapped to the end or stopped. False:
 * exception set. */
bool py_map_run(State *state, const Mapping *map, bool *done);

#endif
