/* python_mapping — the script thread maps pixels for the render thread, in the modes
 * python, numpy and ctypes, which need the interpreter.
 *
 * The render thread waits until the mapping is over or cancelled. CANCEL_NEWER drops a
 * mapping that has not begun or has run for long, so that a drag shows pictures. A
 * stronger reason abandons it at once. The mapping holds references to all that it
 * works on, so it may run on when the render thread has abandoned it.
 * Threads: as each function says; no lock is held while Python runs.
 * Python:  the GIL is never held while our lock is.
 */
#ifndef LUTIST_VIEWER_PICTURE_PYTHON_MAPPING_H
#define LUTIST_VIEWER_PICTURE_PYTHON_MAPPING_H

#include "base/thread/dispatch.h"
#include "pipe/mode.h"
#include "pipe/program/program.h"

typedef struct PythonMapping PythonMapping;

/* For the status bar. */
typedef struct MappingProgress {
    Mode mode;
    double part; /* of 1 */
    double ms;   /* since it began */
} MappingProgress;

/* One mapping that has not been started, with one reference. `script` and `ui` are
 * borrowed. The script thread wakes `ui` a few times a second during a slow mapping. */
PythonMapping *python_mapping_new(Dispatch *script, Dispatch *ui);
void python_mapping_unref(PythonMapping **mapping);

/* Render thread, once: map `src` through `program` into `dst`. *ms is the time in
 * Python, without the wait for the script thread. On failure `dst` may still be written
 * to: drop the reference. Fails: ERR_CANCELLED; ERR_ENV (the mode cannot run here);
 * ERR_SCRIPT. */
bool python_mapping_run(PythonMapping *mapping, Mode mode, Program *program, Image *src,
                        Image *dst, double *ms, Err *err);

/* Any thread. True: the render thread waits for the mapping. */
bool python_mapping_cancel(PythonMapping *mapping, CancelReason reason);
CancelReason python_mapping_reason(PythonMapping *mapping);
/* Any thread. False: the mapping does not run, or is abandoned. */
bool python_mapping_progress(PythonMapping *mapping, MappingProgress *progress);

#endif
