#include "viewer/app/app.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/thread/thread.h"
#include "viewer/app/app_file.h"
#include "viewer/app/exchange.h"
#include "viewer/picture/picture_drop.h"

/* So long after the last write a file counts as one whose rest does not come. */
static const double REST_MS = 3000;

/* Other errors have none. */
static void tell_trace(const Err *err)
{
    if (err->trace[0])
        log_trace(err->trace);
}

/* The traceback goes to the terminal, but not twice in a row. */
void app_take_answer(void *context, const ScripterAnswer *answer)
{
    App *app = context;
    if (wanted_values_answer(&app->values, answer->serial, answer->plan_depth,
                             answer->plan_colors, &answer->err)) {
        tell_trace(&answer->err);
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
        tell_trace(&news->err);
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
    if (presets->refused)
        panel_ask_name(&app->panel, presets->refused, problem);
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
    ShownFile file = {.path = app->path, .stamp = app->file.stamp};
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
    app->file.partial = loaded->err;
    app_file_name_alone(&app->file.partial, loaded->path);
    trace_line(&app->trace, "incomplete %s", loaded->err.text);
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

/* Close a window that opened for one file and has never shown it. */
static void close_in_vain(App *app)
{
    if (!app->file.only || app->file.shown || app->files.count != 1 || app->fatal.kind)
        return;
    app->fatal = app->file.err;
    app->quit = true;
}

void app_take_image(void *context, Loaded *loaded)
{
    App *app = context;
    if (!wanted_file_answer(&app->file, loaded->number, &loaded->err)) {
        picture_drop(app->errands, &loaded->pyramid);
        return;
    }
    app->clock.dirty = true;
    if (exchange_answer(app, loaded))
        return;
    if (app->watch)
        folder_watch_picture(app->watch, loaded->path, loaded->stamp);
    if (!loaded->pyramid && app->file.again) {
        await_rest(app, loaded);
        return;
    }
    mem_free(app->path);
    app->path = loaded->path;
    app->file.stamp = loaded->stamp;
    loaded->path = NULL;
    app_set_title(app); /* the same file may be back */
    show_values(app);
    if (!loaded->pyramid) {
        note_shown(app);
        trace_line(&app->trace, "failure %s", loaded->err.text);
        close_in_vain(app);
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

/* False: it is not shown. */
static bool take_picture(App *app, const Picture *picture)
{
    const View *view = &picture->view;
    Err err = picture->err;
    if (view->image != app->picture.image)
        return false;
    if (err.kind ||
        !painter_set_picture(&app->painter, PICTURE_NOW, picture->pixels,
                             view_screen_width(view), view_screen_height(view), &err) ||
        !painter_set_rest(&app->painter, picture->rest, &err)) {
        take_failure(app, view->mode, &err);
        return false;
    }
    picture_area_take(&app->picture, view);
    note_shown(app);
    Timing timing = {.mode = view->mode,
                     .whole = view->whole,
                     .megapixels = picture->megapixels,
                     .processed_ms = picture->processed_ms,
                     .made_ms = picture->made_ms,
                     .made_at = picture->made_at};
    mode_menu_take(&app->modes, &timing);
    if (picture->serial)
        tell_mode_time(app, &timing);
    shown_take(&app->shown, picture->serial, picture->since, &timing);
    frame_clock_take(&app->clock);
    return true;
}

void app_take_picture(void *context, const Picture *picture)
{
    App *app = context;
    if (!take_picture(app, picture))
        render_go_on(app->render);
}
