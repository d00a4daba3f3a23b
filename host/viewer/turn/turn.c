#include "viewer/turn/turn.h"

ScaleArea turn_seen(Turn turn, ScaleArea area)
{
    double right = turn.width - area.x - area.width;
    double below = turn.height - area.y - area.height;
    switch (turn.quarters) {
    case 1:
        return (ScaleArea){below, area.x, area.height, area.width};
    case 2:
        return (ScaleArea){right, below, area.width, area.height};
    case 3:
        return (ScaleArea){area.y, right, area.height, area.width};
    default:
        return area;
    }
}

ScaleArea turn_stored(Turn turn, ScaleArea seen)
{
    bool swaps = turn_swaps(turn.quarters);
    Turn back = {.quarters = turn_by(0, -turn.quarters),
                 .width = swaps ? turn.height : turn.width,
                 .height = swaps ? turn.width : turn.height};
    return turn_seen(back, seen);
}
