/* status_bar — the bar along the bottom: which image, how large, how close, how fast.
 *
 * In a narrow window the times are written short, then left out, before the name is
 * cut.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_WIDGET_STATUS_BAR_H
#define LUTIST_VIEWER_WIDGET_STATUS_BAR_H

#include "viewer/state/timing_text.h"
#include "viewer/ui/ui.h"

typedef struct Status {
    const char *file;         /* name without folders */
    int index, count;         /* which of how many */
    int width, height, depth; /* of the image; 0 wide: there is none to see */
    double zoom;
    const char *notice; /* instead of all this, for a while; NULL: none */
    bool timed;         /* are the times known? */
    Timing now, earlier;
} Status;

void status_bar_pass(Ui *ui, Rect rect, const Status *status);

#endif
