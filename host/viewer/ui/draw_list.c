#include "viewer/ui/draw_list.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"

enum { CAPACITY = 256 }; /* commands of a common frame */

void draw_list_term(DrawList *list)
{
    mem_free(list->commands);
    mem_free(list->texts);
    *list = (DrawList){0};
}

void draw_list_clear(DrawList *list)
{
    list->count = 0;
    list->used = 0;
}

void draw_list_copy(DrawList *list, const DrawList *from)
{
    draw_list_clear(list);
    for (int i = 0; i < from->count; i++)
        draw_list_add(list, from->commands[i],
                      draw_list_text(from, &from->commands[i]));
}

/* Returns the copy's offset. Offset 0 holds the "" of commands without a text. */
static size_t keep_text(DrawList *list, const char *text)
{
    size_t size = text ? strlen(text) + 1 : 0;
    size_t start = list->used ? list->used : 1;
    if (start + size > list->texts_capacity) {
        list->texts_capacity = 2 * (start + size);
        list->texts = mem_grow(list->texts, list->texts_capacity, 1);
        list->texts[0] = '\0';
    }
    list->used = start + size;
    if (!size)
        return 0;
    memcpy(list->texts + start, text, size);
    return start;
}

void draw_list_add(DrawList *list, DrawCommand command, const char *text)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity ? 2 * list->capacity : CAPACITY;
        list->commands =
            mem_grow(list->commands, (size_t)list->capacity, sizeof *list->commands);
    }
    command.text = keep_text(list, text);
    list->commands[list->count++] = command;
}

const char *draw_list_text(const DrawList *list, const DrawCommand *command)
{
    return list->texts + command->text;
}

Rect draw_place_reach(DrawPlace place, Rect clip)
{
    Rect rect = {(int)place.x, (int)place.y, (int)place.w, (int)place.h};
    bool whole = place.x == (float)rect.x && place.y == (float)rect.y &&
                 place.w == (float)rect.w && place.h == (float)rect.h;
    return whole ? rect_common(rect, clip) : clip;
}

/* On one axis: pixels [*first, *first + *count) of `size`, which lie at `from` and take
 * `length`. */
static void cut(float *from, float *length, int size, int clip, int clip_length,
                int *first, int *count)
{
    float pitch = *length / (float)size;
    int low = (int)floorf(((float)clip - *from) / pitch) - 1;
    int high = (int)ceilf(((float)(clip + clip_length) - *from) / pitch) + 1;
    *first = rect_clamp(low, 0, size);
    *count = rect_clamp(high, *first, size) - *first;
    *from += (float)*first * pitch;
    *length = (float)*count * pitch;
}

DrawPlace draw_place_cut(DrawPlace place, Rect size, Rect clip, Rect *pixels)
{
    *pixels = (Rect){0};
    if (place.w <= 0 || place.h <= 0 || rect_is_empty(size))
        return (DrawPlace){0};
    cut(&place.x, &place.w, size.w, clip.x, clip.w, &pixels->x, &pixels->w);
    cut(&place.y, &place.h, size.h, clip.y, clip.h, &pixels->y, &pixels->h);
    if (!rect_is_empty(*pixels))
        return place;
    *pixels = (Rect){0};
    return (DrawPlace){0};
}

Rect draw_list_place(const DrawList *list, const char *name)
{
    for (int i = 0; i < list->count; i++) {
        const DrawCommand *command = &list->commands[i];
        if (command->kind == DRAW_PLACE &&
            strcmp(draw_list_text(list, command), name) == 0)
            return command->rect;
    }
    return (Rect){0};
}
