/* x11_displays — where the displays of an X server are, how large, and their colours.
 *
 * SDL 2.26 asks once, when it starts. Here a thread waits for changes, with a
 * connection of its own.
 * Threads: every function from the UI thread.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_X11_X11_DISPLAYS_H
#define LUTIST_VIEWER_X11_X11_DISPLAYS_H

#include "base/thread/dispatch.h"
#include "image/meta/block.h"
#include "viewer/ui/rect.h"

enum { X11_DISPLAYS_MOST = 16 };

typedef struct X11Display {
    Rect at;
    int mm_wide; /* as it says itself; 0: it does not */
    Block icc;   /* its profile; empty: it has none */
} X11Display;

/* In the server's order, the primary one first. */
typedef struct X11DisplayList {
    int count;
    X11Display all[X11_DISPLAYS_MOST];
} X11DisplayList;

typedef struct X11Displays X11Displays;

/* `changed` is called on the UI thread when x11_displays_now is another list. NULL:
 * SDL has no window system of X11, the server does not tell of displays, or no thread
 * can be started. `ui` is borrowed. */
X11Displays *x11_displays_open(Dispatch *ui, dispatch_fn changed, void *context);
/* Nobody may process `ui` any more. NULL is fine. */
void x11_displays_close(X11Displays *displays);
/* Borrowed until the next change. */
const X11DisplayList *x11_displays_now(const X11Displays *displays);

#endif
