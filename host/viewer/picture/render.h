/* render — the render thread: the visible part of an image, developed for the screen.
 *
 * Two hands feed it: the UI thread says which part of which image is seen, the script
 * thread which plan is the newest. Both only replace what waits. Each picture is scaled
 * first (kept while the view stays), then run through the program, then laid out for
 * the screen. Something newer cancels a picture on its way, but not when the last one
 * that was finished is long ago: a long drag shows pictures, not only its end.
 * Threads: as each function says.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PICTURE_RENDER_H
#define LUTIST_VIEWER_PICTURE_RENDER_H

#include <stdint.h>

#include "base/thread/pool.h"
#include "image/scale/scale.h"
#include "pipe/mode.h"
#include "pipe/plan/plan.h"
#include "viewer/picture/passes.h"
#include "viewer/picture/wake.h"

typedef struct Render Render;

typedef struct RenderView {
    Image *source;     /* borrowed; render_show takes its own reference */
    uint64_t image;    /* the caller's number for the source */
    ScaleArea area;    /* the part that is seen, in image pixels */
    int width, height; /* what it is seen on, in drawable pixels */
    Mode mode;         /* how it is mapped */
    bool whole;        /* all of it is mapped, at full size, and then scaled */
    bool original;     /* as it was before the script */
    int checker;       /* size of a square under transparent parts */
    double since;      /* when the user asked for it */
} RenderView;

/* A finished picture. */
typedef struct Picture {
    uint32_t *pixels;    /* as pixels.h has them; owned; NULL: see err */
    size_t room;         /* pixels that the allocation holds */
    RenderView view;     /* what it shows; `source` is not held: do not follow it */
    uint64_t serial;     /* of the plan; 0: original */
    double since;        /* of the newest wish that it fulfils */
    double processed_ms; /* running the program over the visible part, or the whole */
    double megapixels;   /* of that */
    Err err;             /* why there is no picture: ERR_MEMORY, ERR_ENV (the mode
                            cannot run), ERR_SCRIPT (it failed) */
} Picture;

void picture_free(Picture *picture); /* NULL is fine */

/* Starts the thread; `wake` is called after each picture. Fails: ERR_ENV. */
Render *render_start(Pool *pool, Passes *passes, Wake wake, Err *err);
/* Cancels what runs and waits for the thread. NULL is fine. */
void render_stop(Render *render);

/* UI thread. */
void render_show(Render *render, const RenderView *view);
/* Any thread: the newest plan (a reference is taken) and the serial of its values. A
 * view of another depth waits for a plan that fits. */
void render_plan(Render *render, Plan *plan, uint64_t serial, double since);
/* UI thread: the newest picture, or NULL; hand it back with render_recycle. */
Picture *render_poll(Render *render);
/* Takes `picture`: its memory is used for the next. */
void render_recycle(Render *render, Picture *picture);

#endif
