/* trace — a debugging and testing aid: the contents of the screen, as lines on stderr.
 *
 * With LUTIST_VIEWER_TRACE=1 each presented picture is a line "presented …". Whenever
 * one of them has changed, all of these are written: the places of the widgets, "at
 * NAME X Y WIDTH HEIGHT" (drawable pixels of the window); the fields of the status bar,
 * "status TEXT"; the texts that do not fit their place, "cut TEXT".
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_UI_TRACE_H
#define LUTIST_VIEWER_UI_TRACE_H

#include <stdbool.h>

#include "viewer/ui/draw_list.h"

typedef struct Trace {
    bool on;
    char *last; /* of the last frame that differed; owned */
} Trace;

void trace_init(Trace *trace);
void trace_term(Trace *trace);
/* The places and notes of a frame that was presented. */
void trace_frame(Trace *trace, const DrawList *list);
void trace_line(const Trace *trace, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
