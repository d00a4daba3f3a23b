#include "viewer/app/app.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/thread/thread.h"

/* The progress of a faster mapping is not shown. */
static const double SHOW_MAPPING_MS = 300;

void app_notice(App *app, const char *text)
{
    notice_set(&app->notice, text, thread_clock_ms());
    app->clock.dirty = true;
    trace_line(&app->trace, "notice %s", text);
}

void app_set_title(const App *app)
{
    char *title = mem_printf("%s — %s — lutist", path_name(file_list_path(&app->files)),
                             app->name);
    SDL_SetWindowTitle(app->window.window, title);
    mem_free(title);
}

/* Results of the other threads. */

static void print_trace(const char *trace)
{
    size_t length = strlen(trace);
    if (length)
        fprintf(stderr, "%s%s", trace, trace[length - 1] == '\n' ? "" : "\n");
}

/* The traceback goes to the terminal, but not twice in a row. */
void app_take_answer(void *context, const ScripterAnswer *answer)
{
    App *app = context;
    if (wanted_values_answer(&app->values, answer->serial, answer->plan_depth,
                             &answer->err)) {
        print_trace(answer->err.trace);
        trace_line(&app->trace, "error %s", answer->err.text);
    }
    app->script_load.stop_ms = 0;
    if (answer->err.kind) {
        app->script_load.err = (Err){0}; /* the newest error is the one that is shown */
        app->clock.expected = false;
    }
    app->clock.dirty = true;
}

/* The first script that could be loaded has the values of the command line. */
static bool begin_panel(App *app, const ScripterNews *news)
{
    if (!news->values) {
        app->fatal = news->values_err;
        return false;
    }
    panel_term(&app->panel);
    panel_init(&app->panel, news->set,
               param_values_copy(news->values, news->set->count));
    return true;
}

/* Another script is in force. */
static bool take_script(App *app, const ScripterNews *news)
{
    if (app->script_load.known)
        panel_reload(&app->panel, &app->ui, news->set);
    else if (!begin_panel(app, news))
        return false;
    mem_free(app->name);
    app->name = mem_dup(news->name);
    panel_set_home(&app->panel, news->folder);
    if (app->window.window)
        app_set_title(app);
    if (news->notice || app->script_load.known)
        app_notice(app, news->notice ? news->notice : "The script was loaded again.");
    app->script_load.known = app->values.changed = true;
    app->since = thread_clock_ms();
    return true;
}

/* A script that cannot be loaded at the start ends the program. */
static void take_load_error(App *app, const ScripterNews *news)
{
    if (news->loads == 1 && news->err.kind != ERR_CANCELLED)
        app->fatal = news->err;
    else
        print_trace(news->err.trace);
    app->notice.until_ms = 0; /* it may speak of the load before */
    trace_line(&app->trace, "reload error %s", news->err.text);
}

void app_take_news(void *context, const ScripterNews *news)
{
    App *app = context;
    app->clock.dirty = true;
    if (news->set && news->set != app->panel.set && !take_script(app, news))
        app->quit = true;
    if (news->loading) {
        wanted_script_send(&app->script_load, thread_clock_ms());
        return;
    }
    if (!news->set)
        app->values.answer.waiting = false;
    if (wanted_script_answer(&app->script_load, &news->err))
        take_load_error(app, news);
    else if (!news->err.kind)
        trace_line(&app->trace, "loaded %d", news->loads);
    app->quit = app->quit || app->fatal.kind;
}

void app_take_presets(void *context, ScripterPresets *presets)
{
    App *app = context;
    if (presets->set != app->panel.set)
        return;
    if (presets->list) {
        preset_state_take(&app->panel.presets, presets->list);
        presets->list = NULL;
    }
    const PresetList *list = app->panel.presets.list;
    const char *problem = presets->err.kind ? presets->err.text
                          : list            ? list->problem
                                            : "";
    if (problem[0] || presets->done[0])
        app_notice(app, problem[0] ? problem : presets->done);
    app->clock.dirty = true;
}

void app_take_image(void *context, Loaded *loaded)
{
    App *app = context;
    if (!wanted_file_answer(&app->file, loaded->number, &loaded->err))
        return;
    app->clock.dirty = true;
    if (!loaded->image) {
        trace_line(&app->trace, "failure %s", loaded->err.text);
        return;
    }
    image_unref(&app->source);
    app->source = loaded->image;
    loaded->image = NULL;
    app->since = app->file.answer.since_ms;
    picture_area_set_image(&app->picture, loaded->number, app->source->info);
    app->view.changed = app->values.changed = true;
}

/* Cut the part in brackets: the status bar has no room for it. */
static void shorten(char *text)
{
    char *from = strstr(text, " ("), *to = from ? strchr(from, ')') : NULL;
    if (to)
        memmove(from, to + 1, strlen(to + 1) + 1);
}

/* There is no picture. Whether a mode can run here is known after a try: if it cannot,
 * the mode before it comes back. */
static void take_failure(App *app, Mode mode, const Err *err)
{
    char text[sizeof err->text];
    snprintf(text, sizeof text, "%s", err->text);
    shorten(text);
    app_notice(app, text);
    log_error("%s", err->text);
    if (err->kind == ERR_ENV && mode == app->view.mode)
        wanted_view_set_mode(&app->view, shown_mode_before(&app->shown, mode));
}

