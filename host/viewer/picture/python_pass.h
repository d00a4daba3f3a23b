/* python_pass — pixels that the script thread maps for the render thread: the modes
 * python, numpy and ctypes, which need the interpreter.
 *
 * The render thread asks and waits, until the pass is over or its cancel lets it go:
 * CANCEL_NEWER drops a pass that has not begun, and one that has run for long, so that
 * a drag shows pictures; anything stronger leaves it at once. The pass holds references
 * to all that it works on, so it may run on without the render thread.
 * Threads: as each function says; no lock is held while Python runs.
 * Python:  the GIL is never held while our lock is.
 */
#ifndef LUTIST_VIEWER_PICTURE_PYTHON_PASS_H
#define LUTIST_VIEWER_PICTURE_PYTHON_PASS_H

#include "base/thread/dispatch.h"
#include "pipe/mode.h"
#include "pipe/program/compile.h"

typedef struct PythonPass PythonPass;

/* For the status bar. */
typedef struct PassProgress {
    Mode mode;
    double part; /* of 1 */
    double ms;   /* since it began */
} PassProgress;

/* One pass, not asked for yet, with one reference. `script` and `ui` are borrowed. The
 * script thread wakes `ui` a few times a second while a pass takes long. */
PythonPass *python_pass_new(Dispatch *script, Dispatch *ui);
void python_pass_unref(PythonPass **pass);

/* Render thread, once: `src` through `program` into `dst`; *ms is the time in Python,
 * without the wait for its thread. On failure `dst` may still be written to: let go of
 * it. Fails: ERR_CANCELLED; ERR_ENV (the mode cannot run here); ERR_SCRIPT. */
bool python_pass_run(PythonPass *pass, Mode mode, Program *program, Image *src,
                     Image *dst, double *ms, Err *err);

/* Any thread. True: the render thread was waiting for the pass. */
bool python_pass_cancel(PythonPass *pass, CancelReason reason);
CancelReason python_pass_reason(PythonPass *pass);
/* Any thread. False: the pass is not running for anybody. */
bool python_pass_progress(PythonPass *pass, PassProgress *progress);

#endif
