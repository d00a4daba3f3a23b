/* wanted_view — how the image is to be shown: the mode, whether all of it is mapped,
 * before or after the script.
 *
 * Threads: a value; the UI thread's.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_STATE_WANTED_VIEW_H
#define LUTIST_VIEWER_STATE_WANTED_VIEW_H

#include <stdint.h>

#include "pipe/mode.h"
#include "viewer/state/action.h"

typedef struct WantedView {
    bool changed;    /* the render thread has to be told */
    Mode mode;       /* of the pictures to come */
    bool whole;      /* map all of the image */
    bool toggled;    /* before, by the toggle */
    bool held;       /* before, by a key that is down */
    uint32_t struck; /* when the toggle's key went down, in ms; 0: it is up */
} WantedView;

/* The actions about modes. False: it is none of them. */
bool wanted_view_act(WantedView *view, Action action);
/* The same mode, too: its mapping may have been stopped. */
void wanted_view_set_mode(WantedView *view, Mode mode);

/* Is the image wanted as it was before the script? */
bool wanted_view_is_before(const WantedView *view);
/* The toggle, as its key goes down (ms, not 0) and comes up: held for longer than a
 * stroke takes, it shows the image before only that long. */
void wanted_view_toggle(WantedView *view);
void wanted_view_strike(WantedView *view, uint32_t ms);
void wanted_view_release(WantedView *view, uint32_t ms);

#endif
