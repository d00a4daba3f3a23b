#include "viewer/app/app.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/thread/thread.h"
#include "image/disk_image.h"

/* The progress of a faster mapping is not shown. */
static const double SHOW_MAPPING_MS = 300;
/* How often the mark of a file that is being read is drawn again. */
static const double MARK_AGAIN_MS = 250;
/* How often the progress of a picture that is being saved is looked at. */
static const double SAVING_MS = 100;

void app_notice(App *app, const char *text)
{
    notice_set(&app->notice, text, thread_clock_ms());
    app->clock.dirty = true;
    trace_line(&app->trace, "notice %s", app->notice.text);
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

/* The hand is at work, unless what is sent is for another picture. */
static void put_off_loading(const App *app)
{
    if (app->picture.now.view.image == app->picture.image)
        loader_put_off(app->loader);
}

/* The plan depends on the image's depth and on its conversion. */
static void send_values(App *app, double now)
{
    int depth = app->pyramid ? pyramid_info(app->pyramid).depth : 8;
    app->panel.changed = false;
    app->clock.dirty = true;
    frame_clock_expect(&app->clock, now);
    put_off_loading(app);
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
    put_off_loading(app);
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
    app->panel.changed = app->panel.moved = false; /* not by the user */
    wanted_values_replace(&app->values);
    trace_line(&app->trace, "values of %s", app->session.sidecars.picture);
    if (notice[0])
        app_notice(app, notice);
}

/* Nothing has been written for a while. */
static void tell_rest(App *app, double now)
{
    if (!app->file.partial_ms || now < app->file.partial_ms)
        return;
    char *text = mem_printf("%s%s", app->file.partial.text,
                            app->path ? "; the picture before it stays" : "");
    app->file.partial_ms = 0;
    app_notice(app, text);
    mem_free(text);
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
    wanted_view_follow(&app->view, &app->panel.moved);
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
