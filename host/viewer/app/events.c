#include "viewer/app/events.h"

#include <math.h>

#include "base/log.h"
#include "base/thread/thread.h"
#include "viewer/action/actions.h"
#include "viewer/action/acts.h"
#include "viewer/action/drop.h"
#include "viewer/action/opening.h"
#include "viewer/app/frame.h"
#include "viewer/app/saving.h"
#include "viewer/app/seeing.h"
#include "viewer/widget/widget.h"

/* Feed the input to the widgets. */
static void pass(App *app)
{
    frame_pass(app, window_rect(&app->window), false);
    window_set_cursor(&app->window, app->ui.cursor);
}

/* What was moved counts before what comes now, also where both have waited. */
void events_begin_gesture(App *app)
{
    wanted_view_follow(&app->view, &app->panel.moved);
    if (app->panel.changed && app->script_load.known)
        edit_note(&app->edit, &app->panel, app->script);
    if (!widget_drags_value(&app->ui))
        edit_begin_gesture(&app->edit);
}

static void handle_window(App *app, const SDL_WindowEvent *event)
{
    app->clock.dirty = true;
    painter_spoil(&app->painter);
    window_note_placement(&app->window);
    switch (event->event) {
    case SDL_WINDOWEVENT_LEAVE:
        app->ui.in.x = app->ui.in.y = -1;
        break;
    case SDL_WINDOWEVENT_FOCUS_LOST:
        actions_release(app);
        break;
    case SDL_WINDOWEVENT_MOVED:
        if (window_display(&app->window) != app->window.display)
            frame_follow_display(app);
        break;
    case SDL_WINDOWEVENT_SIZE_CHANGED:
    case SDL_WINDOWEVENT_DISPLAY_CHANGED:
        frame_follow_display(app);
        app->chrome.full = window_is_fullscreen(&app->window);
        app->panel.reveal = true;
        break;
    default:
        break;
    }
}

/* A key that the help card tells of closes it and does its work. Not so those of the
 * parameters, some of which scroll it, and Alt alone, with which one leaves a window.
 * True: the key has been dealt with. */
static bool help_card_keyed(App *app, SDL_Keysym key)
{
    const ActionRow *row = actions_row(app, key);
    bool modifier = key.sym >= SDLK_LCTRL && key.sym <= SDLK_RGUI;
    if (help_card_key(&app->help, key.sym) || !row || modifier ||
        row->group == ACTS_PARAMETERS)
        return true;
    app->help.open = false;
    return row->action == ACTION_ESCAPE || row->action == ACTION_HELP;
}

/* A shortcut closes a list as a click elsewhere does, and acts. */
static void leave_lists(App *app, SDL_Keysym key)
{
    bool field = number_field_is_open(&app->panel.field);
    bool typed = number_field_has_control(key) || actions_has_alt_gr(key);
    if (!actions_is_shortcut(app, key) || (field && typed))
        return;
    if (app->opener.state == OPENER_LISTS && actions_of(app, key) != ACTION_OPEN)
        file_opener_close(&app->opener);
    mode_menu_close(&app->modes);
    menu_close(&app->picture_menu);
    panel_leave_all(&app->panel);
}

/* A held Enter answers once: what it has opened, it does not answer. */
static bool is_held_enter(const App *app, const SDL_KeyboardEvent *event)
{
    SDL_Keycode key = event->keysym.sym;
    bool open = frame_is_covered(app) || number_field_is_open(&app->panel.field);
    return event->repeat && open && (key == SDLK_RETURN || key == SDLK_KP_ENTER);
}

static void picture_menu_keyed(App *app, SDL_Keycode key)
{
    PictureMenuState state = seeing_menu_state(app);
    const char *chosen = picture_menu_key(&app->picture_menu, key, &state);
    if (chosen)
        actions_named(app, chosen);
}

static void handle_key(App *app, const SDL_KeyboardEvent *event)
{
    app->clock.dirty = true;
    if (is_held_enter(app, event))
        return;
    if (!event->repeat)
        events_begin_gesture(app);
    if (app->help.open && help_card_keyed(app, event->keysym))
        return;
    if (save_dialog_is_open(&app->save.dialog)) {
        saving_key(app, event->keysym);
        return;
    }
    leave_lists(app, event->keysym);
    if (opening_is_open(app)) {
        opening_key(app, event->keysym);
        return;
    }
    Mode chosen;
    if (mode_menu_is_open(&app->modes)) {
        if (mode_menu_key(&app->modes, event->keysym.sym, &chosen))
            act_modes_chosen(app, chosen);
        return;
    }
    if (menu_is_open(&app->picture_menu)) {
        picture_menu_keyed(app, event->keysym.sym);
        return;
    }
    if (panel_key(&app->panel, event->keysym))
        return;
    actions_key(app, event);
}

