/* cover — what of a frame cannot be seen in a part of the window, because something
 * opaque lies above it.
 *
 * Threads: a value; the UI thread's.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PAINT_COVER_H
#define LUTIST_VIEWER_PAINT_COVER_H

#include "viewer/ui/draw_list.h"

/* The last command that covers all of `part`: it and those after it are all that is to
 * be drawn. -1: none does. `sizes`: the w and h of each of the PICTURES, empty where
 * there is none. */
int cover_first(const DrawList *list, Rect part, const Rect *sizes);

#endif
