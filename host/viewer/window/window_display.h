/* window_display — the displays that a window can be on.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_WINDOW_WINDOW_DISPLAY_H
#define LUTIST_VIEWER_WINDOW_WINDOW_DISPLAY_H

#include <SDL.h>
#include <stdbool.h>

#include "viewer/x11/x11_displays.h"

typedef struct WindowDisplay {
    int number;
    SDL_Rect at;
    double dpi; /* dots an inch, as it says itself; 0: it does not */
} WindowDisplay;

/* `list`: the X server's displays; NULL: SDL knows them. */

/* The number of the one that has most of the window. */
int window_display_number(SDL_Window *window, const X11DisplayList *list);
WindowDisplay window_display_of(SDL_Window *window, const X11DisplayList *list);
/* The one that has most of `at`. False: none has any. */
bool window_display_with(const SDL_Rect *at, const X11DisplayList *list,
                         WindowDisplay *display);
/* Its part without panels of the desktop: under X11 the server is asked. */
SDL_Rect window_display_usable(const WindowDisplay *display);
/* Drawable pixels a point that suit it. */
double window_display_scale(const WindowDisplay *display);

#endif
