/* window — SDL's window, its renderer and its cursors, opened and closed together.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_WINDOW_WINDOW_H
#define LUTIST_VIEWER_WINDOW_WINDOW_H

#include <SDL.h>
#include <stdbool.h>

#include "base/err.h"
#include "viewer/paint/damage.h"
#include "viewer/remember/remembered.h"
#include "viewer/ui/ui.h"
#include "viewer/window/window_loss.h"
#include "viewer/x11/x11_clipboard.h"
#include "viewer/x11/x11_displays.h"
#include "viewer/x11/x11_frames.h"

typedef struct Window {
    SDL_Window *window;
    SDL_Renderer *renderer;
    X11Frames *frames;       /* owned; NULL: the renderer shows them itself */
    X11Clipboard *clipboard; /* the opener's; NULL: SDL is asked */
    X11Displays *displays;   /* the opener's, before window_open; NULL: SDL is asked */
    SDL_Surface *surface;    /* of `frames`, which the renderer draws on */
    SDL_Cursor
        *cursors[UI_CURSORS]; /* owned; NULL: not loaded, or the system has none */
    SDL_Point least;          /* the size that was set */
    int display;              /* the number of the one that it was on */
    UiCursor cursor;          /* the one that is shown */
    bool deep;                /* it shows more than 8 bits a channel */
    Placement normal; /* neither full screen nor maximized; width 0: not known */
} Window;

/* X11 reads the title and the keyboard's text by the process's locale: make that UTF-8.
 * Call it before any thread is started. */
void window_set_locale(void);
/* Start SDL. Fails: ERR_ENV "no display: …". */
bool window_start(Err *err);
/* After window_start; it is not seen yet. Fails: ERR_ENV. */
bool window_open(Window *window, const char *title, Err *err);
void window_show(const Window *window);
/* After window_open and before window_show, when a window manager takes the position
 * for the frame's: put it there, as far as a display has room. */
void window_place(Window *window, const Placement *placement);
/* It may have been moved, resized or maximized: `normal` follows. */
void window_note_placement(Window *window);
/* Does what was drawn stay where it is, to be drawn over? */
bool window_keeps(const Window *window);
/* The renderer has drawn these parts: their pixels go to the display. Until they are
 * there the window is busy, and nothing may be drawn. False: the renderer presents all
 * of them itself. */
bool window_send(const Window *window, const Damage *damage);
bool window_is_busy(const Window *window);
/* True: what was sent is there now. */
bool window_collect(const Window *window);
/* Has the window become too large for its renderer? */
bool window_is_outgrown(const Window *window);
/* Another renderer, of the size it needs now. All textures of the old one are gone. */
bool window_renew(Window *window, Err *err);
/* Closes all of it, and SDL. */
void window_close(Window *window);

/* The window's inside, in drawable pixels; and how many of these a unit of the mouse's
 * position is. */
Rect window_rect(const Window *window);
double window_ratio(const Window *window);
/* Drawable pixels a point: LUTIST_SCALE, or a scale that suits the display. */
double window_scale(const Window *window);
/* The number of the display that it is on. */
int window_display(const Window *window);
/* That display's ICC profile, which may be empty; borrowed until the displays change.
 * NULL: not known. */
const Block *window_profile(const Window *window);
/* The scale at which the window would be the least one that is asked for. */
double window_room(const Window *window);
/* The smallest size that the user can give the window, by its scale now. */
void window_set_least(Window *window);
/* As far as the display has room; in units of the mouse's position. */
void window_resize(const Window *window, int width, int height);
/* The renderer's name: "software". */
const char *window_renderer(const Window *window);
/* Once, before it is shown: its icon, and the cursors, whose files may have to come
 * from a disk. */
void window_dress(Window *window);
void window_set_cursor(Window *window, UiCursor cursor);
bool window_is_fullscreen(const Window *window);
void window_toggle_fullscreen(const Window *window);
/* True: the window was full screen. */
bool window_leave_fullscreen(const Window *window);

#endif
