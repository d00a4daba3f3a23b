#include "viewer/app/frame.h"

#include <stdio.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/thread/thread.h"
#include "viewer/app/actions.h"
#include "viewer/app/keys.h"
#include "viewer/panel/panel_view.h"
#include "viewer/widget/button_bar.h"
#include "viewer/widget/status_bar.h"

/* The window's parts. The panel takes at most two fifths of the width, in a small
 * window half of it. */
typedef struct Layout {
    Rect window, room, panel, status;
} Layout;

static Layout layout_of(const App *app, Rect window)
{
    int width = window.w, height = window.h;
    int status = ui_px(&app->ui, PT_STATUS), line = ui_px(&app->ui, 1);
    int least = rect_min(ui_px(&app->ui, PT_PANEL_LEAST), width / 2);
    int panel = rect_min(ui_px(&app->ui, PT_PANEL), rect_max(width * 2 / 5, least));
    int top = rect_max(height - status, 1);
    return (Layout){.window = window,
                    .room = {0, 0, width - panel - line, top},
                    .panel = {width - panel, 0, panel, top},
                    .status = {0, top, width, status}};
}

/* The text without the folder: "/home/me/film.py:7: …" becomes "film.py:7: …". */
static const char *short_error(const char *text)
{
    const char *from = text;
    for (const char *at = text; *at && *at != ':' && text[0] == '/'; at++)
        if (*at == '/')
            from = at + 1;
    return from;
}

/* Tell over the picture why the script could not be loaded. */
static void tell_load_error(const App *app, PictureAreaInfo *info)
{
    const WantedScript *script = &app->script_load;
    if (!script->err.kind)
        return;
    bool gone = script->err.kind == ERR_FILE;
    info->script_title =
        gone ? "The script is not there" : "The script could not be loaded";
    info->script_failure = short_error(script->err.text);
    info->script_hint = !script->known ? "It is loaded when it is saved again."
                        : gone         ? "The look stays until it comes back."
                               : "The look stays until the script is saved again.";
}

static Action pass_panel(App *app, const Layout *layout)
{
    Ui *ui = &app->ui;
    const Viewport *viewport = &app->picture.viewport;
    Rect area = layout->panel;
    int tools_height = button_bar_height(ui), line = ui_px(ui, 1);
    Rect tools = {area.x, area.y + area.h - tools_height, area.w, tools_height};
    area.h -= tools_height;
    ui_rect(ui, layout->panel, THEME_PANEL);
    ui_rect(ui, (Rect){area.x - line, 0, line, layout->panel.h}, THEME_EDGE);
    area = panel_view_header(&app->panel, ui, area, app->name);
    area = panel_view_presets(&app->panel, ui, area);
    if (app->values.err.kind && !app->script_load.err.kind) /* else it is older */
        area = panel_view_error(ui, area, short_error(app->values.err.text));
    panel_view_rows(&app->panel, ui, area);
    ButtonBar state = {.previous = app->files.at > 0,
                       .next = app->files.at < app->files.count - 1,
                       .fit = viewport->fit,
                       .actual = !viewport->fit && viewport->zoom == 1.0,
                       .before = wanted_view_is_before(&app->view)};
    return button_bar_pass(ui, tools, &state);
}

static void pass_status(App *app, const Layout *layout)
{
    const char *notice = app_status(app, thread_clock_ms());
    ImageInfo info = app->source ? app->source->info : (ImageInfo){0};
    Status status = {.file = path_name(file_list_path(&app->files)),
                     .index = app->files.at,
                     .count = app->files.count,
                     .width = app->file.err.kind ? 0 : info.width,
                     .height = info.height,
                     .depth = info.depth,
                     .zoom = viewport_zoom(&app->picture.viewport),
                     .notice = notice ? notice : panel_help(&app->panel),
                     .timed = app->shown.now.known && !app->file.err.kind,
                     .now = app->shown.now,
                     .earlier = app->shown.earlier};
    status_bar_pass(&app->ui, layout->status, &status);
}

void frame_pass(App *app, Rect window, bool recording)
{
    Ui *ui = &app->ui;
    Layout layout = layout_of(app, window);
    ui_begin(ui, layout.window, recording);
    PictureAreaInfo info = {.failure = app->file.err.kind ? app->file.err.text : NULL,
                            .before = app->source && wanted_view_is_before(&app->view)};
    tell_load_error(app, &info);
    ui->blocked = app->help.open || panel_is_covered(&app->panel);
    if (picture_area_pass(&app->picture, ui, layout.room, &info))
        app->view.changed = app->clock.dirty = true;
    Action action = pass_panel(app, &layout);
    pass_status(app, &layout);
    ui->blocked = app->help.open;
    panel_view_above(&app->panel, ui, layout.panel);
    ui->blocked = false;
    if (app->help.open)
        help_card_pass(&app->help, ui, layout.window, keys_help);
    ui_end(ui);
    if (action)
        actions_do(app, action, false);
}

/* Drawing. */

static void trace_picture(const App *app)
{
    if (!app->trace.on)
        return;
    const PictureArea *picture = &app->picture;
    char values[512] = "";
    size_t used = 0;
    for (int i = 0; i < app->panel.set->count && used < sizeof values; i++) {
        const Param *param = &app->panel.set->params[i];
        char *value = param_literal(param, app->panel.values[i]);
        used += (size_t)snprintf(values + used, sizeof values - used, " %s=%s",
                                 param->name, value);
        mem_free(value);
    }
    trace_line(
        &app->trace,
        "presented loaded=%d serial=%llu settled=%d exact=%d image=%d original=%d "
        "zoom=%.9g place=%g,%g,%g,%g processed=%.3f rendered=%.3f mode=%s whole=%d "
        "megapixels=%.6f%s",
        app->script_load.known, (unsigned long long)app->shown.serial,
        app->shown.serial == app->values.serial && !app->panel.changed,
        picture_area_is_exact(picture), app->files.at, picture->shown.original,
        viewport_zoom(&picture->viewport), (double)picture->place.x,
        (double)picture->place.y, (double)picture->place.w, (double)picture->place.h,
        app->shown.now.processed_ms, app->shown.now.rendered_ms,
        mode_name(picture->shown.mode), picture->shown.whole, app->shown.now.megapixels,
        values);
}

static void presented(App *app)
{
    double now = thread_clock_ms();
    if (!frame_clock_present(&app->clock, now))
        return;
    if (shown_present(&app->shown, now))
        frame_clock_draw_later(&app->clock, now);
    trace_picture(app);
}

/* An input method shows its list beside the field. */
static void place_input_method(const NumberField *field)
{
    SDL_Rect box = {field->box.x, field->box.y, field->box.w, field->box.h};
    if (number_field_is_open(field))
        SDL_SetTextInputRect(&box);
}

void frame_draw(App *app)
{
    frame_clock_draw(&app->clock, thread_clock_ms());
    frame_pass(app, window_rect(&app->window), true);
    window_set_cursor(&app->window, app->ui.cursor);
    place_input_method(&app->panel.field);
    painter_play(&app->painter, &app->ui.list);
    trace_frame(&app->trace, &app->ui.list);
    presented(app);
}
