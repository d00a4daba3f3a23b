#include "viewer/app/loop.h"

#include <stdio.h>

#include "base/log.h"
#include "base/path.h"
#include "base/thread/thread.h"
#include "viewer/app/actions.h"
#include "viewer/app/keys.h"
#include "viewer/widget/button_bar.h"
#include "viewer/widget/status_bar.h"

/* A pass. */

/* The window's parts. The panel takes at most two fifths of it, or, in a small one,
 * half of it. */
typedef struct Layout {
    Rect window, room, panel, status;
} Layout;

static Layout layout_of(const App *app)
{
    int width, height;
    window_size(&app->window, &width, &height);
    int status = ui_px(&app->ui, PT_STATUS), line = ui_px(&app->ui, 1);
    int least = rect_min(ui_px(&app->ui, PT_PANEL_LEAST), width / 2);
    int panel = rect_min(ui_px(&app->ui, PT_PANEL), rect_max(width * 2 / 5, least));
    int top = rect_max(height - status, 1);
    return (Layout){.window = {0, 0, width, height},
                    .room = {0, 0, width - panel - line, top},
                    .panel = {width - panel, 0, panel, top},
                    .status = {0, top, width, status}};
}

/* "/home/me/film.py:7: ValueError: …" without the folder. */
static const char *short_error(const char *text)
{
    const char *from = text;
    for (const char *at = text; *at && *at != ':' && text[0] == '/'; at++)
        if (*at == '/')
            from = at + 1;
    return from;
}

static Action pass_panel(App *app, const Layout *layout)
{
    Ui *ui = &app->ui;
    const Canvas *canvas = &app->scene.canvas;
    Rect area = layout->panel;
    int tools_height = button_bar_height(ui), line = ui_px(ui, 1);
    Rect tools = {area.x, area.y + area.h - tools_height, area.w, tools_height};
    area.h -= tools_height;
    ui_rect(ui, layout->panel, THEME_PANEL);
    ui_rect(ui, (Rect){area.x - line, 0, line, layout->panel.h}, THEME_EDGE);
    area = panel_header(&app->panel, ui, area, scripter_name(app->scripter));
    if (app->values.err.kind)
        area = button_bar_error(ui, area, short_error(app->values.err.text));
    panel_rows(&app->panel, ui, area);
    ButtonBar state = {.previous = app->files.at > 0,
                       .next = app->files.at < app->files.count - 1,
                       .fit = canvas->fit,
                       .actual = !canvas->fit && canvas->zoom == 1.0,
                       .before = wanted_view_is_before(&app->view)};
    return button_bar_pass(ui, tools, &state);
}

static void pass_status(App *app, const Layout *layout)
{
    ImageInfo info = app->source ? app->source->info : (ImageInfo){0};
    Status status = {.file = path_name(files_path(&app->files)),
                     .index = app->files.at,
                     .count = app->files.count,
                     .width = app->file.err.kind ? 0 : info.width,
                     .height = info.height,
                     .depth = info.depth,
                     .zoom = canvas_zoom(&app->scene.canvas),
                     .notice = app_status(app, thread_clock_ms()),
                     .timed = app->shown.now.known && !app->file.err.kind,
                     .now = app->shown.now,
                     .earlier = app->shown.earlier};
    status_bar_pass(&app->ui, layout->status, &status);
}

static void pass(App *app, bool recording)
{
    Ui *ui = &app->ui;
    Layout layout = layout_of(app);
    ui_begin(ui, layout.window, recording);
    SceneInfo scene = {.failure = app->file.err.kind ? app->file.err.text : NULL,
                       .before = app->source && wanted_view_is_before(&app->view)};
    ui->blocked = app->help.open || menu_is_open(&app->panel.menu);
    if (scene_pass(&app->scene, ui, layout.room, &scene))
        app->view.changed = app->clock.dirty = true;
    Action action = pass_panel(app, &layout);
    pass_status(app, &layout);
    ui->blocked = app->help.open;
    panel_above(&app->panel, ui, layout.panel);
    ui->blocked = false;
    if (app->help.open)
        help_card_pass(&app->help, ui, layout.window);
    ui_end(ui);
    window_set_cursor(&app->window, ui->cursor);
    if (action)
        actions_do(app, action, false);
    ui->in.pressed = ui->in.released = ui->in.moved = false;
    ui->in.wheel = 0;
}

