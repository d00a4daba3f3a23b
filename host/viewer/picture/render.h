/* render — the render thread: makes pictures of the visible part of an image.
 *
 * The UI thread sends views, the script thread sends plans; a newer message replaces
 * one that waits. The visible part is scaled (and kept while the view stays), run
 * through the program, and laid out for the screen. A newer message cancels the picture
 * in work, unless the last finished one is old: a long drag shows pictures, not only
 * its end. The next picture is begun when the last one is on the screen: what shows it
 * has the processors, and the next one has the newest values.
 * Threads: as each function says.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PICTURE_RENDER_H
#define LUTIST_VIEWER_PICTURE_RENDER_H

#include <stdint.h>

#include "base/thread/pool.h"
#include "pipe/plan/plan.h"
#include "viewer/picture/aside.h"
#include "viewer/picture/picture_delivery.h"
#include "viewer/picture/python_mapping.h"

typedef struct Render Render;

typedef struct RenderConfig {
    Pool *pool;       /* borrowed, as all that follows */
    Dispatch *script; /* the script thread's, for the modes of Python */
    Dispatch *ui;
    picture_take_fn *take; /* on the UI thread */
    void *context;
    AsideConfig aside;  /* its functions, for what is made beside the picture */
    ScreenLook screen;  /* its dithering, thresholds and marks count */
    const char *device; /* of the mode opencl, as opencl_open */
} RenderConfig;

/* Starts the thread. Fails: ERR_ENV. */
Render *render_start(const RenderConfig *config, Err *err);
/* Cancels the picture in work and waits for the thread. Nobody may process `ui` or call
 * render_plan any more. NULL is fine. */
void render_stop(Render *render);

/* UI thread. Takes its own references to the view's pyramid and plan. */
void render_show(Render *render, const View *view);
/* Script thread: the newest plan (a reference is taken), the number of the conversion
 * at its end, and the serial of its values, which grows. A view of another depth or
 * conversion waits for a plan of its own. */
void render_plan(Render *render, Plan *plan, uint64_t colors, uint64_t serial,
                 double since);
/* Script thread: the plan of `serial` without the conversion at its end, where it has
 * one; after render_plan. A reference is taken. */
void render_look(Render *render, Plan *look, uint64_t serial);
/* UI thread: the picture that was taken last is on the screen, or never will be. NULL
 * is fine. */
void render_go_on(Render *render);
/* UI thread: what to make beside the picture from now on. */
void render_aside(Render *render, const AsideWish *wish);

/* Any thread: cancel the Python mapping (python_mapping_cancel). False: the render
 * thread waits for none. */
bool render_cancel_mapping(Render *render, CancelReason reason);
/* Any thread. False: no Python mapping runs. */
bool render_progress(Render *render, MappingProgress *progress);

#endif
