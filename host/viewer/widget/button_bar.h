/* button_bar — what stands below the parameters: the buttons, the box with a script's
 * error.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_WIDGET_BUTTON_BAR_H
#define LUTIST_VIEWER_WIDGET_BUTTON_BAR_H

#include "viewer/ui/ui.h"
#include "viewer/widget/action.h"

typedef struct BarsTools {
    bool previous, next; /* can be gone to */
    bool fit, actual;    /* is the zoom just that? */
    bool before;
} BarsTools;

int button_bar_tools_height(const Ui *ui);
/* The buttons; what was clicked. */
Action button_bar_tools(Ui *ui, SDL_Rect rect, const BarsTools *tools);

/* At the bottom of `area`, at most half of it; returns the rest. */
SDL_Rect button_bar_error(Ui *ui, SDL_Rect area, const char *text);

#endif
