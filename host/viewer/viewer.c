#include "viewer/viewer.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/thread/interrupt.h"
#include "base/thread/thread.h"
#include "pipe/settings.h"
#include "viewer/app/loop.h"

/* How long the end waits for a script that does not return. */
enum { PATIENCE_MS = 1000 };
/* How long the start waits for the script before it opens the window. */
enum { LOAD_MS = 500 };

/* On any thread. Before SDL has its queue nothing is pushed: the loop reads the results
 * when it starts. */
static void wake(void *context)
{
    App *app = context;
    if (atomic_load(&app->has_events))
        SDL_PushEvent(&(SDL_Event){.type = SDL_USEREVENT});
}

/* Until the script is loaded: a panel without parameters. */
static void start_panel(App *app)
{
    ParamSet *none = param_set_new(NULL, 0);
    panel_init(&app->panel, none, NULL);
    param_set_unref(&none);
    app->panel.blank = "";
    app->name = mem_dup(path_name(app->script));
    double now = thread_clock_ms();
    wanted_script_send(&app->script_load, now);
    app->values.answer = (Pending){true, now};
}

/* The script and the first image are loaded while SDL starts. */
static bool start_threads(App *app, const ViewerOptions *options, Err *err)
{
    LoaderConfig load = {&options->read, app->inbox, app_take_image, app};
    RenderConfig render = {options->pool, app->script_inbox, app->inbox,
                           app_take_picture, app};
    ScripterConfig script = {.script = options->script,
                             .preset = options->preset,
                             .params = options->params,
                             .n_params = options->n_params,
                             .venv = options->venv,
                             .isolate = options->isolate,
                             .no_isolate = options->no_isolate,
                             .pool = options->pool,
                             .inbox = app->script_inbox,
                             .ui = app->inbox,
                             .take = app_take_answer,
                             .take_news = app_take_news,
                             .take_presets = app_take_presets,
                             .context = app};
    app->loader = loader_start(&load, err);
    if (!app->loader)
        return false;
    wanted_file_send(&app->file, loader_want(app->loader, file_list_path(&app->files)),
                     0);
    app->render = script.render = render_start(&render, err);
    app->scripter = app->render ? scripter_start(&script, err) : NULL;
    return app->scripter != NULL;
}

/* The window opens without a script that takes long. */
static bool wait_for_script(App *app, Err *err)
{
    double end = thread_clock_ms() + LOAD_MS;
    while (app->script_load.answer.waiting && thread_clock_ms() < end)
        dispatch_process(app->inbox, (int)(end - thread_clock_ms()) + 1);
    *err = app->fatal;
    return app->fatal.kind == ERR_NONE;
}

/* A single image that cannot be shown is not worth a window. */
static bool wait_for_image(App *app, Err *err)
{
    while (app->files.count == 1 && app->file.answer.waiting)
        dispatch_process(app->inbox, -1);
    if (app->file.err.kind)
        *err = app->file.err;
    return app->file.err.kind == ERR_NONE;
}

static bool open_window(App *app, Err *err)
{
    if (!window_open(&app->window, "lutist", err))
        return false;
    double scale = window_scale(&app->window);
    if (!painter_init(&app->painter, app->window.renderer, scale, err))
        return false;
    ui_init(&app->ui, font_measure(app->painter.font), scale);
    SDL_StopTextInput();
    SDL_EnableScreenSaver();
    app_set_title(app);
    return true;
}

/* The most helpful error is reported: the script's, then the file's, then the
 * display's. */
static bool start(App *app, const ViewerOptions *options, Err *err)
{
    Err no_display = {0};
    start_panel(app);
    if (!file_list_open(&app->files, options->inputs, options->n_inputs, err) ||
        !start_threads(app, options, err))
        return false;
    bool display = window_start(&no_display);
    atomic_store(&app->has_events, display);
    if (!wait_for_script(app, err) || !wait_for_image(app, err))
        return false;
    if (!display) {
        *err = no_display;
        return false;
    }
    return open_window(app, err);
}

/* An interrupt closes the window as its button does. */
static void close_window(void)
{
    SDL_PushEvent(&(SDL_Event){.type = SDL_QUIT});
}

static bool run(App *app, Err *err)
{
    interrupt_limit(close_window,
                    NULL); /* failing that, an interrupt ends the process */
    app->since = app->file.answer.since_ms = thread_clock_ms();
    loop_run(app);
    SDL_HideWindow(app->window.window);
    *err = app->fatal;
    return app->fatal.kind == ERR_NONE;
}

/* A script that never returns cannot be stopped: the process ends without it. */
static void stop(App *app)
{
    dispatch_close(app->inbox);
    if (!scripter_stop(app->scripter, PATIENCE_MS)) {
        fflush(stdout);
        fflush(stderr);
        _exit(interrupt_count() ? 130 : 0);
    }
    render_stop(app->render);
    loader_stop(app->loader);
}

static void term(App *app)
{
    ui_term(&app->ui);
    painter_term(&app->painter);
    window_close(&app->window);
    panel_term(&app->panel);
    mem_free(app->name);
    trace_term(&app->trace);
    file_list_close(&app->files);
    image_unref(&app->source);
    dispatch_free(app->script_inbox);
    dispatch_free(app->inbox);
    mem_free(app);
}

bool viewer_run(const ViewerOptions *options, Err *err)
{
    App *app = mem_new(1, sizeof *app);
    app->script = options->script;
    app->venv = options->venv;
    app->isolate = options->isolate;
    app->view.mode = options->mode;
    app->inbox = dispatch_new();
    app->script_inbox = dispatch_new();
    atomic_init(&app->has_events, false);
    dispatch_on_wake(app->inbox, wake, app);
    trace_init(&app->trace);
    picture_area_init(&app->picture);
    window_set_locale();
    bool fine = start(app, options, err);
    if (fine)
        fine = run(app, err);
    stop(app);
    term(app);
    return fine;
}
