#include "viewer/ui/trace.h"

#include <stdarg.h>
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

void trace_begin(Trace *trace)
{
    if (trace->on)
        trace->places = open_memstream(&trace->text, &trace->size);
}

void trace_end(Trace *trace)
{
    if (!trace->places)
        return;
    fclose(trace->places);
    trace->places = NULL;
    if (!trace->last || strcmp(trace->last, trace->text) != 0)
        fputs(trace->text, stderr);
    mem_free(trace->last);
    trace->last = trace->text;
}

void trace_place(Trace *trace, const char *name, int x, int y, int width, int height)
{
    if (trace->places)
        fprintf(trace->places, "at %s %d %d %d %d\n", name, x, y, width, height);
}

void trace_note(Trace *trace, const char *kind, const char *text)
{
    if (trace->places)
        fprintf(trace->places, "%s %s\n", kind, text);
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
