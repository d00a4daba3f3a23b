/* window_loss — the display goes away while its window is open: the X server or the
 * Wayland compositor ends.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_WINDOW_WINDOW_LOSS_H
#define LUTIST_VIEWER_WINDOW_WINDOW_LOSS_H

#include <SDL.h>
#include <stdbool.h>

#include "base/err.h"
#include "viewer/x11/x11_loss.h"

/* Under X11 it is told of in this way. */
void window_loss_watch(SDL_Window *window, x11_loss_fn *end, void *context);
/* Under Wayland SDL asks to quit. Is it for this reason? */
bool window_loss_has_come(SDL_Window *window);
/* ERR_ENV "the connection to the display has ended: DISPLAY=:7". */
void window_loss_tell(Err *err);

#endif
