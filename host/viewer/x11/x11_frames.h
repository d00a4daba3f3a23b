/* x11_frames — a window's frames go to the X server on a thread of their own.
 *
 * The server may be without a processor for long where others compute, this program's
 * own threads too: the UI thread does not wait for it. While the server reads a frame
 * the next one cannot be drawn.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_X11_X11_FRAMES_H
#define LUTIST_VIEWER_X11_X11_FRAMES_H

#include "base/thread/dispatch.h"
#include "viewer/x11/x11_screen.h"

typedef struct X11Frames X11Frames;

/* `wake` is called on another thread when x11_frames_collect has something to do. NULL:
 * as x11_screen_open, or no thread can be started. */
X11Frames *x11_frames_open(struct SDL_Window *window, dispatch_fn wake, void *context);
void x11_frames_close(X11Frames *frames); /* NULL is fine */

/* What is drawn on; borrowed. Nothing may be drawn while a frame is on its way. */
const X11Screen *x11_frames_screen(const X11Frames *frames);
/* These parts of the screen's pixels go to the window. None is on its way. */
void x11_frames_send(X11Frames *frames, const Damage *damage);
bool x11_frames_is_busy(const X11Frames *frames); /* a frame is on its way */
/* True: it has come. */
bool x11_frames_collect(X11Frames *frames);

#endif
