#include "viewer/paint/cover.h"

/* Pixel for pixel: the edge of a scaled picture may lie within a pixel. */
static bool is_exact(const DrawCommand *command, Rect size)
{
    DrawPlace place = command->place;
    Rect rect = command->rect;
    return place.x == (float)rect.x && place.y == (float)rect.y &&
           place.w == (float)size.w && place.h == (float)size.h;
}

static bool is_opaque(const DrawCommand *command, const Rect *sizes)
{
    if (command->color.a != 255)
        return false;
    if (command->kind == DRAW_BOX)
        return command->radius == 0;
    return command->kind == DRAW_PICTURE && command->picture < PICTURE_HISTOGRAM &&
           is_exact(command, sizes[command->picture]);
}

int cover_first(const DrawList *list, Rect part, const Rect *sizes)
{
    for (int i = list->count - 1; i >= 0; i--) {
        const DrawCommand *command = &list->commands[i];
        Rect seen = rect_common(command->rect, command->clip);
        if (rect_is_inside(part, seen) && is_opaque(command, sizes))
            return i;
    }
    return -1;
}
