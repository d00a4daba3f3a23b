/* events — SDL's events, as the window's input and actions.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_APP_EVENTS_H
#define LUTIST_VIEWER_APP_EVENTS_H

#include "viewer/app/app.h"

/* Handle `event` and all others that wait. */
void events_handle(App *app, SDL_Event *event);

#endif
