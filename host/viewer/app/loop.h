/* loop — events in, pictures out, until the user quits.
 *
 * It sleeps in SDL_WaitEvent; the window is drawn when something on it has changed.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_APP_LOOP_H
#define LUTIST_VIEWER_APP_LOOP_H

#include "viewer/app/app.h"

void loop_run(App *app);

#endif
