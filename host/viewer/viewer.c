#include "viewer/viewer.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file/folder.h"
#include "base/log.h"
#include "base/log_writer.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/thread/interrupt.h"
#include "base/thread/thread.h"
#include "pipe/settings.h"
#include "viewer/action/key_config.h"
#include "viewer/app/app_file.h"
#include "viewer/app/exchange.h"
#include "viewer/app/frame.h"
#include "viewer/app/loop.h"
#include "viewer/app/saving.h"
#include "viewer/app/seeing.h"

/* How long the end waits for a script that does not return. */
enum { PATIENCE_MS = 1000, MOMENT_MS = 50 };
/* How long the start waits for the script before it opens the window. */
enum { LOAD_MS = 500, LOOK_MS = 50 };
/* Script, window, first look and decoding at once take as many; without the decoding
 * one less. */
enum { BUSY_PROCESSORS = 4, START_PROCESSORS = 3 };
/* A larger file takes longer than window and script one after the other. */
enum { LARGE_BYTES = 4 << 20 };

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
    app->panel.width = app->session.last.panel_width;
    app->panel.left = app->session.last.panel_left;
    app->name = mem_dup(path_name(app->script));
    double now = thread_clock_ms();
    wanted_script_send(&app->script_load, now);
    app->values.answer = (Pending){true, now};
}

static uint32_t argb(Color color)
{
    return (uint32_t)color.a << 24 | (uint32_t)color.r << 16 | (uint32_t)color.g << 8 |
           color.b;
}

/* An answer may change what is seen. */
static void draw(void *context)
{
    App *app = context;
    app->clock.dirty = true;
}

static bool start_errands(App *app, Err *err)
{
    ErrandsConfig config = {"lutist-errands", app->inbox, draw, app};
    app->errands = app->far_pixel.errands = errands_start(&config, err);
    panel_use_errands(&app->panel, app->errands);
    app->opener.chooser.errands = app->errands;
    return app->errands;
}

static bool start_sidecars(App *app, Err *err)
{
    SidecarKeeperConfig config = {app->inbox, app_file_take_sidecar, app};
    app->session.sidecars.keeper = sidecar_keeper_start(&config, err);
    return app->session.sidecars.keeper;
}

/* The first image is loaded while SDL starts. */
static bool start_threads(App *app, const ViewerOptions *options, Err *err)
{
    LoaderConfig load = {.read = &options->read,
                         .display = app->display,
                         .pool = options->pool,
                         .memory = options->cache,
                         .starting = thread_cpus() < BUSY_PROCESSORS,
                         .ui = app->inbox,
                         .take = app_take_image,
                         .context = app};
    RenderConfig render = {
        .pool = options->pool,
        .script = app->script_inbox,
        .ui = app->inbox,
        .device = options->device,
        .take = app_take_picture,
        .context = app,
        .aside = {seeing_take_before, seeing_take_part, seeing_take_news, app},
        .screen = {.dither = options->dither,
                   .marks = {argb(THEME_CLIP_LOW), argb(THEME_CLIP_HIGH)}}};
    if (!clip_read(options->clip, &render.screen.clip, err))
        return err_in(err, "--clip");
    ExporterConfig export = {options->pool, app->inbox, app_take_exported, app};
    SaverConfig save = {options->develop,
                        options->read.max_pixels,
                        options->read.max_metadata,
                        app->inbox,
                        saving_take,
                        app};
    app->exporter = exporter_start(&export, err);
    app->save.saver = app->exporter ? saver_start(&save, err) : NULL;
    if (!app->save.saver)
        return false;
    app->loader = start_errands(app, err) ? loader_start(&load, err) : NULL;
    if (!app->loader)
        return false;
    if (options->sidecar && !start_sidecars(app, err))
        return false;
    app_open_file(app);
    app->render = render_start(&render, err);
    return app->render;
}

static bool start_script(App *app, const ViewerOptions *options, Err *err)
{
    ScripterConfig script = {.script = app->session.fallback ? app->session.last.script
                                                             : options->script,
                             .preset = options->preset,
                             .params = options->params,
                             .n_params = options->n_params,
                             .venv = options->venv,
                             .isolate = options->isolate,
                             .no_isolate = options->no_isolate,
                             .pool = options->pool,
                             .render = app->render,
                             .exporter = app->exporter,
                             .inbox = app->script_inbox,
                             .ui = app->inbox,
                             .take = app_take_answer,
                             .take_news = app_take_news,
                             .take_presets = app_take_presets,
                             .context = app};
    app->scripter = scripter_start(&script, err);
    return app->scripter;
}

