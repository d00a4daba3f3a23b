#include "viewer/app/app.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/thread/thread.h"
#include "image/disk_image.h"
#include "viewer/load/picture_drop.h"

/* The progress of a faster mapping is not shown. */
static const double SHOW_MAPPING_MS = 300;
/* How often the mark of a file that is being read is drawn again. */
static const double MARK_AGAIN_MS = 250;
/* So long after the last write a file counts as one whose rest does not come. */
static const double REST_MS = 3000;
/* How often the progress of a picture that is being saved is looked at. */
static const double SAVING_MS = 100;

void app_notice(App *app, const char *text)
{
    notice_set(&app->notice, text, thread_clock_ms());
    app->clock.dirty = true;
    trace_line(&app->trace, "notice %s", text);
}

const char *app_file(const App *app)
{
    const char *folder = app->file.follow ? app->file.follow : "";
    const char *wanted = app->files.count ? file_list_path(&app->files) : folder;
    const char *read = app->path ? app->path : wanted;
    return app->shown.file.path ? app->shown.file.path : read;
}

void app_set_title(const App *app)
{
    if (!app->window.window)
        return;
    const char *name = path_name(app_file(app));
    char *title =
        mem_printf("%s%s%s%s — lutist", name, app->file.gone ? " (deleted)" : "",
                   *name ? " — " : "", app->name);
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
                             answer->plan_colors, &answer->err)) {
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
    int width = app->panel.width;
    bool left = app->panel.left;
    panel_term(&app->panel);
    panel_init(&app->panel, news->set,
               param_values_copy(news->values, news->set->count));
    panel_use_errands(&app->panel, app->errands);
    app->panel.width = width;
    app->panel.left = left;
    sidecars_begin(&app->session.sidecars, &app->panel);
    return true;
}

/* Another look, or the same script again, or why it is where it is. */
static void tell_of_script(App *app, const ScripterNews *news, bool other)
{
    char *text = other ? mem_printf("Look: %s", news->name)
                       : mem_dup("The script was loaded again.");
    if (news->notice || app->script_load.known)
        app_notice(app, news->notice ? news->notice : text);
    mem_free(text);
}

/* The step of a load is one of its own. */
static void note_script(App *app, const char *spec)
{
    mem_free(app->script);
    app->script = mem_dup(spec);
    edit_begin_gesture(&app->edit);
    edit_arrive(&app->edit, &app->panel, app->script);
    edit_note(&app->edit, &app->panel, app->script);
    edit_begin_gesture(&app->edit);
    look_menu_note(&app->panel.looks, app->script);
}

/* Another script is in force. */
static bool take_script(App *app, const ScripterNews *news)
{
    if (app->script_load.known)
        panel_reload(&app->panel, &app->ui, news->set);
    else if (!begin_panel(app, news))
        return false;
    bool other = strcmp(app->script, news->spec) != 0;
    mem_free(app->name);
    mem_free(app->about);
    app->name = mem_dup(news->name);
    app->about = mem_dup(news->about);
    note_script(app, news->spec);
    panel_set_home(&app->panel, news->folder);
    app_set_title(app);
    tell_of_script(app, news, other);
    app->script_load.known = app->values.changed = true;
    app->since = thread_clock_ms();
    return true;
}

/* The look of the last window cannot be had. */
static void fall_back(App *app, const ScripterNews *news)
{
    char *text = mem_printf("The last look, %s, could not be loaded: this is %s.",
                            app->name, app->session.fallback);
    log_error("%s: %s", app->script, news->err.text);
    app_notice(app, text);
    mem_free(text);
    scripter_load(app->scripter, app->session.fallback);
    wanted_script_send(&app->script_load, thread_clock_ms());
    app->script_load.err = (Err){0};
    app->session.fallback = NULL;
}

