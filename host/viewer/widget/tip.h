/* tip — a note beside what the mouse rests on: its full name, help and key.
 *
 * It comes after half a second without any input, and goes with the next input. What a
 * button or the wheel was used on has none until the mouse has been elsewhere, and a
 * key sends it away until the mouse moves. It never covers what it speaks of, and takes
 * no mouse.
 * Threads: UI thread only. Times are thread_clock_ms.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_WIDGET_TIP_H
#define LUTIST_VIEWER_WIDGET_TIP_H

#include "viewer/ui/ui.h"

typedef struct Tip {
    double rest_ms; /* when the last input came */
    bool waits;     /* the mouse is on something that has a note */
    bool shown;     /* the last frame has it */
    bool used;      /* something was done since the last look at the mouse */
    bool typed;     /* a key has been pressed since the mouse moved */
    Rect quiet;     /* what it was done on; empty: the mouse has been elsewhere */
} Tip;

/* Borrowed; all but the title may be "". */
typedef struct TipLines {
    const char *title, *text;
    const char *keys; /* "Less: ← · More: →"; a line breaks after a "·" */
} TipLines;

/* There is input: the note goes. */
void tip_stir(Tip *tip, double now);
/* The mouse rests on `of`, or empty: on nothing that has a note. Sets `waits` and
 * `shown`. */
void tip_rest(Tip *tip, Rect of, double now);
/* When the note comes, later than `now`; 0: it does not, or is there. */
double tip_due(const Tip *tip, double now);
/* Draw a note beside `of` or above it, inside `window`. */
void tip_draw(Ui *ui, Rect window, Rect of, const TipLines *lines);

#endif
