/* remembered — the window as it was left, kept from one start to the next in one file
 * of the XDG state folder (lutist/window).
 *
 * The file has lines "key value". A line that makes no sense is passed over, and -v
 * tells; what it does not say is as usual. It is replaced as a whole: of two windows
 * the one that closes last is remembered.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_REMEMBER_REMEMBERED_H
#define LUTIST_VIEWER_REMEMBER_REMEMBERED_H

#include <stdbool.h>

#include "pipe/mode.h"

typedef struct Placement {
    int x, y, width, height; /* in the display's units; 0 wide: not known */
    bool maximized;
    double unit; /* the display's units a point then; 0: not known */
} Placement;

typedef struct Remembered {
    Placement place;
    int panel_width; /* points; 0: as usual */
    bool panel_left;
    double text_size; /* 1: as usual; see text_size.h */
    bool times;       /* the status bar has them */
    char *script;     /* NAME or an absolute PATH[:FUNCTION]; owned; NULL: none */
    Mode mode;        /* MODES: none */
} Remembered;

/* Nothing is remembered. */
void remembered_init(Remembered *remembered);
void remembered_term(Remembered *remembered);
/* `remembered` is initialised; it gets what the file says. */
void remembered_load(Remembered *remembered);
/* Replaces the file. What cannot be written is told by -v alone. */
void remembered_save(const Remembered *remembered);

#endif