static void handle_text(App *app, const char *text)
{
    app->clock.dirty = true;
    if (save_dialog_is_open(&app->save.dialog))
        save_dialog_type(&app->save.dialog, text);
    else if (opening_is_open(app))
        file_opener_type(&app->opener, text);
    else if (number_field_is_open(&app->panel.field))
        panel_type(&app->panel, text);
    else
        actions_text(app, text);
}

static void handle_key_up(App *app, const SDL_KeyboardEvent *event)
{
    app->clock.dirty = true;
    actions_key(app, event);
}

/* Is the mouse over the picture, with nothing above it? There its buttons and its wheel
 * can be bound. */
static bool is_over_picture(const App *app)
{
    return !frame_is_covered(app) && !app->ui.active &&
           rect_has(app->picture.room, app->ui.in.x, app->ui.in.y);
}

static int32_t mouse_key(uint8_t button)
{
    switch (button) {
    case SDL_BUTTON_LEFT:
        return MOUSE_LEFT;
    case SDL_BUTTON_MIDDLE:
        return MOUSE_MIDDLE;
    case SDL_BUTTON_RIGHT:
        return MOUSE_RIGHT;
    default:
        return button == SDL_BUTTON_X1 ? MOUSE_BACK : MOUSE_FORWARD;
    }
}

static void handle_button(App *app, const SDL_MouseButtonEvent *event)
{
    UiInput *in = &app->ui.in;
    bool pressed = event->state == SDL_PRESSED;
    if (pressed)
        events_begin_gesture(app);
    app->clock.dirty = true;
    if (pressed && event->button == SDL_BUTTON_RIGHT)
        menu_close(&app->picture_menu); /* to come back elsewhere */
    if (!pressed)
        actions_mouse_up(app, mouse_key(event->button));
    else if (is_over_picture(app) && actions_mouse(app, mouse_key(event->button), 1))
        return;
    in->second = pressed && event->button == SDL_BUTTON_RIGHT;
    if (event->button == SDL_BUTTON_MIDDLE)
        in->middle = pressed && is_over_picture(app);
    if (event->button == SDL_BUTTON_LEFT) {
        in->down = in->pressed = pressed;
        in->released = !pressed;
        in->clicks = event->clicks;
    }
    pass(app);
}

static void handle_wheel(App *app, const SDL_MouseWheelEvent *event)
{
    float sign = event->direction == SDL_MOUSEWHEEL_FLIPPED ? -1.0f : 1.0f;
    float up = sign * event->preciseY, right = sign * event->preciseX;
    if (edit_wheel_pauses(&app->edit, app->since))
        events_begin_gesture(app);
    app->clock.dirty = true;
    if (is_over_picture(app)) {
        if (up != 0)
            actions_mouse(app, up > 0 ? MOUSE_WHEEL_UP : MOUSE_WHEEL_DOWN, fabsf(up));
        if (right != 0)
            actions_mouse(app, right > 0 ? MOUSE_WHEEL_RIGHT : MOUSE_WHEEL_LEFT,
                          fabsf(right));
    } else {
        app->ui.in.wheel = up;
    }
    pass(app);
}

/* Times count from when the event happened, not from when it is handled. A wake-up is
 * nobody's wish; other threads push it, and its time may be before that of the move in
 * front of it. */
