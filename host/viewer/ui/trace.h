/* trace — a debugging and testing aid: the contents of the screen, as lines on stderr.
 *
 * With LUTIST_VIEWER_TRACE=1 each new picture that is presented writes a line
 * "presented …". A frame that differs from the last one writes its places and notes:
 * "at NAME X Y WIDTH HEIGHT" for a widget (drawable pixels of the window), "status
 * TEXT" for a field of the status bar, "cut TEXT" for a text that does not fit. Its
 * last line is "drawn".
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
