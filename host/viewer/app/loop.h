/* loop — handles events and draws frames until the user quits.
 *
 * It sleeps in SDL_WaitEvent, and draws when something in the window has changed.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_APP_LOOP_H
#define LUTIST_VIEWER_APP_LOOP_H

#include "viewer/app/app.h"

void loop_run(App *app);

#endif