static void note_time(App *app, const SDL_Event *event)
{
    if (event->type == SDL_USEREVENT)
        return;
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

/* X11 tells no place for a drop: the mouse is asked. */
static void end_drop(App *app)
{
    int x, y, left, top;
    SDL_GetGlobalMouseState(&x, &y);
    SDL_GetWindowPosition(app->window.window, &left, &top);
    handle_motion(app, x - left, y - top);
    pass(app);
    events_begin_gesture(app);
    drop_end(app);
}

static bool opens_field(const App *app, SDL_Keysym key)
{
    const ActionRow *row = actions_row(app, key);
    return row && row->flags & ACT_FIELD;
}

/* Does the system's text input start with this event? With a press that may open a
 * field, with Enter in a list, and with AltGr, which makes another character. After a
 * key that opens one, or Space in a list: with the next, so that the key's own
 * character is not typed. */
static bool starts_text_input(App *app, const SDL_Event *event)
{
    bool starts = app->keys.opens_field || event->type == SDL_MOUSEBUTTONDOWN;
    app->keys.opens_field = false;
    if (event->type != SDL_KEYDOWN)
        return starts;
    SDL_Keysym key = event->key.keysym;
    app->keys.opens_field = key.sym == SDLK_SPACE || opens_field(app, key);
    return starts || key.sym == SDLK_RETURN || key.sym == SDLK_KP_ENTER ||
           actions_has_alt_gr(key);
}

/* SDL calls this as it queues an event, so what is typed right after has its text,
 * however late the event is handled. Other threads queue wake-ups, and when the window
 * is measured a hand's input, which types nothing. */
static int watch_typing(void *context, SDL_Event *event)
{
    App *app = context;
    bool input = event->type == SDL_KEYDOWN || event->type == SDL_KEYUP ||
                 event->type == SDL_MOUSEBUTTONDOWN;
    if (SDL_ThreadID() != app->keys.thread || !input)
        return 0;
    if (starts_text_input(app, event) && !SDL_IsTextInputActive())
        SDL_StartTextInput();
    return 0;
}

/* Stopping drops the texts that wait, so this is for a queue that is empty. */
static void sync_text_input(const App *app)
{
    bool wanted = number_field_is_open(&app->panel.field) ||
                  save_dialog_is_open(&app->save.dialog) ||
                  app->opener.state == OPENER_TYPES;
    if (wanted && !SDL_IsTextInputActive())
        SDL_StartTextInput();
    else if (!wanted && SDL_IsTextInputActive())
        SDL_StopTextInput();
}

static bool is_input(const SDL_Event *event)
{
    return event->type >= SDL_KEYDOWN && event->type < SDL_CLIPBOARDUPDATE;
}

/* Of events that wait, those before a key's release still count as with the key. */
static void note_modifiers(App *app, const SDL_Event *event)
{
    if (event->type == SDL_KEYDOWN || event->type == SDL_KEYUP)
        app->keys.modifiers = event->key.keysym.mod;
    else if (event->type == SDL_WINDOWEVENT &&
             event->window.event == SDL_WINDOWEVENT_FOCUS_GAINED)
        app->keys.modifiers = SDL_GetModState();
    app->ui.in.coarse = app->keys.modifiers & KMOD_SHIFT;
    app->ui.in.fine = app->keys.modifiers & KMOD_CTRL;
}

/* Of what the mouse rests on, perhaps: its note is not wanted then. */
static bool is_use(const SDL_Event *event)
{
    return event->type == SDL_MOUSEBUTTONDOWN || event->type == SDL_MOUSEWHEEL;
}

/* Does the user do something with the window? */
static bool is_wish(const SDL_Event *event)
{
    return is_use(event) || event->type == SDL_KEYDOWN || event->type == SDL_DROPFILE;
}

static void handle(App *app, const SDL_Event *event)
{
    app->file.only = app->file.only && !is_wish(event);
    note_time(app, event);
    note_modifiers(app, event);
    if (is_input(event))
        tip_stir(&app->tip, thread_clock_ms());
    app->tip.used = app->tip.used || is_use(event);
    app->tip.typed = event->type != SDL_MOUSEMOTION &&
                     (app->tip.typed || event->type == SDL_KEYDOWN);
    switch (event->type) {
    case SDL_QUIT: /* also after the window's close button */
        saving_quit(app);
        break;
    case SDL_WINDOWEVENT:
        handle_window(app, &event->window);
        break;
    case SDL_DISPLAYEVENT: /* one came, went or was turned */
        frame_follow_display(app);
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
        drop_add(app, event->drop.file);
        break;
    case SDL_DROPTEXT:
        SDL_free(event->drop.file);
        break;
    case SDL_DROPCOMPLETE:
        end_drop(app);
        break;
    case SDL_TEXTINPUT:
        handle_text(app, event->text.text);
        break;
    case SDL_RENDER_TARGETS_RESET:
    case SDL_RENDER_DEVICE_RESET:
        frame_forget(app);
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
        moved = moved || event->type == SDL_MOUSEMOTION;
    } while (!app->quit && SDL_PollEvent(event));
    if (moved)
        pass(app);
    sync_text_input(app);
}

void events_watch_typing(App *app)
{
    app->keys.thread = SDL_ThreadID();
    SDL_StopTextInput(); /* SDL starts with it on */
    SDL_AddEventWatch(watch_typing, app);
}

void events_unwatch_typing(App *app)
{
    SDL_DelEventWatch(watch_typing, app);
}