/* On few processors window and script would slow the decoding down, which takes longer
 * than both: they start one after the other. */
static bool starts_late(const App *app)
{
    struct stat file;
    return thread_cpus() < START_PROCESSORS && app->files.count &&
           stat(file_list_path(&app->files), &file) == 0 && file.st_size > LARGE_BYTES;
}

/* The window opens without a script that takes long. */
static bool wait_for_script(App *app, Err *err)
{
    double end = thread_clock_ms() + LOAD_MS;
    while (app->script_load.answer.waiting && thread_clock_ms() < end &&
           !interrupt_count())
        dispatch_process(app->inbox, (int)(end - thread_clock_ms()) + 1);
    *err = app->fatal;
    return app->fatal.kind == ERR_NONE;
}

static bool takes_a_while(App *app)
{
    return loader_is_large(app->loader) || loader_progress(app->loader);
}

/* A single image that cannot be shown is not worth a window. A large one, of which at
 * least the beginning can be read, takes a while: the window says so, and closes if it
 * cannot be shown after all. */
static bool wait_for_image(App *app, bool display, Err *err)
{
    while (app->files.count == 1 && app->file.answer.waiting &&
           !(display && takes_a_while(app)) && !interrupt_count())
        dispatch_process(app->inbox, LOOK_MS);
    if (app->files.count != 1 || !app->file.err.kind)
        return true;
    *err = app->file.err;
    return false;
}

static void take_fonts(void *context)
{
    App *app = context;
    painter_take_fonts(&app->painter);
    app->clock.dirty = true;
}

static bool has_x11(void)
{
    return strcmp(SDL_GetCurrentVideoDriver(), "x11") == 0;
}

static void displays_changed(void *context)
{
    App *app = context;
    if (app->painter.font) /* the window is open */
        frame_follow_display(app);
}

static bool open_window(App *app, Err *err)
{
    if (has_x11())
        app->window.displays = x11_displays_open(app->inbox, displays_changed, app);
    if (!window_open(&app->window, "lutist", err))
        return false;
    if (app->session.last.place.width)
        window_place(&app->window, &app->session.last.place);
    double scale = frame_scale(app);
    OtherFonts *others = other_fonts_new(app->inbox, take_fonts, app);
    if (!painter_init(&app->painter, scale, others, err))
        return false;
    frame_set_renderer(app);
    ui_init(&app->ui, font_measure(app->painter.font), scale);
    SDL_StopTextInput();
    SDL_EnableScreenSaver();
    if (has_x11())
        app->window.clipboard = x11_clipboard_open(app->inbox);
    app_set_title(app);
    return true;
}

static bool open_target(App *app, const ViewerOptions *options, Err *err)
{
    if (!options->display_profile)
        return true;
    app->display = color_target_open(options->display_profile, NULL, err);
    if (!app->display)
        return err_in(err, "--display-profile");
    return color_target_icc(app->display, 3, NULL) ||
           err_set(err, ERR_USAGE,
                   "--display-profile: %s: a profile of gray, and the "
                   "display has colours",
                   options->display_profile);
}

static bool start_watch(App *app, const ViewerOptions *options, Err *err)
{
    FolderWatchConfig config = {.inputs = options->inputs,
                                .n_inputs = options->n_inputs,
                                .follow = options->follow,
                                .ui = app->inbox,
                                .take = app_file_take_news,
                                .context = app};
    app->watch = folder_watch_start(&config, err);
    return app->watch != NULL;
}

/* A followed folder begins with its newest file, or is waited for. The watch begins
 * before the files are listed: none is missed. */
static bool open_files(App *app, const ViewerOptions *options, Err *err)
{
    app->file.follow = options->follow;
    if (!start_watch(app, options, err))
        return false;
    if (!options->n_inputs)
        return true; /* the window asks for some */
    if (!file_list_open(&app->files, options->inputs, options->n_inputs, err))
        return app->file.follow && file_list_is_folder(app->file.follow);
    char *newest = options->follow
                       ? folder_watch_newest("", &app->files, &app->file.newest_ns)
                       : NULL;
    if (newest)
        file_list_go(&app->files, newest);
    mem_free(newest);
    return true;
}

