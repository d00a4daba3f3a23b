/* app — everything that the window knows, and what its parts tell each other.
 *
 * Values go to the script thread, views to the render thread, wishes for files to the
 * load thread; their results come back by the UI thread's dispatch queue, whose wake-up
 * call is an SDL event.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_APP_APP_H
#define LUTIST_VIEWER_APP_APP_H

#include <stdatomic.h>

#include "base/thread/dispatch.h"
#include "viewer/app/files.h"
#include "viewer/app/help_card.h"
#include "viewer/app/panel.h"
#include "viewer/app/scene.h"
#include "viewer/app/scripter.h"
#include "viewer/picture/loader.h"
#include "viewer/picture/render.h"
#include "viewer/ui/trace.h"
#include "viewer/ui/window.h"
#include "viewer/viewer.h"
#include "viewer/widget/timing_text.h"

typedef struct App {
    /* immutable once the window is open */
    const ViewerOptions *options;
    Scripter *scripter;
    Loader *loader;
    Render *render;
    Dispatch *inbox;        /* the UI thread's */
    Dispatch *script_inbox; /* the script thread's */
    /* any thread */
    atomic_bool has_events; /* SDL's queue is there */
    /* UI thread only, all that follows */
    Window window;
    Ui ui;
    Trace trace;
    Files files;
    Panel panel;
    Scene scene;
    HelpCard guide;

    Image *source;  /* what is on screen; a reference; NULL: nothing yet */
    uint64_t wish;  /* the number of the newest wish for a file */
    bool loading;   /* it has not been answered */
    double wish_ms; /* when it was made */
    Err file_err;   /* why it could not be loaded; ERR_NONE: it could */

    uint64_t serial;   /* of the newest values that were sent */
    uint64_t answered; /* of the newest that came back */
    double serial_ms;  /* when they were sent */
    bool unsent;       /* the newest values have to be sent */
    int plan_depth;    /* of the newest plan that the render thread has; 0: none */
    Err script_err;    /* ERR_NONE: the script is fine */

    bool before, held;   /* show it as it was: by toggle, by a key that is down */
    Uint32 before_ticks; /* when the toggle's key went down; 0: it is up */
    bool original;       /* what the render thread was told last */
    bool view_changed;   /* the render thread has to be told */
    bool quit;
    bool dirty;      /* something on screen is out of date */
    bool expected;   /* a picture is on its way */
    double drawn_ms; /* when the window was drawn last */
    double asked_ms; /* when the picture that is expected was asked for */
    double since;    /* when the user did what is being handled */

    bool fresh;            /* the texture is newer than the screen */
    uint64_t shown_serial; /* of the values it was made with */
    double shown_since;
    double final_ms; /* when to draw rendered_ms as it turned out; 0: no need */

    Mode mode;         /* of the pictures to come */
    bool whole;        /* map all of the image */
    Timing now;        /* of the newest developed picture */
    Timing earlier;    /* of the last one in another mode */
    char progress[64]; /* of a pass that takes long; "": none does */

    char notice[1024]; /* for the status bar, until notice_ms */
    double notice_ms;
} App;

/* Results of the other threads; `context` is the App. */
void app_take_answer(void *context, const ScripterAnswer *answer);
void app_take_image(void *context, Loaded *loaded);
void app_take_picture(void *context, const Picture *picture);
/* Take in all results that wait. */
void app_collect(App *app);
/* Send what has changed. */
void app_update(App *app);
/* Do what a key or a button says. */
void app_act(App *app, Action action, bool coarse);
/* Set the window's title, and load the file that is wanted. */
void app_open_file(App *app);
void app_set_title(const App *app);
void app_notice(App *app, const char *text);

/* For the status bar; NULL: nothing. `now` is thread_clock_ms. */
const char *app_status(const App *app, double now);
/* Milliseconds until something on screen changes by itself; -1: never. */
int app_timeout(const App *app, double now);
/* Has the script not answered for so long that the user should know? */
bool app_is_busy(const App *app, double now);

#endif