void app_take_picture(void *context, const Picture *picture)
{
    App *app = context;
    const View *view = &picture->view;
    Err err = picture->err;
    if (view->image != app->picture.image)
        return;
    if (err.kind || !painter_set_picture(&app->painter, picture->pixels, view->width,
                                         view->height, &err)) {
        take_failure(app, view->mode, &err);
        return;
    }
    picture_area_take(&app->picture, view);
    Timing timing = {.mode = view->mode,
                     .whole = view->whole,
                     .megapixels = picture->megapixels,
                     .processed_ms = picture->processed_ms};
    shown_take(&app->shown, picture->serial, picture->since, &timing);
    frame_clock_take(&app->clock);
}

static void collect_progress(App *app)
{
    char text[sizeof app->progress] = "";
    MappingProgress progress;
    if (render_progress(app->render, &progress) && progress.ms >= SHOW_MAPPING_MS)
        snprintf(text, sizeof text, "%s: %.0f%%, Esc stops", mode_name(progress.mode),
                 100 * progress.part);
    if (strcmp(text, app->progress) == 0)
        return;
    memcpy(app->progress, text, sizeof text);
    app->clock.dirty = true;
    trace_line(&app->trace, "progress %s", text);
}

void app_collect(App *app)
{
    while (dispatch_process(app->inbox, 0) == DISPATCH_RAN)
        ;
    collect_progress(app);
}

/* Messages to the other threads. */

/* The plan depends on the image's depth. */
static void send_values(App *app, double now)
{
    int depth = app->source ? app->source->info.depth : 8;
    app->panel.changed = false;
    app->clock.dirty = true;
    frame_clock_expect(&app->clock, now);
    scripter_want(app->scripter, app->panel.set, app->panel.values, depth,
                  wanted_values_send(&app->values, now), app->since);
}

/* The unprocessed image is shown when there is no plan for its depth and none is
 * expected soon: it is better than nothing. */
static bool wants_original(const App *app, double now)
{
    return wanted_view_is_before(&app->view) ||
           (!app->script_load.known && app->script_load.err.kind) ||
           wanted_values_are_lost(&app->values, app->source->info.depth, now);
}

static void send_view(App *app, bool original, double now)
{
    ViewportPart seen = viewport_visible(&app->picture.viewport);
    if (seen.width < 1 || seen.height < 1)
        return;
    View view = {.source = app->source,
                 .image = app->picture.image,
                 .area = seen.area,
                 .width = seen.width,
                 .height = seen.height,
                 .mode = app->view.mode,
                 .whole = app->view.whole,
                 .original = original,
                 .checker = ui_px(&app->ui, 8),
                 .since = app->since};
    render_show(app->render, &view);
    app->original = original;
    app->view.changed = false;
    frame_clock_expect(&app->clock, now);
}

/* What the user wants done to presets. */
static void send_presets(App *app)
{
    PresetState *presets = &app->panel.presets;
    char **wishes[] = {&presets->save, &presets->remove};
    for (int i = 0; i < 2; i++) {
        if (*wishes[i])
            scripter_change_preset(app->scripter, app->panel.set, *wishes[i],
                                   i == 0 ? app->panel.values : NULL);
        mem_free(*wishes[i]);
        *wishes[i] = NULL;
    }
}

void app_update(App *app)
{
    double now = thread_clock_ms();
    send_presets(app);
    if (app->script_load.known && (app->panel.changed || app->values.changed))
        send_values(app, now);
    if (!app->source)
        return;
    bool original = wants_original(app, now);
    if (app->view.changed || original != app->original)
        send_view(app, original, now);
}

void app_open_file(App *app)
{
    uint64_t number = loader_want(app->loader, file_list_path(&app->files));
    wanted_file_send(&app->file, number, app->since);
    app->clock.dirty = true;
    app_set_title(app);
}

bool app_stop_script(App *app)
{
    double now = thread_clock_ms();
    if (!wanted_script_busy(&app->script_load, &app->values.answer, now) ||
        !scripter_interrupt(app->scripter))
        return false;
    if (!app->script_load.stop_ms)
        app->script_load.stop_ms = now;
    app->notice.until_ms = 0;
    app->clock.dirty = true;
    return true;
}

bool app_stop_mapping(App *app)
{
    char text[96];
    if (!render_cancel_mapping(app->render, CANCEL_STOPPED))
        return false;
    snprintf(text, sizeof text, "The mode %s was stopped: the last picture stays.",
             mode_name(app->view.mode));
    app->clock.expected = false;
    app_notice(app, text);
    return true;
}

/* The status. */

const char *app_status(const App *app, double now)
{
    const char *notice = notice_text(&app->notice, now);
    const char *busy = wanted_script_busy(&app->script_load, &app->values.answer, now);
    if (app->progress[0])
        return app->progress;
    double since = wanted_script_since(&app->script_load, &app->values.answer);
    if (busy && (!notice || notice_is_older(&app->notice, since)))
        return busy;
    if (notice)
        return notice;
    if (pending_is_slow(&app->file.answer, now))
        return "Loading …";
    return NULL;
}

int app_wait(const App *app, double now)
{
    double due = frame_clock_sooner(0, app->notice.until_ms, now);
    due = frame_clock_sooner(
        due, wanted_script_due(&app->script_load, &app->values.answer, now), now);
    due = frame_clock_sooner(due, pending_due(&app->file.answer, PENDING_SLOW_MS), now);
    return frame_clock_wait(&app->clock, due, now);
}
