#include "viewer/overlay/loupe.h"

#include <math.h>

static int pixel_at(int at, int start, int length, double from, double size, int limit)
{
    double pixel = from + (at - start + 0.5) * size / length;
    return rect_clamp((int)floor(pixel), 0, limit - 1);
}

/* The pixel as it is seen. */
static bool seen_pixel(const LoupeSight *sight, int x, int y, int *pixel_x,
                       int *pixel_y)
{
    Rect place = sight->place;
    if (!rect_has(place, x, y))
        return false;
    *pixel_x =
        pixel_at(x, place.x, place.w, sight->area.x, sight->area.width, sight->width);
    *pixel_y =
        pixel_at(y, place.y, place.h, sight->area.y, sight->area.height, sight->height);
    return true;
}

bool loupe_pixel(const LoupeSight *sight, int x, int y, int *pixel_x, int *pixel_y)
{
    int seen_x, seen_y;
    if (!seen_pixel(sight, x, y, &seen_x, &seen_y))
        return false;
    ScaleArea stored = turn_stored(sight->turn, (ScaleArea){seen_x, seen_y, 1, 1});
    *pixel_x = (int)stored.x;
    *pixel_y = (int)stored.y;
    return true;
}

/* `length` from `middle` - length / 2 on, moved inside [low, low + room). */
static int centred(int middle, int length, int low, int room)
{
    return rect_clamp(middle - length / 2, low, low + room - length);
}

LoupePart loupe_part(const LoupeSight *sight, int x, int y, int size)
{
    Rect room = sight->room;
    int pixel_x, pixel_y;
    if (!seen_pixel(sight, x, y, &pixel_x, &pixel_y) ||
        sight->area.width <= sight->place.w)
        return (LoupePart){0};
    int width = rect_min(rect_min(size, room.w), sight->width);
    int height = rect_min(rect_min(size, room.h), sight->height);
    ScaleArea seen = {centred(pixel_x, width, 0, sight->width),
                      centred(pixel_y, height, 0, sight->height), width, height};
    return (LoupePart){.box = {centred(x, width, room.x, room.w),
                               centred(y, height, room.y, room.h), width, height},
                       .area = turn_stored(sight->turn, seen)};
}
