/* render — the render thread: makes pictures of the visible part of an image.
 *
 * The UI thread sends views, the script thread sends plans; a newer message replaces
 * one that waits. The visible part is scaled (and kept while the view stays), run
 * through the program, and laid out for the screen. A newer message cancels the picture
 * in work, unless the last finished one is old: a long drag shows pictures, not only
 * its end.
 * Threads: as each function says.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PICTURE_RENDER_H
#define LUTIST_VIEWER_PICTURE_RENDER_H

#include <stdint.h>

#include "base/thread/pool.h"
#include "pipe/plan/plan.h"
#include "viewer/picture/picture_delivery.h"
#include "viewer/picture/python_mapping.h"

typedef struct Render Render;

typedef struct RenderConfig {
    Pool *pool;       /* borrowed, as all that follows */
    Dispatch *script; /* the script thread's, for the modes of Python */
    Dispatch *ui;
    picture_take_fn *take; /* on the UI thread */
    void *context;
} RenderConfig;

/* Starts the thread. Fails: ERR_ENV. */
Render *render_start(const RenderConfig *config, Err *err);
/* Cancels the picture in work and waits for the thread. Nobody may process `ui` or call
 * render_plan any more. NULL is fine. */
void render_stop(Render *render);

/* UI thread. Takes its own reference to the view's source. */
void render_show(Render *render, const View *view);
/* Script thread: the newest plan (a reference is taken) and the serial of its values,
 * which grows. A view of another depth waits for a plan of its own. */
void render_plan(Render *render, Plan *plan, uint64_t serial, double since);

/* Any thread: cancel the Python mapping (python_mapping_cancel). False: the render
 * thread waits for none. */
bool render_cancel_mapping(Render *render, CancelReason reason);
/* Any thread. False: no Python mapping runs. */
bool render_progress(Render *render, MappingProgress *progress);

#endif
