#include "viewer/ui/trace.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void trace_init(Trace *trace)
{
    const char *wanted = getenv("LUTIST_VIEWER_TRACE");
    *trace = (Trace){.on = wanted && strcmp(wanted, "1") == 0};
}

void trace_term(Trace *trace)
{
    mem_free(trace->last);
    *trace = (Trace){0};
}

static void put_places(FILE *out, void *context)
{
    const DrawList *list = context;
    for (int i = 0; i < list->count; i++) {
        const DrawCommand *command = &list->commands[i];
        Rect rect = command->rect;
        if (command->kind == DRAW_PLACE)
            fprintf(out, "at %s %d %d %d %d\n", draw_list_text(list, command), rect.x,
                    rect.y, rect.w, rect.h);
        else if (command->kind == DRAW_NOTE)
            fprintf(out, "%s\n", draw_list_text(list, command));
    }
    fputs("drawn\n", out);
}

void trace_frame(Trace *trace, const DrawList *list)
{
    if (!trace->on)
        return;
    char *places = mem_written(put_places, (void *)list);
    if (!trace->last || strcmp(trace->last, places) != 0)
        fputs(places, stderr);
    mem_free(trace->last);
    trace->last = places;
}

void trace_line(const Trace *trace, const char *format, ...)
{
    if (!trace->on)
        return;
    va_list args;
    va_start(args, format);
    char *text = NULL;
    if (vasprintf(&text, format, args) >= 0)
        fprintf(stderr, "%s\n", text);
    va_end(args);
    mem_free(text);
}
