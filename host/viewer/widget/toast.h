/* toast — a message at the lower left of the picture, which takes no mouse.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_WIDGET_TOAST_H
#define LUTIST_VIEWER_WIDGET_TOAST_H

#include "viewer/ui/ui.h"

/* `text` in a box in `room`, in up to four lines, above what ui->told has there; NULL:
 * nothing. A word wider than a line is cut in its middle. */
void toast_pass(Ui *ui, Rect room, const char *text);

#endif
