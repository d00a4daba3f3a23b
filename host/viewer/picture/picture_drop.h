/* picture_drop — gives a picture back where that takes no time from the window.
 *
 * To free a picture of hundreds of megabytes takes tens of milliseconds.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PICTURE_PICTURE_DROP_H
#define LUTIST_VIEWER_PICTURE_PICTURE_DROP_H

#include "base/thread/errands.h"
#include "viewer/picture/pyramid.h"

/* Takes the reference, which an errand gives back, and nulls it; NULL is fine. */
void picture_drop(Errands *errands, Pyramid **pyramid);

#endif
