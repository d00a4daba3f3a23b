/* opening — other pictures instead of those that are open: chosen from a list, or by
 * their path.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_ACTION_OPENING_H
#define LUTIST_VIEWER_ACTION_OPENING_H

#include "viewer/app/app.h"

bool opening_is_open(const App *app);
/* Asked for while the list is open: type the path. */
void opening_begin(App *app);
/* A key for what is open. */
void opening_key(App *app, SDL_Keysym key);
/* What is open, between the top and the end of `bounds`, or over the room. */
void opening_pass(App *app, Rect bounds, Rect room);

#endif
