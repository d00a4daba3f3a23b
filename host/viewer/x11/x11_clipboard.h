/* x11_clipboard — the text of the clipboard, which another program may be slow to give.
 *
 * SDL asks for it on the UI thread, and waits up to a second. Here a thread waits, by a
 * connection of its own; the UI thread answers for what the window itself has copied.
 * Threads: every function from the UI thread.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_X11_X11_CLIPBOARD_H
#define LUTIST_VIEWER_X11_X11_CLIPBOARD_H

#include "base/thread/dispatch.h"

typedef struct X11Clipboard X11Clipboard;

/* On the UI thread. `text` is UTF-8, borrowed; NULL: there is none, it has more than
 * 1 MiB, or its owner does not give it within a minute. */
typedef void x11_clipboard_fn(void *context, const char *text);

/* Where SDL uses X11. NULL: no thread can be started. `ui` is borrowed. */
X11Clipboard *x11_clipboard_open(Dispatch *ui);
/* What was asked for does not come any more. Nobody may process `ui` any more. NULL is
 * fine. */
void x11_clipboard_close(X11Clipboard *clipboard);
/* A question that still waits is left for this one, and not answered: the text may have
 * another owner by now. */
void x11_clipboard_ask(X11Clipboard *clipboard, x11_clipboard_fn *take, void *context);

#endif
