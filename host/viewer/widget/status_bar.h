/* status_bar — the bar along the bottom: file, place in the list, size, zoom, profile,
 * and the pixel under the mouse; the times for those who want them.
 *
 * In a narrow bar what is least needed goes first (status_bar.c has the order), and a
 * long name is cut in its middle. Fields are places "bar:NAME" of the frame.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_WIDGET_STATUS_BAR_H
#define LUTIST_VIEWER_WIDGET_STATUS_BAR_H

#include "viewer/state/timing_text.h"
#include "viewer/ui/ui.h"

typedef struct Status {
    const char *file;         /* name without folders */
    bool gone;                /* that file was deleted */
    int index, count;         /* the image's place in the list */
    int width, height, depth; /* of the image; 0 wide: no image is shown */
    double zoom;
    const char *profile; /* the name of its ICC profile; "": it has none */
    bool bare;           /* it is shown without the conversion from that profile */
    const char *pixel;   /* the one under the mouse; NULL: none */
    bool timed;          /* are the times known, and wanted? */
    Timing now, earlier;
} Status;

void status_bar_pass(Ui *ui, Rect rect, const Status *status);

#endif
