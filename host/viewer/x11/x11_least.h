/* x11_least — the smallest size that a window manager gives to a window of X11.
 *
 * SDL 2.26 puts the window back to where it has last heard of it, and in front of
 * others, when it sets this: in the middle of a drag.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_X11_X11_LEAST_H
#define LUTIST_VIEWER_X11_X11_LEAST_H

#include <stdbool.h>

struct SDL_Window;

/* In pixels. False: the window is not X11's. */
bool x11_least_set(struct SDL_Window *window, int width, int height);

#endif
