/* viewer — the window: one script, its sliders, and the pictures it develops.
 *
 * Its rooms: app (the main loop, events, messages to the other threads), state (what is
 * wanted and shown; needs no window), widget (the panel, menus, help), ui (the list of
 * drawing commands and its painter), picture (the render thread and the load thread).
 * Threads: viewer_run must be called on the process's main thread, which becomes the UI
 *          thread; it starts the script thread (which owns the interpreter for the
 *          viewer's lifetime), the render thread and the load thread.
 * Python:  unaware; the interpreter must not have been started yet.
 */
#ifndef LUTIST_VIEWER_VIEWER_H
#define LUTIST_VIEWER_VIEWER_H

#include <stdint.h>

#include "base/thread/pool.h"
#include "image/file_options.h"
#include "image/image.h"
#include "pipe/mode.h"

typedef struct ViewerOptions {
    const char *const *inputs; /* image files, and folders whose images are opened */
    int n_inputs;              /* 1 and up */
    const char *script;        /* NAME or PATH[:FUNCTION] */
    const char *preset;        /* one of the script's, or the user's; NULL: none */
    const char *const *params; /* "name=value", checked against the signature */
    int n_params;
    const char *venv; /* NULL: VIRTUAL_ENV, else none */
    bool isolate;     /* run the script in a process of its own */
    bool no_isolate;  /* never do */
    Pool *pool;       /* borrowed */
    Mode mode;
    ReadOptions read; /* the limits */
} ViewerOptions;

/* Until the user quits. Fails: ERR_ENV (no display, no font), ERR_FILE (no image in the
 * inputs), ERR_SCRIPT / ERR_USAGE (the script or a parameter, before the window opens).
 */
bool viewer_run(const ViewerOptions *options, Err *err);

#endif
