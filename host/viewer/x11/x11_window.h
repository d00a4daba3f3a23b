/* x11_window — what SDL 2.26 does not do well for a window of X11.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_X11_X11_WINDOW_H
#define LUTIST_VIEWER_X11_X11_WINDOW_H

#include <stdbool.h>

struct SDL_Window;

/* An error about another program's window is none of ours from now on: such a window
 * ends when it likes, also while SDL answers it about the clipboard or a drop. Xlib
 * would end the process. Errors of the window itself, and others, stay Xlib's. For one
 * window of the process. */
void x11_window_bear_others(struct SDL_Window *window);
/* The smallest size that a window manager gives it, in pixels. SDL puts the window back
 * to where it has last heard of it, and in front of others, in the middle of a drag.
 * False: the window is not X11's. */
bool x11_window_set_least(struct SDL_Window *window, int width, int height);
/* Where it is on the screen. SDL says of a full-screen window that it is where a
 * display was at the start. False, with x and y as they were: the window is not X11's.
 */
bool x11_window_corner(struct SDL_Window *window, int *x, int *y);

#endif
