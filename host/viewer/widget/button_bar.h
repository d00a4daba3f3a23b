/* button_bar — the buttons below the parameters, and the box with a script's error.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_WIDGET_BUTTON_BAR_H
#define LUTIST_VIEWER_WIDGET_BUTTON_BAR_H

#include "viewer/state/action.h"
#include "viewer/ui/ui.h"

typedef struct ButtonBar {
    bool previous, next; /* can be gone to */
    bool fit, actual;    /* is the zoom just that? */
    bool before;
} ButtonBar;

int button_bar_height(const Ui *ui);
/* The buttons. Returns the action of the clicked one. */
Action button_bar_pass(Ui *ui, Rect rect, const ButtonBar *bar);

/* At the bottom of `area`, at most half of it; returns the rest. */
Rect button_bar_error(Ui *ui, Rect area, const char *text);

#endif
