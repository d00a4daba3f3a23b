#include "viewer/state/wanted_view.h"

/* The longest stroke of a key; what is longer is a hold. */
enum { STROKE_MS = 350 };

void wanted_view_set_mode(WantedView *view, Mode mode)
{
    view->changed = true;
    view->mode = mode;
}

bool wanted_view_act(WantedView *view, Action action)
{
    switch (action) {
    case ACTION_MODE_NEXT:
        wanted_view_set_mode(view, mode_next(view->mode));
        break;
    case ACTION_MODE_PYTHON:
        wanted_view_set_mode(view, MODE_PYTHON);
        break;
    case ACTION_MODE_NUMPY:
        wanted_view_set_mode(view, MODE_NUMPY);
        break;
    case ACTION_MODE_CTYPES:
        wanted_view_set_mode(view, MODE_CTYPES);
        break;
    case ACTION_MODE_SINGLE:
        wanted_view_set_mode(view, MODE_SINGLE);
        break;
    case ACTION_MODE_PARALLEL:
        wanted_view_set_mode(view, MODE_PARALLEL);
        break;
    case ACTION_WHOLE:
        view->whole = !view->whole;
        view->changed = true;
        break;
    default:
        return false;
    }
    return true;
}

bool wanted_view_is_before(const WantedView *view)
{
    return view->toggled || view->held;
}

void wanted_view_toggle(WantedView *view)
{
    view->toggled = !view->toggled;
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
