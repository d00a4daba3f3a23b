/* app — the window's parts, and their messages to and from the other threads.
 *
 * Values go to the script thread, views to the render thread, file requests to the load
 * thread. Results come back through the UI thread's queue, which wakes SDL's loop.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_APP_APP_H
#define LUTIST_VIEWER_APP_APP_H

#include "viewer/control/file_opener.h"
#include "viewer/edit/edit.h"
#include "viewer/export/exporter.h"
#include "viewer/keys/keys.h"
#include "viewer/load/dropped.h"
#include "viewer/load/exchanged.h"
#include "viewer/load/folder_watch.h"
#include "viewer/load/loader.h"
#include "viewer/measure/measure.h"
#include "viewer/modes/mode_menu.h"
#include "viewer/overlay/chrome.h"
#include "viewer/overlay/overlay.h"
#include "viewer/overlay/picture_area.h"
#include "viewer/paint/painter.h"
#include "viewer/panel/panel.h"
#include "viewer/picture/render.h"
#include "viewer/save/save_state.h"
#include "viewer/scope/far_pixel.h"
#include "viewer/script/scripter.h"
#include "viewer/session/session.h"
#include "viewer/state/file_list.h"
#include "viewer/state/frame_clock.h"
#include "viewer/state/notice.h"
#include "viewer/state/shown.h"
#include "viewer/state/wanted_file.h"
#include "viewer/state/wanted_script.h"
#include "viewer/state/wanted_values.h"
#include "viewer/state/wanted_view.h"
#include "viewer/ui/trace.h"
#include "viewer/widget/help_card.h"
#include "viewer/widget/tip.h"
#include "viewer/window/window.h"

typedef struct App {
    /* immutable once the window is open */
    const char *venv; /* as the command line has it; borrowed */
    bool isolate;
    ColorTarget *display; /* owned; NULL: the display's own colours */
    Scripter *scripter;
    Exporter *exporter;
    Loader *loader;
    Errands *errands;
    FarPixel far_pixel;
    FolderWatch *watch;
    Render *render;
    Dispatch *inbox, *script_inbox; /* the UI thread's, the script thread's */
    atomic_bool has_events;         /* any thread: SDL's event queue exists */
    Window window;                  /* UI thread only, as all that follows */
    Painter painter;
    Ui ui;
    Trace trace;
    FileList files;
    Exchanged exchanged;
    Session session;
    char *script, *name, *about; /* in force: its spec, name, first line; owned */
    Panel panel;
    PictureArea picture;
    HelpCard help;
    Dropped dropped;
    FileOpener opener;
    Tip tip;
    ModeMenu modes;
    Menu picture_menu;
    bool times; /* the status bar has them too */
    Keys keys;
    Overlay overlay;
    Chrome chrome;
    Edit edit;
    SaveState save;
    bool started, quit; /* a picture has been on the screen; the window closes */
    Err fatal;          /* why the window closes; ERR_NONE: the user has closed it */
    double since;       /* when the event in work happened */
    WantedScript script_load;
    WantedValues values;
    WantedFile file;
    WantedView view;
    Pyramid *pyramid; /* of the newest loaded picture; a reference; NULL: none */
    Image *source; /* the pyramid's image at its full size; borrowed; NULL: none yet */
    char *path;    /* of that picture, or of the file that failed; owned; NULL: none */
    PictureColors colors; /* the source's */
    bool original;        /* the last view sent shows the unprocessed image */
    Shown shown;
    FrameClock clock;
    Notice notice;
    char progress[64]; /* of a slow Python mapping; "": there is none */
    Measure *measure;  /* takes the times; NULL: nobody does */
} App;
/* Results of the other threads (app_results.c); `context` is the App. */
void app_take_answer(void *context, const ScripterAnswer *answer);
void app_take_news(void *context, const ScripterNews *news);
void app_take_presets(void *context, ScripterPresets *presets);
void app_take_exported(void *context, const Exported *exported);
void app_take_image(void *context, Loaded *loaded);
void app_take_picture(void *context, const Picture *picture);
/* Handle all results that wait; send what has changed. */
void app_collect(App *app);
void app_update(App *app);
void app_set_title(const App *app);
/* The path of what is shown, or could not be; else what is wanted, or "". Borrowed. */
const char *app_file(const App *app);
/* Interrupt the script; stop the running Python mapping. False: there is none. */
bool app_stop_script(App *app);
bool app_stop_mapping(App *app);
void app_notice(App *app, const char *text);
/* A message for the status bar; NULL: none. `now` is thread_clock_ms. */
const char *app_status(const App *app, double now);
/* Milliseconds until the window must be drawn; -1: not before the next event. */
int app_wait(const App *app, double now);

#endif
