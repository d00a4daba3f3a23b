#include "viewer/ui/draw_list.h"

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
