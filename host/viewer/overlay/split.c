#include "viewer/overlay/split.h"

#include <math.h>

static const double STEP = 1.0 / 32; /* of the area */

void split_init(Split *split)
{
    *split = (Split){SPLIT_OFF, 0.5};
}

void split_toggle(Split *split, SplitKind kind)
{
    split->kind = split->kind == kind ? SPLIT_OFF : kind;
}

static int reach(const Split *split, int length)
{
    return (int)lround(split->at * length);
}

Rect split_before(const Split *split, Rect area)
{
    if (split->kind == SPLIT_BESIDE)
        area.w = reach(split, area.w);
    else if (split->kind == SPLIT_ABOVE)
        area.h = reach(split, area.h);
    return area;
}

Rect split_line(const Split *split, Rect area, int thick)
{
    if (split->kind == SPLIT_ABOVE)
        return (Rect){area.x, area.y + reach(split, area.h) - thick / 2, area.w, thick};
    return (Rect){area.x + reach(split, area.w) - thick / 2, area.y, thick, area.h};
}

void split_step(Split *split, bool on)
{
    split->at = fmin(fmax(split->at + (on ? STEP : -STEP), 0), 1);
}

void split_move(Split *split, Rect area, int x, int y)
{
    bool beside = split->kind == SPLIT_BESIDE;
    int along = beside ? x - area.x : y - area.y, length = beside ? area.w : area.h;
    if (length > 0)
        split->at = (double)rect_clamp(along, 0, length) / length;
}
