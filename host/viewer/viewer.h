/* viewer — the window: one script, its sliders, and the pictures it develops.
 *
 * Its rooms: app (the main loop, events, messages to the other threads), state (what is
 * wanted and shown; needs no window), panel (the parameters), control (what a row of
 * the panel opens or holds), widget (buttons, menus, help), ui (the list of drawing
 * commands and its painter), picture (the render thread), load (the threads that read
 * files).
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
#include "pipe/develop_file.h"
#include "pipe/mode.h"
#include "viewer/measure/measured.h"

typedef struct ViewerOptions {
    const char *const *inputs; /* image files, and folders whose images are opened */
    int n_inputs;              /* 0: the window asks for some */
    const char *follow;        /* the only input, a folder: show its newest; or NULL */
    const char *script;        /* NAME or PATH[:FUNCTION] */
    bool last_script;          /* the one of the last window instead, where it is known
                                  and can be loaded */
    const char *preset;        /* one of the script's, or the user's; NULL: none */
    const char *const *params; /* "name=value", checked against the signature */
    int n_params;
    const char *venv; /* NULL: VIRTUAL_ENV, else none */
    bool isolate;     /* run the script in a process of its own */
    bool no_isolate;  /* never do */
    Pool *pool;       /* borrowed */
    bool no_config;   /* as if the user had no keys.conf, and no window before; nothing
                         is remembered of this one */
    bool sidecar;     /* each picture has its own values, kept in a file beside it */
    Mode mode;
    const char *device; /* of the mode opencl, as opencl_open */
    bool last_mode;     /* that of the last window instead, where it is known */
    const char *display_profile; /* "srgb" or a file; NULL: the display's own */
    bool dither;                 /* 16-bit pictures on the screen */
    const char *clip;            /* "LOW,HIGH"; NULL: the ends of the range */
    uint64_t cache;              /* bytes of memory; 0: a quarter of what is free */
    ReadOptions read;            /* the limits */
    DevelopFileWork *develop;    /* writes what is saved */
    Measured
        *measured; /* use the window, measure it and close it; NULL: the user does */
} ViewerOptions;

/* Until the user quits. Fails: ERR_ENV (no display, no font), ERR_FILE (no image in the
 * inputs), ERR_SCRIPT / ERR_USAGE (the script or a parameter, before the window opens).
 */
bool viewer_run(const ViewerOptions *options, Err *err);

#endif