/* A script that cannot be loaded at the start ends the program. */
static void take_load_error(App *app, const ScripterNews *news)
{
    if (news->loads == 1 && app->session.fallback && news->err.kind != ERR_ENV) {
        fall_back(app, news);
        return;
    }
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
    if (news->err.kind)
        edit_give_up(&app->edit);
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

/* The picture's profile, or the display's, is told of if it is not used. The notice of
 * a picture's profile goes with the picture. */
static void take_source(App *app, Loaded *loaded)
{
    if (app->colors.err.kind && !app->colors.of_display)
        notice_withdraw(&app->notice, app->colors.err.text);
    picture_drop(app->errands, &app->pyramid);
    picture_colors_clear(&app->colors);
    app->pyramid = loaded->pyramid;
    app->source = pyramid_image(app->pyramid);
    app->colors = loaded->colors;
    loaded->pyramid = NULL;
    loaded->colors = (PictureColors){0};
    if (app->colors.err.kind)
        app_notice(app, app->colors.err.text);
}

void app_take_exported(void *context, const Exported *exported)
{
    app_notice(context, exported->text);
    if (exported->err.kind)
        log_error("%s", exported->text);
    else
        log_info("%s", exported->text);
}

/* The screen shows the newest picture, or why there is none. */
static void note_shown(App *app)
{
    ShownFile file = {.path = app->path};
    if (!app->file.err.kind) {
        file.info = pyramid_info(app->pyramid);
        file.converted = app->colors.conversion;
        memcpy(file.profile, app->colors.profile, sizeof file.profile);
    }
    if (shown_file(&app->shown, &file))
        app_set_title(app);
}

/* The file may be in the middle of being written: the next write is a new try. */
static void await_rest(App *app, const Loaded *loaded)
{
    app->file.partial_ms = thread_clock_ms() + REST_MS;
    trace_line(&app->trace, "incomplete %s", loaded->err.text);
}

/* Nothing has been written for a while. */
static void tell_rest(App *app, double now)
{
    if (!app->file.partial_ms || now < app->file.partial_ms)
        return;
    char *text =
        mem_printf("%s is not complete%s", path_name(file_list_path(&app->files)),
                   app->path ? ": the picture before it stays." : ".");
    app->file.partial_ms = 0;
    app_notice(app, text);
    mem_free(text);
}

/* Another picture has come, or none. */
static void show_values(App *app)
{
    bool there = app->path && !app->file.err.kind;
    if (!app->session.sidecars.keeper)
        return;
    char *picture = there ? path_join(app->save.folder, app->path) : NULL;
    char *shown = path_join(app->save.folder, app_file(app));
    sidecars_show(&app->session.sidecars, picture, shown, &app->panel, app->name);
    mem_free(picture);
    mem_free(shown);
}

void app_take_image(void *context, Loaded *loaded)
{
    App *app = context;
    if (!wanted_file_answer(&app->file, loaded->number, &loaded->err)) {
        picture_drop(app->errands, &loaded->pyramid);
        return;
    }
    app->clock.dirty = true;
    if (app->watch)
        folder_watch_picture(app->watch, loaded->path, loaded->stamp);
    if (!loaded->pyramid && app->file.again) {
        await_rest(app, loaded);
        return;
    }
    mem_free(app->path);
    app->path = loaded->path;
    loaded->path = NULL;
    app_set_title(app); /* the same file may be back */
    show_values(app);
    if (!loaded->pyramid) {
        note_shown(app);
        trace_line(&app->trace, "failure %s", loaded->err.text);
        return;
    }
    trace_line(&app->trace, "file %s at_hand=%d rough=%d", app->path, loaded->at_hand,
               !pyramid_image(loaded->pyramid));
    take_source(app, loaded);
    app->file.rough = !app->source;
    app->file.at_hand = loaded->at_hand;
    app->since = app->file.answer.since_ms;
    picture_area_set_image(&app->picture, loaded->number, pyramid_info(app->pyramid),
                           turns_of(&app->session.turns, app->path));
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
    app->clock.expected = false;
    app_notice(app, text);
    log_error("%s", err->text);
    if (err->kind == ERR_ENV)
        mode_menu_tell(&app->modes, mode, text);
    if (err->kind == ERR_ENV && mode == app->view.mode)
        wanted_view_set_mode(&app->view, shown_mode_before(&app->shown, mode));
}

/* The first picture in another mode tells what the change costs, if the bar does not.
 */
static void tell_mode_time(App *app, const Timing *now)
{
    char text[TIMING_TEXT];
    const Timing *before = &app->shown.now;
    if (before->known && before->mode != now->mode && !app->times)
        app_notice(app, timing_text_change(now, before, text));
}

void app_take_picture(void *context, const Picture *picture)
{
    App *app = context;
    const View *view = &picture->view;
    Err err = picture->err;
    if (view->image != app->picture.image)
        return;
    if (err.kind ||
        !painter_set_picture(&app->painter, PICTURE_NOW, picture->pixels,
                             view_screen_width(view), view_screen_height(view), &err) ||
        !painter_set_rest(&app->painter, picture->rest, &err)) {
        take_failure(app, view->mode, &err);
        return;
    }
    picture_area_take(&app->picture, view);
    note_shown(app);
    Timing timing = {.mode = view->mode,
                     .whole = view->whole,
                     .megapixels = picture->megapixels,
                     .processed_ms = picture->processed_ms,
                     .made_ms = picture->made_ms};
    mode_menu_take(&app->modes, &timing);
    if (picture->serial)
        tell_mode_time(app, &timing);
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

/* To the display's colours; NULL: none is wanted or needed. */
static ColorConversion *wanted_colors(const App *app)
{
    return app->view.bare ? NULL : app->colors.conversion;
}

static uint64_t colors_number(const App *app)
{
    const ColorConversion *colors = wanted_colors(app);
    return colors ? colors->number : 0;
}

/* The plan depends on the image's depth and on its conversion. */
static void send_values(App *app, double now)
{
    int depth = app->pyramid ? pyramid_info(app->pyramid).depth : 8;
    app->panel.changed = false;
    app->clock.dirty = true;
    frame_clock_expect(&app->clock, now);
    loader_put_off(app->loader);
    bool look = app->overlay.wish.tones || app->overlay.wish.pixels;
    uint64_t serial = wanted_values_send(&app->values, now);
    if (look)
        app->overlay.look_serial = serial;
    scripter_want(app->scripter, app->panel.set, app->panel.values, depth,
                  wanted_colors(app), look, serial, app->since);
}

/* The unprocessed image is shown when there is no plan for its depth and none is
 * expected soon: it is better than nothing. */
static bool wants_original(const App *app, double now)
{
    return wanted_view_is_before(&app->view) ||
           (!app->script_load.known && app->script_load.err.kind) ||
           wanted_values_are_lost(&app->values, pyramid_info(app->pyramid).depth,
                                  colors_number(app), now);
}

/* Developed as a whole it would take as much memory again. */
static bool is_on_disk(const App *app)
{
    return app->source && disk_image_is(app->source);
}

static void send_view(App *app, bool original, double now)
{
    ViewportPart seen = viewport_visible(&app->picture.viewport);
    Turn turn = app->picture.turn;
    bool swaps = turn_swaps(turn.quarters);
    if (seen.width < 1 || seen.height < 1)
        return;
    View view = {.pyramid = app->pyramid,
                 .image = app->picture.image,
                 .area = turn_stored(turn, seen.area),
                 .width = swaps ? seen.height : seen.width,
                 .height = swaps ? seen.width : seen.height,
                 .quarters = turn.quarters,
                 .mode = app->view.mode,
                 .whole = app->view.whole && !is_on_disk(app),
                 .rough = !app->source,
                 .original = original,
                 .colors = colors_number(app),
                 .before = wanted_colors(app) ? app->colors.plan : NULL,
                 .clipping = app->overlay.clipping,
                 .deep = app->window.deep,
                 .checker = ui_px(&app->ui, 8),
                 .since = app->since};
    loader_put_off(app->loader);
    render_show(app->render, &view);
    app->original = original;
    app->view.changed = false;
    frame_clock_expect(&app->clock, now);
}

/* The script that the user wants. */
static void send_look(App *app)
{
    LookMenu *looks = &app->panel.looks;
    if (looks->wanted && edit_awaits_other(&app->edit, looks->present))
        edit_give_up(&app->edit);
    if (looks->wanted)
        scripter_load(app->scripter, looks->present);
    looks->wanted = false;
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

/* Put them on the panel, if they are known and were not. */
static void use_values(App *app)
{
    char notice[512];
    if (!app->script_load.known || !sidecars_apply(&app->session.sidecars, &app->panel,
                                                   app->name, notice, sizeof notice))
        return;
    edit_restart(&app->edit, &app->panel, app->script);
    app->panel.changed = false; /* not by the user */
    wanted_values_replace(&app->values);
    trace_line(&app->trace, "values of %s", app->session.sidecars.picture);
    if (notice[0])
        app_notice(app, notice);
}

void app_update(App *app)
{
    if (app->panel.told[0])
        app_notice(app, app->panel.told);
    app->panel.told[0] = '\0';
    double now = thread_clock_ms();
    tell_rest(app, now);
    send_look(app);
    send_presets(app);
    use_values(app);
    if (sidecars_wait(&app->session.sidecars))
        return;
    if (app->panel.changed)
        wanted_view_leave_before(&app->view);
    if (app->script_load.known && app->panel.changed)
        edit_note(&app->edit, &app->panel, app->script);
    if (app->script_load.known && (app->panel.changed || app->values.changed))
        send_values(app, now);
    if (!app->pyramid || wanted_values_hold(&app->values))
        return;
    bool original = wants_original(app, now);
    if (app->view.changed || original != app->original)
        send_view(app, original, now);
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
    if (app->save.waiting &&
        (!notice || notice_is_older(&app->notice, app->save.since_ms)))
        return app->save.text;
    return notice;
}

/* The mark comes after a moment, and then tells how far the reading is. */
static double mark_due(const App *app, double now)
{
    double due = app->file.answer.since_ms + PENDING_MARK_MS;
    if (!wanted_file_is_read(&app->file))
        return 0;
    return due <= now ? now + MARK_AGAIN_MS : due;
}

int app_wait(const App *app, double now)
{
    if (window_is_busy(&app->window))
        return -1;
    double due = frame_clock_sooner(0, app->notice.until_ms, now);
    due = frame_clock_sooner(
        due, wanted_script_due(&app->script_load, &app->values.answer, now), now);
    due = frame_clock_sooner(due, mark_due(app, now), now);
    due = frame_clock_sooner(due, app->file.partial_ms, now);
    if (app->save.waiting)
        due = frame_clock_sooner(due, now + SAVING_MS, now);
    due = frame_clock_sooner(due, tip_due(&app->tip, now), now);
    return frame_clock_wait(&app->clock, due, now);
}
