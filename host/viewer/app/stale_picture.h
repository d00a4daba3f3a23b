/* stale_picture — is the picture on the screen the one that the panel asks for?
 *
 * It is not after the work on the newest values was stopped or has failed: the picture
 * then carries a mark, until the work is taken up again.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_APP_STALE_PICTURE_H
#define LUTIST_VIEWER_APP_STALE_PICTURE_H

#include "viewer/app/app.h"

/* The text of its mark, if it is of an earlier file, of earlier values or of an earlier
 * view, with no newer one on its way; NULL: it is not. */
const char *stale_picture_mark(const App *app);
/* Ask for the newest values and the view once more. */
void stale_picture_retry(App *app);

#endif
