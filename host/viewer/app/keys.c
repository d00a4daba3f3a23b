#include "viewer/app/keys.h"

#include <stdbool.h>
#include <stddef.h>

/* The modifiers that tell bindings apart. ANY: with or without Shift, which some
 * layouts need for the key. */
enum { PLAIN = 0, SHIFT = 1, CTRL = 2, ANY = 4 };
enum { SHARP_S = 0xdf };

typedef struct Binding {
    SDL_Keycode key;
    int with;
    Action action;
} Binding;

static const Binding BINDINGS[] = {
    {SDLK_q, PLAIN, ACTION_QUIT},
    {SDLK_q, CTRL, ACTION_QUIT},
    {SDLK_w, CTRL, ACTION_QUIT},
    {SDLK_ESCAPE, ANY, ACTION_ESCAPE},
    {SDLK_F1, ANY, ACTION_HELP},
    {SDLK_h, PLAIN, ACTION_HELP},
    {SDLK_QUESTION, ANY, ACTION_HELP},
    {SDLK_SLASH, SHIFT, ACTION_HELP}, /* "?", here and on other layouts */
    {SHARP_S, SHIFT, ACTION_HELP},
    {SDLK_QUOTE, SHIFT, ACTION_HELP},
    {SDLK_COMMA, SHIFT, ACTION_HELP},
    {SDLK_PLUS, SHIFT, ACTION_HELP},
    {SDLK_f, PLAIN, ACTION_FULLSCREEN},
    {SDLK_F11, ANY, ACTION_FULLSCREEN},
    {SDLK_p, PLAIN, ACTION_PREVIOUS},
    {SDLK_PAGEUP, PLAIN, ACTION_PREVIOUS},
    {SDLK_n, PLAIN, ACTION_NEXT},
    {SDLK_PAGEDOWN, PLAIN, ACTION_NEXT},
    {SDLK_HOME, PLAIN, ACTION_FIRST},
    {SDLK_END, PLAIN, ACTION_LAST},
    {SDLK_0, PLAIN, ACTION_FIT},
    {SDLK_0, CTRL, ACTION_FIT},
    {SDLK_KP_0, PLAIN, ACTION_FIT},
    {SDLK_1, PLAIN, ACTION_ACTUAL},
    {SDLK_1, CTRL, ACTION_ACTUAL},
    {SDLK_KP_1, PLAIN, ACTION_ACTUAL},
    {SDLK_z, PLAIN, ACTION_TOGGLE_ZOOM},
    {SDLK_PLUS, PLAIN, ACTION_CLOSER},
    {SDLK_EQUALS, ANY, ACTION_CLOSER},
    {SDLK_KP_PLUS, ANY, ACTION_CLOSER},
    {SDLK_PLUS, CTRL, ACTION_CLOSER},
    {SDLK_EQUALS, CTRL, ACTION_CLOSER},
    {SDLK_MINUS, ANY, ACTION_FARTHER},
    {SDLK_KP_MINUS, ANY, ACTION_FARTHER},
    {SDLK_MINUS, CTRL, ACTION_FARTHER},
    {SDLK_b, PLAIN, ACTION_BEFORE},
    {SDLK_BACKSLASH, PLAIN, ACTION_HOLD_BEFORE},
    {SDLK_c, PLAIN, ACTION_COPY},
    {SDLK_c, CTRL, ACTION_COPY},
    {SDLK_F5, ANY, ACTION_RELOAD},
    {SDLK_m, PLAIN, ACTION_MODE_NEXT},
    {SDLK_F6, ANY, ACTION_MODE_PYTHON},
    {SDLK_F7, ANY, ACTION_MODE_NUMPY},
    {SDLK_F8, ANY, ACTION_MODE_CTYPES},
    {SDLK_F9, ANY, ACTION_MODE_SINGLE},
    {SDLK_F10, ANY, ACTION_MODE_PARALLEL},
    {SDLK_w, PLAIN, ACTION_WHOLE},
    {SDLK_UP, PLAIN, ACTION_FOCUS_UP},
    {SDLK_TAB, SHIFT, ACTION_FOCUS_UP},
    {SDLK_DOWN, PLAIN, ACTION_FOCUS_DOWN},
    {SDLK_TAB, PLAIN, ACTION_FOCUS_DOWN},
    {SDLK_LEFT, ANY, ACTION_LESS},
    {SDLK_RIGHT, ANY, ACTION_MORE},
    {SDLK_BACKSPACE, PLAIN, ACTION_RESET},
    {SDLK_BACKSPACE, SHIFT, ACTION_RESET_ALL},
    {SDLK_s, PLAIN, ACTION_PRESETS},
    {SDLK_RETURN, PLAIN, ACTION_EDIT},
    {SDLK_KP_ENTER, PLAIN, ACTION_EDIT},
    {SDLK_SPACE, PLAIN, ACTION_CYCLE},
};

