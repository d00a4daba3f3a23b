/* toast — a message at the lower edge of the picture, which takes no mouse.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_WIDGET_TOAST_H
#define LUTIST_VIEWER_WIDGET_TOAST_H

#include "viewer/ui/ui.h"

/* `text` in a box in `room`, in up to four lines; NULL: nothing. */
void toast_pass(Ui *ui, Rect room, const char *text);

#endif
