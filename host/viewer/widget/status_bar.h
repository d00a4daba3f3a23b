/* status_bar — the bar along the bottom: the image's name, size and zoom, and the
 * times.
 *
 * In a narrow window the times are shortened, then left out, before the name is cut.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_WIDGET_STATUS_BAR_H
#define LUTIST_VIEWER_WIDGET_STATUS_BAR_H

#include "viewer/state/timing_text.h"
#include "viewer/ui/ui.h"

typedef struct Status {
    const char *file;         /* name without folders */
    int index, count;         /* the image's place in the list */
    int width, height, depth; /* of the image; 0 wide: no image is shown */
    double zoom;
    const char *notice; /* shown instead of the image's data; NULL: none */
    bool timed;         /* are the times known? */
    Timing now, earlier;
} Status;

void status_bar_pass(Ui *ui, Rect rect, const Status *status);

#endif
