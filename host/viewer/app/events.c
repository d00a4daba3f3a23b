#include "viewer/app/events.h"

#include "base/log.h"
#include "base/thread/thread.h"
#include "viewer/app/actions.h"
#include "viewer/app/frame.h"
#include "viewer/app/keys.h"

/* Feed the input to the widgets. */
static void pass(App *app)
{
    frame_pass(app, window_rect(&app->window), false);
    window_set_cursor(&app->window, app->ui.cursor);
}

static void rescale(App *app)
{
    double scale = window_scale(&app->window);
    Err err;
    if (scale == app->ui.scale)
        return;
    if (!painter_rescale(&app->painter, scale, &err)) {
        log_error("%s", err.text);
        return;
    }
    app->ui.measure = font_measure(app->painter.font);
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

/* The character of a key to which SDL has given no text: plain ASCII, without Shift. */
static void type_key(Panel *panel, SDL_Keysym key)
{
    bool plain = !(key.mod & (KMOD_SHIFT | KMOD_CTRL | KMOD_ALT | KMOD_GUI));
    if (plain && key.sym >= SDLK_SPACE && key.sym < SDLK_DELETE)
        panel_type(panel, (char[]){(char)key.sym, '\0'});
}

static void handle_key(App *app, const SDL_KeyboardEvent *event)
{
    bool textless = app->textless > 0;
    app->textless -= textless;
    app->clock.dirty = true;
    if (app->help.open) {
        help_card_keyed(app, event->keysym);
        return;
    }
    if (panel_key(&app->panel, event->keysym)) {
        if (textless)
            type_key(&app->panel, event->keysym);
        return;
    }
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
    in->second = event->button == SDL_BUTTON_RIGHT && event->state == SDL_PRESSED;
    if (in->second) {
        app->clock.dirty = true;
        pass(app);
    }
    if (event->button != SDL_BUTTON_LEFT)
        return;
    in->down = event->state == SDL_PRESSED;
    in->pressed = in->down;
    in->released = !in->down;
    in->clicks = event->clicks;
    app->clock.dirty = true;
    pass(app);
}

static void handle_wheel(App *app, const SDL_MouseWheelEvent *event)
{
    float sign = event->direction == SDL_MOUSEWHEEL_FLIPPED ? -1.0f : 1.0f;
    app->ui.in.wheel = sign * event->preciseY;
    app->clock.dirty = true;
    pass(app);
}

/* Times count from when the event happened, not from when it is handled. */
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

/* X11 tells no place for a drop: the mouse is asked. Takes `path`. */
static void handle_drop(App *app, char *path)
{
    int x, y, left, top;
    Err err;
    SDL_GetGlobalMouseState(&x, &y);
    SDL_GetWindowPosition(app->window.window, &left, &top);
    handle_motion(app, x - left, y - top);
    pass(app);
    if (!panel_drop(&app->panel, path, &err))
        app_notice(app, err.text);
    SDL_free(path);
}

static int waiting(SDL_EventType type)
{
    return SDL_PeepEvents(NULL, 0, SDL_PEEKEVENT, type, type);
}

/* The system's text input is on while a number field is open. Keys that were pressed
 * right after the one that opened it may be in the queue already, without a text. */
static void sync_text_input(App *app)
{
    bool wanted = number_field_is_open(&app->panel.field);
    if (wanted && !SDL_IsTextInputActive()) {
        app->textless = waiting(SDL_TEXTINPUT) ? 0 : waiting(SDL_KEYDOWN);
        SDL_StartTextInput();
    } else if (!wanted && SDL_IsTextInputActive()) {
        SDL_StopTextInput();
    }
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
    case SDL_DROPFILE:
        handle_drop(app, event->drop.file);
        break;
    case SDL_TEXTINPUT:
        panel_type(&app->panel, event->text.text);
        app->clock.dirty = true;
        break;
    case SDL_RENDER_TARGETS_RESET:
    case SDL_RENDER_DEVICE_RESET:
        painter_forget(&app->painter);
        picture_area_forget(&app->picture);
        app->view.changed = app->clock.dirty = true;
        break;
    default:
        break;
    }
}

/* Moves in a row count as one. */
void events_handle(App *app, SDL_Event *event)
{
    bool moved = false;
    do {
        if (moved && event->type != SDL_MOUSEMOTION && event->type != SDL_USEREVENT) {
            pass(app);
            moved = false;
        }
        handle(app, event);
        sync_text_input(app);
        moved = moved || event->type == SDL_MOUSEMOTION;
    } while (!app->quit && SDL_PollEvent(event));
    if (moved)
        pass(app);
}