const HelpLine keys_help[] = {
    {NULL, "Parameters"},
    {"↑  ↓  Tab", "go to another parameter"},
    {"←  →", "change the value; with Shift ten times as far"},
    {"Enter", "type a value, open a list; Esc cancels"},
    {"Space", "switch a check box; next choice; pick a colour, a file"},
    {"Backspace", "reset to the default; with Shift all parameters"},
    {"s", "presets: choose one, save the values as one"},
    {"Click", "a number, a text: type a value"},
    {"Drop", "a file on a parameter for files: take it"},
    {"Double-click", "a slider: reset to the default"},
    {"Wheel", "over a slider: change its value"},
    {NULL, "Curves"},
    {"Drag", "a point: move it; out of the square: remove it"},
    {"Click", "beside the points: add one; right button: remove one"},
    {"Double-click", "reset to the default"},
    {"Space", "select the next point; after the last none"},
    {"←  →  ↑  ↓", "move the selected point; with Shift ten times as far"},
    {"Insert  Delete", "add a point after the selected one · remove it"},
    {NULL, "Picture"},
    {"Wheel  +  −", "zoom in, zoom out; the wheel zooms at the mouse"},
    {"Drag", "move the picture"},
    {"0  1", "fit the window · 100%"},
    {"Double-click  z", "toggle between these two"},
    {"b", "before and after; while held: before"},
    {"\\", "before, while held"},
    {NULL, "Modes"},
    {"m", "next mode of mapping the pixels; the picture stays the same"},
    {"F6  …  F10", "python · numpy · ctypes · single · parallel"},
    {"w", "process the whole image, or only the visible part"},
    {"Esc", "stop a slow mode, a busy script"},
    {NULL, "Window"},
    {"n  p", "next · previous image; also Page Down · Page Up"},
    {"Home  End", "first · last image"},
    {"c", "copy the state as a batch command line"},
    {"F5", "load the script again, as saving it does"},
    {"f  F11", "full screen; Esc leaves it"},
    {"h  ?  F1", "this help"},
    {"q", "quit"},
    {NULL, NULL},
};

static int modifiers(Uint16 state)
{
    return ((state & KMOD_SHIFT) ? SHIFT : 0) | ((state & KMOD_CTRL) ? CTRL : 0);
}

Action keys_action(SDL_Keysym key)
{
    int with = modifiers(key.mod);
    if (key.mod & (KMOD_ALT | KMOD_GUI))
        return ACTION_NONE;
    for (size_t i = 0; i < sizeof BINDINGS / sizeof *BINDINGS; i++) {
        const Binding *binding = &BINDINGS[i];
        bool fits = binding->with == with ||
                    (binding->with == CTRL && with == (CTRL | SHIFT)) ||
                    (binding->with == ANY && !(with & CTRL));
        if (binding->key == key.sym && fits)
            return binding->action;
    }
    return ACTION_NONE;
}
