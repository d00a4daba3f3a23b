/* events — SDL's events, as the window's input and actions.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_APP_EVENTS_H
#define LUTIST_VIEWER_APP_EVENTS_H

#include "viewer/app/app.h"

/* Keep the system's text input off, but for fields: from before the first event is
 * handled until after the last one. */
void events_watch_typing(App *app);
void events_unwatch_typing(App *app);

/* Handle `event` and all others that wait. */
void events_handle(App *app, SDL_Event *event);

/* What was changed before is a step of its own. A drag of a value is one step, whatever
 * else is pressed meanwhile. */
void events_begin_gesture(App *app);

#endif