/* Drawing. */

static void trace_picture(const App *app)
{
    if (!app->trace.on)
        return;
    const Scene *scene = &app->scene;
    char values[512] = "", number[64];
    size_t used = 0;
    for (int i = 0; i < app->panel.set->count && used < sizeof values; i++) {
        const Param *param = &app->panel.set->params[i];
        param_literal(param, app->panel.values[i], number, sizeof number);
        used += (size_t)snprintf(values + used, sizeof values - used, " %s=%s",
                                 param->name, number);
    }
    trace_line(
        &app->trace,
        "presented serial=%llu settled=%d exact=%d image=%d original=%d "
        "zoom=%.9g place=%g,%g,%g,%g processed=%.3f rendered=%.3f mode=%s whole=%d "
        "megapixels=%.6f%s",
        (unsigned long long)app->shown.serial,
        app->shown.serial == app->values.serial && !app->panel.changed,
        scene_is_exact(scene), app->files.at, scene->shown.original,
        canvas_zoom(&scene->canvas), (double)scene->place.x, (double)scene->place.y,
        (double)scene->place.w, (double)scene->place.h, app->shown.now.processed_ms,
        app->shown.now.rendered_ms, mode_name(scene->shown.mode), scene->shown.whole,
        app->shown.now.megapixels, values);
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

static void draw(App *app)
{
    frame_clock_draw(&app->clock, thread_clock_ms());
    pass(app, true);
    player_play(&app->player, &app->ui.list);
    trace_frame(&app->trace, &app->ui.list);
    presented(app);
}

/* Events. */

static void rescale(App *app)
{
    double scale = window_scale(&app->window);
    Err err;
    if (scale == app->ui.scale)
        return;
    if (!player_rescale(&app->player, scale, &err)) {
        log_error("%s", err.text);
        return;
    }
    app->ui.measure = font_measure(app->player.font);
    app->ui.scale = scale;
}

static void handle_window(App *app, const SDL_WindowEvent *event)
{
    app->clock.dirty = true;
    switch (event->event) {
    case SDL_WINDOWEVENT_CLOSE:
        app->quit = true;
        break;
    case SDL_WINDOWEVENT_LEAVE:
        app->ui.in.x = app->ui.in.y = -1;
        break;
    case SDL_WINDOWEVENT_FOCUS_LOST:
        app->view.held = false;
        break;
    case SDL_WINDOWEVENT_SIZE_CHANGED:
    case SDL_WINDOWEVENT_DISPLAY_CHANGED:
        rescale(app);
        app->panel.reveal = true;
        break;
    default:
        break;
    }
}

static void help_card_keyed(App *app, SDL_Keysym key)
{
    Action action = keys_action(key);
    if (help_card_key(&app->help, key.sym))
        return;
    if (action == ACTION_ESCAPE || action == ACTION_HELP || action == ACTION_QUIT)
        actions_do(app, action, false);
}

static void handle_key(App *app, const SDL_KeyboardEvent *event)
{
    app->clock.dirty = true;
    if (app->help.open) {
        help_card_keyed(app, event->keysym);
        return;
    }
    if (panel_key(&app->panel, event->keysym))
        return;
    Action action = keys_action(event->keysym);
    bool once = action != ACTION_LESS && action != ACTION_MORE &&
                action != ACTION_CLOSER && action != ACTION_FARTHER &&
                action != ACTION_PREVIOUS && action != ACTION_NEXT &&
                action != ACTION_FOCUS_UP && action != ACTION_FOCUS_DOWN;
    if (event->repeat && once)
        return;
    if (action == ACTION_BEFORE)
        wanted_view_strike(&app->view, event->timestamp);
    actions_do(app, action, event->keysym.mod & KMOD_SHIFT);
}

static void handle_key_up(App *app, const SDL_KeyboardEvent *event)
{
    if (keys_action(event->keysym) == ACTION_BEFORE)
        wanted_view_release(&app->view, event->timestamp);
    if (event->keysym.sym == SDLK_BACKSLASH)
        app->view.held = false;
    app->clock.dirty = true;
}

static void handle_button(App *app, const SDL_MouseButtonEvent *event)
{
    UiInput *in = &app->ui.in;
    if (event->button != SDL_BUTTON_LEFT)
        return;
    in->down = event->state == SDL_PRESSED;
    in->pressed = in->down;
    in->released = !in->down;
    in->clicks = event->clicks;
    app->clock.dirty = true;
    pass(app, false);
}

static void handle_wheel(App *app, const SDL_MouseWheelEvent *event)
{
    float sign = event->direction == SDL_MOUSEWHEEL_FLIPPED ? -1.0f : 1.0f;
    app->ui.in.wheel = sign * event->preciseY;
    app->clock.dirty = true;
    pass(app, false);
}

/* When it happened, not when it is handled. */
static void note_time(App *app, const SDL_Event *event)
{
    Uint32 age = SDL_GetTicks() - event->common.timestamp;
    app->since = thread_clock_ms() - (age < 1000 ? age : 0);
}

static void handle_motion(App *app, int x, int y)
{
    double ratio = window_ratio(&app->window);
    app->ui.in.x = (int)(x * ratio);
    app->ui.in.y = (int)(y * ratio);
    app->ui.in.moved = app->clock.dirty = true;
}

/* The system's text input is on while a value is being typed. */
static void sync_text_input(App *app)
{
    const NumberField *field = &app->panel.field;
    bool wanted = number_field_is_open(field);
    if (wanted && !SDL_IsTextInputActive())
        SDL_StartTextInput();
    else if (!wanted && SDL_IsTextInputActive())
        SDL_StopTextInput();
    if (wanted)
        SDL_SetTextInputRect(
            &(SDL_Rect){field->box.x, field->box.y, field->box.w, field->box.h});
}

static void handle(App *app, const SDL_Event *event)
{
    note_time(app, event);
    app->ui.in.coarse = SDL_GetModState() & KMOD_SHIFT;
    switch (event->type) {
    case SDL_QUIT:
        app->quit = true;
        break;
    case SDL_WINDOWEVENT:
        handle_window(app, &event->window);
        break;
    case SDL_MOUSEMOTION:
        handle_motion(app, event->motion.x, event->motion.y);
        break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        handle_motion(app, event->button.x, event->button.y);
        handle_button(app, &event->button);
        break;
    case SDL_MOUSEWHEEL:
        handle_wheel(app, &event->wheel);
        break;
    case SDL_KEYDOWN:
        handle_key(app, &event->key);
        break;
    case SDL_KEYUP:
        handle_key_up(app, &event->key);
        break;
    case SDL_TEXTINPUT:
        panel_type(&app->panel, event->text.text);
        app->clock.dirty = true;
        break;
    case SDL_RENDER_TARGETS_RESET:
    case SDL_RENDER_DEVICE_RESET:
        player_forget(&app->player);
        scene_forget(&app->scene);
        app->view.changed = app->clock.dirty = true;
        break;
    default:
        break;
    }
}

/* All events that are there; a run of moves is one move. */
static void handle_all(App *app, SDL_Event *event)
{
    bool moved = false;
    do {
        if (moved && event->type != SDL_MOUSEMOTION && event->type != SDL_USEREVENT) {
            pass(app, false);
            moved = false;
        }
        handle(app, event);
        sync_text_input(app);
        moved = moved || event->type == SDL_MOUSEMOTION;
    } while (!app->quit && SDL_PollEvent(event));
    if (moved)
        pass(app, false);
}

void loop_run(App *app)
{
    app->clock.dirty = true;
    while (!app->quit) {
        SDL_Event event;
        int timeout = app_wait(app, thread_clock_ms());
        int got =
            timeout < 0 ? SDL_WaitEvent(&event) : SDL_WaitEventTimeout(&event, timeout);
        if (got)
            handle_all(app, &event);
        else
            app->clock.dirty = true;
        app_collect(app);
        app_update(app);
        if (app->clock.dirty && !app->quit && app_wait(app, thread_clock_ms()) == 0)
            draw(app);
        app_update(app);
    }
}
