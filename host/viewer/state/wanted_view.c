#include "viewer/state/wanted_view.h"

/* The longest stroke of a key; what is longer is a hold. */
enum { STROKE_MS = 350 };

void wanted_view_set_mode(WantedView *view, Mode mode)
{
    view->changed = true;
    view->mode = mode;
}

bool wanted_view_is_before(const WantedView *view)
{
    return view->toggled || view->held;
}

void wanted_view_toggle(WantedView *view)
{
    view->toggled = !view->toggled;
}

void wanted_view_leave_before(WantedView *view)
{
    view->toggled = false;
    view->struck = 0;
}

void wanted_view_follow(WantedView *view, bool *moved)
{
    if (*moved)
        wanted_view_leave_before(view);
    *moved = false;
}

void wanted_view_strike(WantedView *view, uint32_t ms)
{
    view->struck = ms;
}

void wanted_view_release(WantedView *view, uint32_t ms)
{
    if (view->struck && ms - view->struck >= STROKE_MS)
        wanted_view_toggle(view);
    view->struck = 0;
}
