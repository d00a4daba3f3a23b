/* split — the split view's divider: before at its left or above, after at the other
 * side.
 *
 * The room viewer/overlay: the part of the window with the picture (picture_area) and
 * what lies over it (overlay), with the divider (here), the part under the loupe
 * (loupe) and the card (overlay_card); and whether the panel and the status bar are
 * there (chrome).
 * Threads: a value; the UI thread's.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_OVERLAY_SPLIT_H
#define LUTIST_VIEWER_OVERLAY_SPLIT_H

#include "viewer/ui/rect.h"

typedef enum SplitKind {
    SPLIT_OFF,
    SPLIT_BESIDE, /* before left, after right */
    SPLIT_ABOVE,  /* before above, after below */
} SplitKind;

typedef struct Split {
    SplitKind kind;
    double at; /* the divider's place in the area, 0 to 1 */
} Split;

void split_init(Split *split);
/* To `kind`, or off if that is on already. */
void split_toggle(Split *split, SplitKind kind);
/* The part of `area` that shows the picture before; `area` itself where the split is
 * off. */
Rect split_before(const Split *split, Rect area);
/* A line of `thick` pixels along the divider, as long as the area. */
Rect split_line(const Split *split, Rect area, int thick);
/* The divider goes a little on (right, down), or back. */
void split_step(Split *split, bool on);
/* The divider goes to (x, y), but not out of the area. */
void split_move(Split *split, Rect area, int x, int y);

#endif
