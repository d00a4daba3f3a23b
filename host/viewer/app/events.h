/* events — SDL's events, as the window's input and actions.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_APP_EVENTS_H
#define LUTIST_VIEWER_APP_EVENTS_H

#include "viewer/app/app.h"

/* Keep the system's text input off, but for number fields. Call it once, before the
 * first event is handled; it lasts until SDL_Quit(). */
void events_watch_typing(void);

/* Handle `event` and all others that wait. */
void events_handle(App *app, SDL_Event *event);

/* What was changed before is a step of its own. A drag of a value is one step, whatever
 * else is pressed meanwhile. */
void events_begin_gesture(App *app);

#endif
