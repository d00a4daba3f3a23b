/* passes — pixels that the script thread maps for the render thread: the modes python,
 * numpy and ctypes, which need the interpreter.
 *
 * The render thread hands in one pass at a time and waits until it is through or nobody
 * wants it any more. A pass holds references to all that it works on, so that it can be
 * left behind while the script thread is somewhere else. Between two slices it learns
 * that it was left or that something newer waits.
 * Threads: as each function says; no lock is held while a pass runs or `wake` is called.
 * Python:  the GIL is never held while our lock is.
 */
#ifndef LUTIST_VIEWER_PICTURE_PASSES_H
#define LUTIST_VIEWER_PICTURE_PASSES_H

#include "base/thread/bell.h"
#include "pipe/mode.h"
#include "pipe/program/compile.h"
#include "viewer/picture/wake.h"

typedef struct Passes Passes;

typedef enum PassEnd {
    PASS_DONE,
    PASS_FAILED,  /* *err says why */
    PASS_HURRIED, /* dropped for something newer */
    PASS_STOPPED, /* dropped because nobody wants it */
} PassEnd;

/* For the status bar. */
typedef struct PassState {
    Mode mode;
    double part; /* of 1 */
    double ms;   /* since it began */
} PassState;

/* `bell` (borrowed) wakes the script thread. `wake` is called a few times a second
 * while a pass takes long, on the script thread. */
Passes *passes_new(Bell *bell, Wake wake);
/* No thread may be in a pass. NULL is fine. */
void passes_free(Passes *passes);
/* Drops the pass that runs and every later one. Any thread. */
void passes_close(Passes *passes);

/* Render thread: forget what was said by passes_hurry and passes_stop. */
void passes_clear(Passes *passes);
/* Render thread: `src` through `program` into `dst`; *ms is how long Python took.
 * Unless it is done, dst may still be written to: let go of it. */
PassEnd passes_run(Passes *passes, Mode mode, Program *program, Image *src, Image *dst,
                   double *ms, Err *err);

/* Any thread: something newer is wanted. A pass that has not begun is dropped, and one
 * that has run for long; a short one may end, so that a drag shows pictures. */
void passes_hurry(Passes *passes);
/* Any thread: drop it now. False: there was none. */
bool passes_stop(Passes *passes);
/* Any thread: the pass that runs. False: none does. */
bool passes_state(Passes *passes, PassState *state);

/* Script thread: run the pass that waits, if one does. */
void passes_serve(Passes *passes);

#endif
