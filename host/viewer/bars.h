/* bars — what frames the picture and the parameters: the status bar, the buttons below
 * the parameters, the box with a script's error, the help.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_BARS_H
#define LUTIST_VIEWER_BARS_H

#include "viewer/action.h"
#include "viewer/trace.h"
#include "viewer/ui.h"

typedef struct BarsStatus {
    const char *file;         /* name without folders */
    int index, count;         /* which of how many */
    int width, height, depth; /* of the image; 0 wide: there is none yet */
    double zoom;
    const char *notice; /* instead of all this, for a while; NULL: none */
    bool timed;         /* are the times known? */
    double processed_ms, rendered_ms;
} BarsStatus;

void bars_status(Ui *ui, SDL_Rect rect, const BarsStatus *status);
/* "Processed in X ms (Rendered in Y ms)". */
char *bars_times(double processed_ms, double rendered_ms, char *text, size_t size);

typedef struct BarsTools {
    bool previous, next; /* can be gone to */
    bool fit, actual;    /* is the zoom just that? */
    bool before;
} BarsTools;

int bars_tools_height(const Ui *ui);
/* The buttons; what was clicked. */
Action bars_tools(Ui *ui, SDL_Rect rect, const BarsTools *tools, Trace *trace);

/* At the bottom of `area`, at most half of it; returns the rest. */
SDL_Rect bars_error(Ui *ui, SDL_Rect area, const char *text, Trace *trace);

/* Over the whole window. True: clicked away. */
bool bars_help(Ui *ui, SDL_Rect window, Trace *trace);

#endif
