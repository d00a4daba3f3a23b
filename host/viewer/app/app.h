/* app — the window's parts, and their messages to and from the other threads.
 *
 * Values go to the script thread, views to the render thread, file requests to the load
 * thread. Results come back through the UI thread's dispatch queue, whose wake-up call
 * is an SDL event.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_APP_APP_H
#define LUTIST_VIEWER_APP_APP_H

#include <stdatomic.h>

#include "base/thread/dispatch.h"
#include "viewer/app/picture_area.h"
#include "viewer/app/scripter.h"
#include "viewer/panel/panel.h"
#include "viewer/picture/loader.h"
#include "viewer/picture/render.h"
#include "viewer/state/file_list.h"
#include "viewer/state/frame_clock.h"
#include "viewer/state/notice.h"
#include "viewer/state/shown.h"
#include "viewer/state/wanted_file.h"
#include "viewer/state/wanted_script.h"
#include "viewer/state/wanted_values.h"
#include "viewer/state/wanted_view.h"
#include "viewer/ui/painter.h"
#include "viewer/ui/trace.h"
#include "viewer/ui/window.h"
#include "viewer/widget/help_card.h"

typedef struct App {
    /* immutable once the window is open */
    const char *script; /* as the command line has them; borrowed */
    const char *venv;
    bool isolate;
    Scripter *scripter;
    Loader *loader;
    Render *render;
    Dispatch *inbox;        /* the UI thread's */
    Dispatch *script_inbox; /* the script thread's */
    /* any thread */
    atomic_bool has_events; /* SDL's event queue exists */
    /* UI thread only, all that follows */
    Window window;
    Painter painter;
    Ui ui;
    Trace trace;
    FileList files;
    char *name; /* of the script, for people; owned */
    Panel panel;
    PictureArea picture;
    HelpCard help;
    bool quit;
    Err fatal;    /* why the window closes; ERR_NONE: the user has closed it */
    double since; /* when the event in work happened */
    int textless; /* presses of keys in SDL's queue that no text event follows */

    WantedScript script_load;
    WantedValues values;
    WantedFile file;
    WantedView view;
    Image *source; /* of the newest file that was loaded; a reference; NULL: none yet */
    bool original; /* the last view sent shows the unprocessed image */

    Shown shown;
    FrameClock clock;
    Notice notice;
    char progress[64]; /* of a slow Python mapping; "": there is none */
} App;

/* Results of the other threads; `context` is the App. */
void app_take_answer(void *context, const ScripterAnswer *answer);
void app_take_news(void *context, const ScripterNews *news);
void app_take_presets(void *context, ScripterPresets *presets);
void app_take_image(void *context, Loaded *loaded);
void app_take_picture(void *context, const Picture *picture);
/* Handle all results that wait. */
void app_collect(App *app);
/* Send what has changed. */
void app_update(App *app);

/* Load the wanted file, and set the window's title. */
void app_open_file(App *app);
void app_set_title(const App *app);
/* Interrupt the script, if it is busy. False: it is not. */
bool app_stop_script(App *app);
/* Stop the running Python mapping. False: there is none. */
bool app_stop_mapping(App *app);
void app_notice(App *app, const char *text);

/* A message for the status bar; NULL: none. `now` is thread_clock_ms. */
const char *app_status(const App *app, double now);
/* Milliseconds until the window must be drawn; -1: not before the next event. */
int app_wait(const App *app, double now);

#endif