/* The window is made while the script and the image are read, and seen when they are
 * there; a large image may come later. The most helpful error is reported: the
 * script's, then the file's, then the display's. */
static bool start(App *app, const ViewerOptions *options, Err *err)
{
    Err no_display = {0};
    start_panel(app);
    if (!open_target(app, options, err) || !open_files(app, options, err) ||
        !start_threads(app, options, err))
        return false;
    bool late = starts_late(app);
    if (!late && !start_script(app, options, err))
        return false;
    bool display = window_start(&no_display);
    atomic_store(&app->has_events, display);
    display = display && open_window(app, &no_display);
    if (display && options->measured)
        window_resize(&app->window, MEASURED_WIDTH, MEASURED_HEIGHT);
    if (late && !start_script(app, options, err))
        return false;
    if (!wait_for_script(app, err))
        return false;
    if (display) {
        frame_rehearse(app);
        window_dress(&app->window);
    }
    if (!wait_for_image(app, display, err))
        return false;
    if (!display)
        *err = no_display;
    return display;
}

/* The picture is made while the display shows the window, which takes as long. */
static void show(App *app)
{
    app->since = app->file.answer.since_ms = thread_clock_ms();
    app->file.only =
        app->file.answer.waiting && app->files.count == 1 && !app->file.follow;
    app_update(app);
    window_show(&app->window);
    frame_follow_display(app);
}

/* Nothing happens before SDL has its queue. */
static void close_window(void)
{
    SDL_PushEvent(&(SDL_Event){.type = SDL_QUIT});
}

/* An interrupt closes the window as its button does; failing that, it ends the process.
 * Python would take those for itself that find no handler: it comes first, and again
 * before a script that has a handler of its own. */
static void take_interrupts(void)
{
    interrupt_limit(close_window, NULL);
}

static bool start_measuring(App *app, Measured *into, Err *err)
{
    snprintf(into->renderer, sizeof into->renderer, "%s",
             window_renderer(&app->window));
    into->cache = loader_memory(app->loader);
    app->measure = measure_begin(into, err);
    return app->measure;
}

static bool is_remembered(const ViewerOptions *options)
{
    return !options->no_config && !options->measured;
}

/* For the next window. A script that is not the user's or a bundled one is found from
 * everywhere. */
static void remember(App *app)
{
    bool path = strchr(app->script, '/') || path_ext_is(app->script, "py");
    const Placement *now_at = &app->window.normal;
    Remembered now = {.place = now_at->width ? *now_at : app->session.last.place,
                      .panel_width = app->panel.width,
                      .panel_left = app->panel.left,
                      .text_size = app->session.text_size,
                      .times = app->times,
                      .script = path ? path_join(app->save.folder, app->script)
                                     : mem_dup(app->script),
                      .mode = app->view.mode};
    remembered_save(&now);
    remembered_term(&now);
}

/* What a window needs that loses its X server. */
typedef struct Loss {
    App *app;
    const ViewerOptions *options;
    LogWriter *log;
} Loss;

/* A script that does not return makes no plan. */
static void finish_saving(App *app)
{
    double end = thread_clock_ms() + PATIENCE_MS;
    while (app->save.waiting &&
           (saver_is_at_work(app->save.saver) || thread_clock_ms() < end))
        dispatch_process(app->inbox, MOMENT_MS);
    app_collect(app);
}

/* In the place of run and stop: a picture that is being saved is finished, and what the
 * window is to remember is kept. */
static void end_without_display(void *context)
{
    const Loss *loss = context;
    App *app = loss->app;
    Err err = {0};
    atomic_store(&app->has_events, false);
    window_loss_tell(&err);
    log_error("%s", err.text);
    finish_saving(app);
    if (is_remembered(loss->options))
        remember(app);
    sidecars_end(&app->session.sidecars, &app->panel, app->name);
    log_writer_drain(loss->log);
    fflush(stdout);
    fflush(stderr);
    _exit(err_exit_code(&err));
}

