/* python_map — Python itself maps an image: the modes python, numpy and ctypes.
 *
 * lutist/modes maps it, slice by slice. It sees the host's memory through objects that
 * hold references, so nothing that Python keeps ever points to freed memory.
 * Threads: the script thread only.
 * Python:  caller must not hold the GIL.
 */
#ifndef LUTIST_PYTHON_PYTHON_MAP_H
#define LUTIST_PYTHON_PYTHON_MAP_H

#include "batch/batch.h"
#include "python/mapping.h"

/* Can the mode run in this interpreter? Fails: ERR_ENV, what is missing and how to mend
 * it. */
bool python_map_has_mode(Mode mode, Err *err);

/* On failure dst is partly written. Fails: ERR_ENV as above; ERR_CANCELLED (go_on said
 * so, or an interrupt came); ERR_SCRIPT. */
bool python_map_run(const Mapping *map, Err *err);

/* A batch's map hook. A single interrupt does not stop it: the file in work is to be
 * finished. Fails: as python_map_run; ERR_MEMORY. */
bool python_map_strip(Mode mode, const BatchStrip *strip, Err *err);

#endif
