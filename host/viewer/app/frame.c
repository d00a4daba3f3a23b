#include "viewer/app/frame.h"

#include <stdio.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/thread/thread.h"
#include "image/disk_image.h"
#include "viewer/action/actions.h"
#include "viewer/action/acts.h"
#include "viewer/action/opening.h"
#include "viewer/app/app_file.h"
#include "viewer/app/seeing.h"
#include "viewer/app/stale_picture.h"
#include "viewer/overlay/overlay_card.h"
#include "viewer/panel/panel_view.h"
#include "viewer/remember/text_size.h"
#include "viewer/tips/tips.h"
#include "viewer/widget/button_bar.h"
#include "viewer/widget/status_bar.h"
#include "viewer/widget/toast.h"
#include "viewer/widget/widget.h"

enum { PT_WIDER = 16 }; /* a step of the panel's width */

/* The window's parts. The panel takes a quarter of the width where that is enough.
 * Hidden, it and the status bar lie over the room. */
typedef struct Layout {
    Rect window, room, panel, status;
} Layout;

static Layout layout_of(const App *app, Rect window)
{
    int width = window.w, height = window.h;
    int status = ui_px(&app->ui, PT_STATUS), line = ui_px(&app->ui, 1);
    int least = rect_min(ui_px(&app->ui, PT_PANEL_LEAST), width / 2);
    int panel = app->panel.width
                    ? rect_clamp(ui_px(&app->ui, app->panel.width), least, width / 2)
                    : rect_clamp(width / 4, least, ui_px(&app->ui, PT_PANEL));
    int top = rect_max(height - status, 1);
    bool left = app->panel.left;
    Rect room = {left ? panel + line : 0, 0, width - panel - line, top};
    return (Layout){.window = window,
                    .room = chrome_is_hidden(&app->chrome) ? window : room,
                    .panel = {left ? 0 : width - panel, 0, panel, top},
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

/* Tell below the parameters why there is no look for their values. */
static Rect tell_values_error(App *app, Rect area)
{
    const Err *err = &app->values.err;
    bool own = err->kind == ERR_USAGE; /* a parameter's, not the script's */
    return panel_view_error(&app->ui, area, own ? "Parameter error" : "Script error",
                            short_error(err->text));
}

/* The panel's edge towards the picture. */
static int panel_edge(const App *app, Rect panel)
{
    return app->panel.left ? panel.x + panel.w : panel.x - ui_px(&app->ui, 1);
}

/* The wish, which the window may have no room for. */
static void set_panel_width(App *app, int pixels)
{
    app->panel.width = rect_max((int)(pixels / app->ui.scale), 1);
    app->panel.reveal = app->clock.dirty = true;
}

/* A drag of the edge makes the panel wider. A double click makes it as usual, and holds
 * the edge without dragging it. */
static void drag_panel(App *app, Rect panel)
{
    Ui *ui = &app->ui;
    UiId id = UI_ID(WIDGET_EDGE, 0), held = UI_ID(WIDGET_EDGE, 1);
    int reach = ui_px(ui, 3), edge = panel_edge(app, panel);
    Rect grip = {edge - reach, 0, 2 * reach + ui_px(ui, 1), panel.h};
    if (ui_press(ui, id, grip) && ui_is_double(ui)) {
        app->panel.width = 0;
        ui->active = held;
    } else if (ui->active == id && ui->in.moved) {
        int x = ui->in.x, right = panel.x + panel.w - ui_px(ui, 1);
        int wide = app->panel.left ? x - panel.x : right - x;
        set_panel_width(app, wide);
    }
    if (ui->active == id || ui->active == held || ui_over(ui, id, grip))
        ui->cursor = UI_SLIDE;
}

/* A value that is held would jump where the panel moves below the mouse. */
static void let_go_of_moved(App *app, Rect area)
{
    if (!rect_is_same(app->panel.area, area))
        widget_let_go(&app->ui);
    app->panel.area = area;
}

static Action pass_panel(App *app, const Layout *layout)
{
    Ui *ui = &app->ui;
    let_go_of_moved(app, layout->panel);
    const Viewport *viewport = &app->picture.viewport;
    Rect area = layout->panel;
    int tools_height = button_bar_height(ui), line = ui_px(ui, 1);
    Rect tools = {area.x, area.y + area.h - tools_height, area.w, tools_height};
    area.h -= tools_height;
    ui_rect(ui, layout->panel, THEME_PANEL);
    ui_rect(ui, (Rect){panel_edge(app, layout->panel), 0, line, layout->panel.h},
            THEME_EDGE);
    area = panel_view_header(&app->panel, ui, area, app->name);
    area = panel_view_presets(&app->panel, ui, area);
    app->panel.room = rect_max(area.h, 1);
    if (app->values.err.kind && !app->script_load.err.kind) /* else it is older */
        area = tell_values_error(app, area);
    panel_view_rows(&app->panel, ui, area);
    ButtonBar state = {.file = app->files.count > 0,
                       .picture = app->files.count > 0 && !app->file.err.kind,
                       .previous = app->files.at > 0,
                       .next = app->files.at < app->files.count - 1,
                       .fit = viewport->fit,
                       .actual = !viewport->fit && viewport->zoom == 1.0,
                       .before = wanted_view_is_before(&app->view)};
    app->opener.chooser.box = rect_inset(tools, ui_px(ui, PT_PAD));
    return button_bar_pass(ui, tools, &state);
}

static void pass_modes(App *app, Rect window)
{
    Mode chosen;
    if (mode_menu_is_open(&app->modes) &&
        mode_menu_pass(&app->modes, &app->ui, window, &chosen))
        act_modes_chosen(app, chosen);
}

/* The action that was chosen; NULL: none. */
static const char *pass_picture_menu(App *app, Rect window)
{
    PictureMenuState state = seeing_menu_state(app);
    return menu_is_open(&app->picture_menu)
               ? picture_menu_pass(&app->picture_menu, &app->ui, window, &state)
               : NULL;
}

static void pass_status(App *app, const Layout *layout)
{
    char pixel[PIXEL_VALUE_TEXT];
    const ShownFile *file = &app->shown.file;
    Status status = {.file = path_name(app_file(app)),
                     .gone = app->file.gone,
                     .index = file_list_find(&app->files, app_file(app)),
                     .count = app->files.count,
                     .width = file->info.width,
                     .height = file->info.height,
                     .depth = file->info.depth,
                     .profile = file->profile,
                     .bare = app->view.bare && file->converted,
                     .zoom = viewport_zoom(&app->picture.viewport),
                     .pixel = seeing_pixel(app, pixel),
                     .timed = app->times && app->shown.now.known && !app->file.err.kind,
                     .now = app->shown.now,
                     .earlier = app->shown.earlier};
    Rect bar = layout->status;
    if (mode_menu_button(&app->modes, &app->ui, &bar, app->view.mode))
        act_modes_press(app);
    status_bar_pass(&app->ui, bar, &status);
}

bool frame_is_covered(const App *app)
{
    return app->help.open || panel_is_covered(&app->panel) ||
           mode_menu_is_open(&app->modes) || menu_is_open(&app->picture_menu) ||
           save_dialog_is_open(&app->save.dialog) || opening_is_open(app);
}

/* The parts that are hidden, unless the mouse or something that happens calls them. */
static void call_hidden(App *app, const Layout *layout)
{
    const Ui *ui = &app->ui;
    const Panel *panel = &app->panel;
    bool over =
        ui->active == UI_ID(WIDGET_PICTURE, 0) || ui->active == UI_ID(WIDGET_SPLIT, 0);
    ChromeSight sight = {.x = over ? -1 : ui->in.x,
                         .y = ui->in.y,
                         .moved = ui->in.moved,
                         .busy = (ui->active && !over) || panel_is_covered(panel) ||
                                 number_field_is_open(&panel->field) ||
                                 app->opener.state == OPENER_LISTS ||
                                 app->values.err.kind,
                         .listed = mode_menu_is_open(&app->modes),
                         .edge = ui_px(ui, PT_EDGE),
                         .window = layout->window,
                         .panel = layout->panel,
                         .status = layout->status};
    chrome_update(&app->chrome, &sight);
}

/* Is the mouse over something that lies over the room? */
static bool is_over_called(const App *app, const Layout *layout)
{
    int x = app->ui.in.x, y = app->ui.in.y;
    return (app->chrome.panel && rect_has(layout->panel, x, y)) ||
           (app->chrome.status && rect_has(layout->status, x, y));
}

/* The part of `room` that the called panel and bar leave. */
static Rect uncovered(const App *app, const Layout *layout, Rect room)
{
    const Chrome *chrome = &app->chrome;
    Rect panel = layout->panel;
    int end = room.x + room.w, inner = panel.x + panel.w;
    if (chrome->panel && app->panel.left) {
        room.x = rect_clamp(inner, room.x, end);
        room.w = end - room.x;
    } else if (chrome->panel) {
        room.w = rect_clamp(panel.x, room.x, end) - room.x;
    }
    if (chrome->status)
        room.h = rect_clamp(layout->status.y - room.y, 0, room.h);
    return room;
}

/* The picture and what lies over it. */
static void pass_picture(App *app, const Layout *layout)
{
    Ui *ui = &app->ui;
    Overlay *overlay = &app->overlay;
    LoupeSight sight = picture_area_sight(&app->picture);
    bool split = seeing_is_split(app);
    overlay->blank = app->file.err.kind;
    overlay->low = app_file_reading(app, thread_clock_ms());
    Rect room =
        overlay_card_place(overlay, ui, layout->room, sight.width, sight.height);
    overlay_card_dodge(overlay, ui, uncovered(app, layout, room));
    sight.room = room;
    overlay_handle(overlay, ui, &sight);
    char how[INVITATION_TEXT];
    PictureAreaInfo info = {.seen = uncovered(app, layout, room),
                            .failure = app->file.err.kind ? app->file.err.text : NULL,
                            .before = app->pyramid && wanted_view_is_before(&app->view),
                            .stale = stale_picture_mark(app),
                            .reading = app_file_reading(app, thread_clock_ms()),
                            .partial = app->file.partial_ms > 0,
                            .awaited = app->files.count ? NULL : app->file.follow,
                            .empty = opening_invitation(app, how),
                            .split = split ? split_before(&overlay->split, sight.place)
                                           : (Rect){0},
                            .surround = overlay_surround(overlay)};
    if (info.reading)
        info.percent = loader_progress(app->loader);
    tell_load_error(app, &info);
    if (picture_area_pass(&app->picture, ui, room, &info))
        app->view.changed = app->clock.dirty = true;
    if (app->picture.resume)
        stale_picture_retry(app);
    if (app->picture.open)
        opening_begin(app);
    if (app->picture.twice)
        actions_mouse(app, MOUSE_LEFT_DOUBLE, 1);
    sight = picture_area_sight(&app->picture);
    overlay_follow(overlay, ui, &sight);
    overlay_draw(overlay, ui, &sight, split);
}

/* Ctrl with the wheel, where no slider has taken it. */
static int wheel_for_text(const App *app, const Layout *layout)
{
    const UiInput *in = &app->ui.in;
    bool over =
        rect_has(layout->panel, in->x, in->y) || rect_has(layout->status, in->x, in->y);
    if (!in->fine || !over || in->wheel == 0 || frame_is_covered(app))
        return 0;
    return in->wheel > 0 ? 1 : -1;
}

void frame_pass(App *app, Rect window, bool recording)
{
    Ui *ui = &app->ui;
    Layout layout = layout_of(app, window);
    bool shown = !chrome_is_hidden(&app->chrome);
    Action action = ACTION_NONE;
    ui_begin(ui, layout.window, recording);
    call_hidden(app, &layout);
    bool covered = frame_is_covered(app);
    ui->blocked = covered;
    if (shown)
        drag_panel(app, layout.panel);
    ui->blocked = covered || is_over_called(app, &layout);
    pass_picture(app, &layout);
    ui->blocked = covered;
    app->panel.hover = -1;
    if (shown || app->chrome.panel)
        action = pass_panel(app, &layout);
    if (shown || app->chrome.status)
        pass_status(app, &layout);
    toast_pass(ui, uncovered(app, &layout, app->picture.room),
               app_status(app, thread_clock_ms()));
    ui->blocked = app->help.open || save_dialog_is_open(&app->save.dialog);
    panel_view_above(&app->panel, ui, layout.panel);
    pass_modes(app, layout.window);
    const char *chosen = pass_picture_menu(app, layout.window);
    ui->blocked = app->help.open;
    opening_pass(app, layout.panel, layout.room);
    save_dialog_pass(&app->save.dialog, ui, layout.room);
    tips_pass(app, layout.window, frame_is_covered(app));
    int text_steps = wheel_for_text(app, &layout);
    ui->blocked = false;
    if (app->help.open)
        help_card_pass(&app->help, ui, layout.window, app->keys.lines);
    ui_end(ui);
    if (action)
        actions_do(app, action);
    if (chosen)
        actions_named(app, chosen);
    if (text_steps)
        frame_text_size(app, text_steps);
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
        "colors=%d zoom=%.9g turn=%d place=%g,%g,%g,%g processed=%.3f rendered=%.3f "
        "mode=%s "
        "whole=%d "
        "megapixels=%.6f%s",
        app->script_load.known, (unsigned long long)app->shown.serial,
        app->shown.serial == app->values.serial && !app->panel.changed,
        picture_area_is_exact(picture) && !picture->now.view.rough,
        file_list_find(&app->files, app_file(app)), picture->now.view.original,
        picture->now.view.colors != 0, viewport_zoom(&picture->viewport),
        picture->now.view.quarters, (double)picture->now.place.x,
        (double)picture->now.place.y, (double)picture->now.place.w,
        (double)picture->now.place.h, app->shown.now.processed_ms,
        app->shown.now.rendered_ms, mode_name(picture->now.view.mode),
        picture->now.view.whole, app->shown.now.megapixels, values);
}

/* The first slider, in SDL's window units. */
static Rect first_slider(const App *app)
{
    double ratio = window_ratio(&app->window);
    for (int i = 0; i < app->panel.set->count; i++) {
        const Param *param = &app->panel.set->params[i];
        Rect at = draw_list_place(&app->ui.list, param->name);
        if (param->kind == PARAM_SLIDER)
            return (Rect){(int)(at.x / ratio), (int)(at.y / ratio), (int)(at.w / ratio),
                          (int)(at.h / ratio)};
    }
    return (Rect){0};
}

/* Does the picture show the whole image processed, or as much as can be of one that
 * lies on the disk? */
static bool is_whole(const App *app)
{
    bool disk = app->source && disk_image_is(app->source);
    return app->picture.now.view.whole || (app->view.whole && disk);
}

static void measure_picture(const App *app, double now)
{
    const View *shown = &app->picture.now.view;
    measure_frame(app->measure,
                  &(MeasuredFrame){
                      .now = now,
                      .since = app->shown.since,
                      .image = shown->image,
                      .settled = app->shown.serial == app->values.serial &&
                                 !app->panel.changed && !app->values.changed &&
                                 !app->file.rough &&
                                 picture_area_is_exact(&app->picture),
                      .whole = is_whole(app),
                      .at_hand = app->file.at_hand,
                      .zoom = viewport_zoom(&app->picture.viewport),
                      .megapixels = app->shown.now.megapixels,
                      .made_ms = app->shown.now.made_ms,
                      .made_at = app->shown.now.made_at,
                      .slider = first_slider(app),
                      .window = window_rect(&app->window),
                      .info = pyramid_info(app->pyramid),
                  });
}

static void presented(App *app)
{
    double now = thread_clock_ms();
    if (!frame_clock_present(&app->clock, now))
        return;
    render_go_on(app->render);
    if (!app->started)
        loader_go_on(app->loader);
    app->started = true;
    if (shown_present(&app->shown, now))
        frame_clock_draw_later(&app->clock, now);
    trace_picture(app);
    if (app->measure && app->shown.serial)
        measure_picture(app, now);
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
    Rect window = window_rect(&app->window);
    frame_clock_draw(&app->clock, thread_clock_ms());
    frame_pass(app, window, true);
    window_set_cursor(&app->window, app->ui.cursor);
    place_input_method(&app->panel.field);
    seeing_show_graphs(app);
    Damage damage = painter_play(&app->painter, &app->ui.list, window);
    trace_frame(&app->trace, &app->ui.list);
    if (window_send(&app->window, &damage))
        return;
    painter_present(&app->painter);
    presented(app);
}

bool frame_collect(App *app)
{
    if (window_collect(&app->window))
        presented(app);
    return !window_is_busy(&app->window);
}

void frame_rehearse(App *app)
{
    Rect window = window_rect(&app->window);
    frame_pass(app, window, true);
    if (!app->file.answer.waiting)
        return;
    painter_play(&app->painter, &app->ui.list, window);
    painter_spoil(&app->painter);
}

void frame_forget(App *app)
{
    painter_forget(&app->painter);
    picture_area_forget(&app->picture);
    seeing_forget(app);
    app->view.changed = app->clock.dirty = true;
}

void frame_set_renderer(App *app)
{
    painter_set_renderer(&app->painter, app->window.renderer,
                         window_keeps(&app->window));
}

void frame_resize(App *app)
{
    Err err;
    frame_rescale(app);
    if (!window_is_outgrown(&app->window))
        return;
    frame_forget(app);
    if (!window_renew(&app->window, &err)) {
        app->fatal = err;
        app->quit = true;
    }
    frame_set_renderer(app); /* NULL, where there is none: the old one is gone */
}

/* As the user wants it, or what is left for the least window. */
static double text_size(const App *app)
{
    double most = window_room(&app->window) / window_scale(&app->window);
    return text_size_within(app->session.text_size, most);
}

double frame_scale(const App *app)
{
    return window_scale(&app->window) * text_size(app);
}

void frame_rescale(App *app)
{
    double scale = frame_scale(app);
    Err err;
    window_set_least(&app->window);
    if (scale == app->ui.scale)
        return;
    if (!painter_rescale(&app->painter, scale, &err)) {
        log_error("%s", err.text);
        return;
    }
    app->ui.measure = font_measure(app->painter.font);
    app->ui.scale = scale;
    app->clock.dirty = app->view.changed = app->panel.reveal = true;
}

void frame_follow_display(App *app)
{
    const Block *icc = window_profile(&app->window);
    app->window.display = window_display(&app->window);
    app->clock.dirty = true;
    frame_resize(app);
    bool coming = app->pyramid || app->file.answer.waiting;
    if (icc && loader_use_profile(app->loader, icc) && coming && !app->file.gone)
        app_open_file(app);
}

void frame_panel_width(App *app, int steps)
{
    Rect window = window_rect(&app->window);
    int more = ui_px(&app->ui, steps * PT_WIDER);
    set_panel_width(app, layout_of(app, window).panel.w + more);
    /* What the layout makes of it: the next step begins there. */
    set_panel_width(app, layout_of(app, window).panel.w);
}

void frame_text_size(App *app, int steps)
{
    char text[96];
    app->session.text_size = text_size_step(text_size(app), steps);
    double size = text_size(app);
    bool full = size < app->session.text_size;
    app->session.text_size = size;
    snprintf(text, sizeof text, "The size of the text: %.0f%%%s", 100 * size,
             full ? ". The window has no room for larger text." : "");
    app_notice(app, text);
    frame_rescale(app);
}