static bool run(App *app, const ViewerOptions *options, Err *err)
{
    take_interrupts();
    if (interrupt_count()) /* it came while the window was made */
        close_window();
    bool fine = !options->measured || start_measuring(app, options->measured, err);
    show(app);
    if (fine)
        loop_run(app);
    if (is_remembered(options) && !app->fatal.kind) /* a look that failed is not kept */
        remember(app);
    SDL_HideWindow(app->window.window);
    if (!app->fatal.kind && window_loss_has_come(app->window.window))
        window_loss_tell(&app->fatal);
    if (app->fatal.kind)
        *err = app->fatal;
    return measure_end(app->measure, err) && fine && !app->fatal.kind;
}

/* A script that never returns cannot be stopped: the process ends without it. */
static void stop(App *app, LogWriter *log)
{
    sidecars_end(&app->session.sidecars, &app->panel, app->name);
    dispatch_close(app->inbox);
    errands_stop(app->errands);
    x11_clipboard_close(app->window.clipboard);
    x11_displays_close(app->window.displays);
    folder_watch_stop(app->watch);
    exporter_stop(app->exporter);
    saver_stop(app->save.saver);
    if (!scripter_stop(app->scripter, PATIENCE_MS)) {
        log_writer_drain(log);
        fflush(stdout);
        fflush(stderr);
        _exit(interrupt_count() ? 130 : 0);
    }
    exporter_free(app->exporter);
    saver_free(app->save.saver);
    render_stop(app->render);
    loader_stop(app->loader);
}

static void term(App *app)
{
    ui_term(&app->ui);
    painter_term(&app->painter);
    window_close(&app->window);
    panel_term(&app->panel);
    overlay_term(&app->overlay);
    key_config_close(app);
    edit_term(&app->edit);
    save_dialog_close(&app->save.dialog);
    file_opener_close(&app->opener);
    mem_free(app->name);
    mem_free(app->about);
    mem_free(app->script);
    mem_free(app->save.folder);
    trace_term(&app->trace);
    file_list_close(&app->files);
    exchange_forget(app);
    pyramid_unref(&app->pyramid);
    remembered_term(&app->session.last);
    mem_free(app->path);
    shown_term(&app->shown);
    turns_term(&app->session.turns);
    picture_colors_clear(&app->colors);
    color_target_free(app->display);
    dispatch_free(app->script_inbox);
    dispatch_free(app->inbox);
    mem_free(app);
}

/* As the last window was left, where the options do not say more. */
static void recall(App *app, const ViewerOptions *options)
{
    Remembered *last = &app->session.last;
    remembered_init(last);
    if (is_remembered(options))
        remembered_load(last);
    app->session.text_size = last->text_size;
    app->times = last->times;
    bool other = options->last_script && last->script &&
                 strcmp(last->script, options->script) != 0;
    app->script = mem_dup(other ? last->script : options->script);
    app->session.fallback = other ? options->script : NULL;
    app->view.mode =
        options->last_mode && last->mode != MODES ? last->mode : options->mode;
}

/* The timers of a script go off on the script thread. */
static void leave_timers(void)
{
    sigset_t timers;
    sigemptyset(&timers);
    sigaddset(&timers, SIGALRM);
    sigaddset(&timers, SIGVTALRM);
    sigaddset(&timers, SIGPROF);
    pthread_sigmask(SIG_BLOCK, &timers, NULL);
}

bool viewer_run(const ViewerOptions *options, Err *err)
{
    leave_timers();
    take_interrupts();
    App *app = mem_new(1, sizeof *app);
    LogWriter *log = log_writer_start();
    app->save.folder = folder_working();
    recall(app, options);
    edit_init(&app->edit);
    app->venv = options->venv;
    app->isolate = options->isolate;
    app->inbox = dispatch_new();
    app->script_inbox = dispatch_new();
    atomic_init(&app->has_events, false);
    dispatch_on_wake(app->inbox, wake, app);
    trace_init(&app->trace);
    key_config_open(app, options->no_config);
    mode_menu_init(&app->modes);
    menu_close(&app->picture_menu);
    picture_area_init(&app->picture);
    overlay_init(&app->overlay);
    chrome_init(&app->chrome);
    window_set_locale();
    Loss loss = {app, options, log};
    bool fine = start(app, options, err);
    window_loss_watch(app->window.window, end_without_display, &loss);
    if (fine)
        fine = run(app, options, err);
    window_loss_watch(app->window.window, NULL, NULL);
    stop(app, log);
    log_writer_stop(log);
    term(app);
    return fine;
}
