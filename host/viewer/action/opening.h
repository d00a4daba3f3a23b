/* opening — other pictures instead of those that are open: chosen from a list, or by
 * their path.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_ACTION_OPENING_H
#define LUTIST_VIEWER_ACTION_OPENING_H

#include "viewer/app/app.h"

enum { INVITATION_TEXT = 160 };
/* In a window without pictures, how to open some; NULL: it has pictures, or waits for
 * the first one of a folder. */
const char *opening_invitation(const App *app, char text[INVITATION_TEXT]);
bool opening_is_open(const App *app);
/* Asked for while the list is open: type the path. */
void opening_begin(App *app);
/* A key for what is open. */
void opening_key(App *app, SDL_Keysym key);
/* What is open, between the top and the end of `bounds`, or over the room. */
void opening_pass(App *app, Rect bounds, Rect room);

#endif
