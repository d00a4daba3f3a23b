/* stroke — a key or a mouse button with its modifiers, and its name in keys.conf.
 *
 * The room host/viewer/keys: strokes (here), the rows of the table of actions
 * (action_row), which stroke does what (bindings), and the table as text (key_list).
 * Threads: values.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_KEYS_STROKE_H
#define LUTIST_VIEWER_KEYS_STROKE_H

#include <SDL_keycode.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum { WITH_SHIFT = 1, WITH_CTRL = 2, WITH_ALT = 4, WITH_META = 8 };

/* The keys of the mouse, beside SDL's keycodes. */
enum {
    MOUSE_KEYS = 1 << 28,
    MOUSE_LEFT = MOUSE_KEYS,
    MOUSE_LEFT_DOUBLE,
    MOUSE_MIDDLE,
    MOUSE_RIGHT,
    MOUSE_BACK,
    MOUSE_FORWARD,
    MOUSE_WHEEL_UP,
    MOUSE_WHEEL_DOWN,
    MOUSE_WHEEL_LEFT,
    MOUSE_WHEEL_RIGHT,
};

typedef struct Stroke {
    int32_t key;  /* an SDL keycode, which is the character of the key without Shift, or
                     a MOUSE_ key; 0: none */
    uint8_t with; /* WITH_ flags */
} Stroke;

enum { STROKE_TEXT = 48 };

bool stroke_is(Stroke a, Stroke b);
/* Read "q", "Ctrl+Shift+c", "F5" or "WHEEL_UP", `length` bytes; "R" is "Shift+r". */
bool stroke_parse(const char *text, size_t length, Stroke *out, Err *err);
/* The same backwards; returns `out`. */
const char *stroke_text(Stroke stroke, char out[STROKE_TEXT]);
/* For people: "Ctrl+Shift+C", "Page Up", "↑". */
const char *stroke_label(Stroke stroke, char out[STROKE_TEXT]);

/* Of a key event. A modifier that is pressed is a key like others. */
Stroke stroke_of(int32_t key, unsigned sdl_modifiers);
/* The character that Shift makes of the key on a US keyboard, as a stroke without
 * Shift; key 0: none. */
Stroke stroke_shifted(Stroke stroke);
/* Without Shift; key 0: it tells the stroke apart, as with letters, or is not there. */
Stroke stroke_unshifted(Stroke stroke);

#endif
