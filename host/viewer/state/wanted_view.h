/* wanted_view — how the user wants to see the image: in which mode, mapped as a whole,
 * before or after the script.
 *
 * Threads: a value; the UI thread's.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_STATE_WANTED_VIEW_H
#define LUTIST_VIEWER_STATE_WANTED_VIEW_H

#include <stdint.h>

#include "pipe/mode.h"

typedef struct WantedView {
    bool changed;    /* it has to be sent to the render thread */
    Mode mode;       /* of the pictures to come */
    bool whole;      /* map the whole image */
    bool bare;       /* without the conversion to the display's colours */
    bool toggled;    /* show it before the script: by the toggle */
    bool held;       /* likewise: by a key that is down */
    uint32_t struck; /* when the toggle's key went down, in ms; 0: it is up */
} WantedView;

/* Also for the same mode: its mapping may have been stopped. */
void wanted_view_set_mode(WantedView *view, Mode mode);

/* Does the user want to see the unprocessed image? */
bool wanted_view_is_before(const WantedView *view);
/* The toggle, and its key going down (ms, not 0) and coming up. A key that is held for
 * longer than a stroke toggles back when it comes up. */
void wanted_view_toggle(WantedView *view);
void wanted_view_leave_before(WantedView *view);
/* The user has `moved` a value, to see what comes of it. *moved is cleared. */
void wanted_view_follow(WantedView *view, bool *moved);
void wanted_view_strike(WantedView *view, uint32_t ms);
void wanted_view_release(WantedView *view, uint32_t ms);

#endif
