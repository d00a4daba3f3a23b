/* chrome — whether the panel and the status bar are there: always, or only when they
 * are called.
 *
 * Hidden they come over the picture: where the mouse goes to their edge of the window,
 * until it leaves them; the panel also for a key that is about parameters, until the
 * mouse moves elsewhere. Full screen hides them, too, and each of the two states is
 * switched by itself.
 * Threads: a value; the UI thread's.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_OVERLAY_CHROME_H
#define LUTIST_VIEWER_OVERLAY_CHROME_H

#include "viewer/ui/rect.h"

typedef struct Chrome {
    bool full;          /* full screen */
    bool hidden[2];     /* in the window, and full screen */
    bool panel, status; /* called, though hidden */
} Chrome;

/* The mouse and what it may call. */
typedef struct ChromeSight {
    int x, y; /* the mouse, in the window; outside: -1, -1 */
    bool moved;
    bool busy;   /* something of the panel is open or held: it stays */
    bool listed; /* a list of the status bar is open: that stays */
    int edge;    /* how near to the window's edge the mouse calls, in pixels */
    Rect window, panel, status;
} ChromeSight;

void chrome_init(Chrome *chrome);
bool chrome_is_hidden(const Chrome *chrome);
void chrome_toggle(Chrome *chrome);
/* A key has been used for parameters. */
void chrome_call_panel(Chrome *chrome);
/* Follow the mouse. */
void chrome_update(Chrome *chrome, const ChromeSight *sight);

#endif
