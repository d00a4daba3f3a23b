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

/* Is it of earlier values or of an earlier view, with no newer one on its way? */
bool stale_picture_is_shown(const App *app);
/* Ask for the newest values and the view once more. */
void stale_picture_retry(App *app);

#endif
