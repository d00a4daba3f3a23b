/* x11_screen — pixels that a window of X11 shows, in memory that the server shares,
 * over a connection of its own.
 *
 * Threads: put on one thread at a time; open and close while none is in it.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_X11_X11_SCREEN_H
#define LUTIST_VIEWER_X11_X11_SCREEN_H

#include <stdint.h>

#include "viewer/paint/damage.h"

typedef struct X11Screen X11Screen;

struct SDL_Window;

/* With room for all of the window's screen, or the window where that is larger. NULL:
 * the window is not X11's, the server is on another machine, or its pixels are not
 * 0xffRRGGBB in this machine's order. */
X11Screen *x11_screen_open(struct SDL_Window *window);
void x11_screen_close(X11Screen *screen); /* NULL is fine */

/* `height` rows of `width` pixels, without gaps. */
uint32_t *x11_screen_pixels(const X11Screen *screen);
int x11_screen_width(const X11Screen *screen);
int x11_screen_height(const X11Screen *screen);
/* Show these parts, as far as there are pixels, in the window. Returns when the server
 * has read them. */
void x11_screen_put(X11Screen *screen, const Damage *damage);

#endif
