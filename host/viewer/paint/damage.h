/* damage — the parts of the window in which a frame differs from the one before it.
 *
 * What is drawn on a surface stays there: only these parts are drawn again, each by all
 * of the frame's commands that reach into it. Commands whose pixels depend on where
 * they are cut off (pictures, which may be scaled, blends and curves) are never cut.
 * Threads: a value; the UI thread's.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PAINT_DAMAGE_H
#define LUTIST_VIEWER_PAINT_DAMAGE_H

#include "viewer/ui/draw_list.h"

enum { DAMAGE_PARTS = 8 };

typedef struct Damage {
    Rect parts[DAMAGE_PARTS]; /* none meets another, none is empty */
    int count;
} Damage;

/* The pictures whose pixels are new: bit i stands for DrawPicture i. */
typedef unsigned DamagePictures;

/* All of the window. */
Damage damage_all(Rect window);
/* Between the frame that is there and the next one, both recorded for `window`. */
Damage damage_between(const DrawList *there, const DrawList *next, DamagePictures fresh,
                      Rect window);

#endif
