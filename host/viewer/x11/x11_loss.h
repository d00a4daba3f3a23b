/* x11_loss — the X server ends, or shuts this program out.
 *
 * Xlib ends the process then, from whatever thread notices. SDL keeps a second
 * connection to itself, so no call can be made to return: the UI thread ends the
 * process in its own way, and other threads that notice stop.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_X11_X11_LOSS_H
#define LUTIST_VIEWER_X11_X11_LOSS_H

/* Called on the UI thread, within Xlib. It does not return, and calls neither Xlib nor
 * SDL's video functions. */
typedef void x11_loss_fn(void *context);

/* Of all connections, from now on. `end` NULL: it is Xlib's way again. */
void x11_loss_watch(x11_loss_fn *end, void *context);

#endif
