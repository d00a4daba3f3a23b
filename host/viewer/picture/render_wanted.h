/* render_wanted — the newest view and the newest plan: the picture that the render
 * thread makes next.
 *
 * Other threads post them; a newer one replaces one that waits.
 * Threads: as each function says.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PICTURE_RENDER_WANTED_H
#define LUTIST_VIEWER_PICTURE_RENDER_WANTED_H

#include "base/thread/dispatch.h"
#include "pipe/plan/plan.h"
#include "viewer/picture/view.h"

typedef struct RenderWanted {
    /* the render thread's */
    View view; /* with references to its pyramid and its plan */
    uint64_t view_number;
    Plan *plan;      /* a reference; NULL: none yet */
    uint64_t colors; /* the number of the conversion at its end; 0: none */
    uint64_t serial;
    Plan *look; /* the same without the conversion; a reference; NULL: not known */
    uint64_t look_serial;
    double since; /* when the user asked for it */
    bool fresh;   /* there is no picture of it yet */
} RenderWanted;

/* Any thread: post to `inbox`, the render thread's queue. References are taken. */
void render_wanted_post_view(RenderWanted *wanted, Dispatch *inbox, const View *view,
                             uint64_t number);
void render_wanted_post_plan(RenderWanted *wanted, Dispatch *inbox, Plan *plan,
                             uint64_t colors, uint64_t serial, double since);
/* The plan of `serial` without the conversion at its end. */
void render_wanted_post_look(RenderWanted *wanted, Dispatch *inbox, Plan *look,
                             uint64_t serial);

/* Render thread. */
void render_wanted_term(RenderWanted *wanted);
/* The plan of the wanted picture; NULL: the unprocessed image's samples are wanted. */
Plan *render_wanted_plan(const RenderWanted *wanted);
/* Can a picture be made? Not while a view waits for a plan of its depth and colours. */
bool render_wanted_is_ready(const RenderWanted *wanted);
/* Can one, and is there none yet? */
bool render_wanted_is_work(const RenderWanted *wanted);
/* The look alone, of the wanted plan and for its depth; borrowed; NULL: not known. */
Plan *render_wanted_look(const RenderWanted *wanted);

#endif
