/* button_bar — the buttons below the parameters.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_WIDGET_BUTTON_BAR_H
#define LUTIST_VIEWER_WIDGET_BUTTON_BAR_H

#include "viewer/state/action.h"
#include "viewer/ui/ui.h"

typedef struct ButtonBar {
    bool file;           /* there is one */
    bool picture;        /* and its picture is shown, or will be */
    bool previous, next; /* there is such an image */
    bool fit, actual;    /* this is the zoom */
    bool before;
} ButtonBar;

int button_bar_height(const Ui *ui);
/* The buttons; returns the action of the one that was clicked. */
Action button_bar_pass(Ui *ui, Rect rect, const ButtonBar *bar);

#endif
