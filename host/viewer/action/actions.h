/* actions — carries out the actions that keys, buttons and the mouse ask for.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_ACTION_ACTIONS_H
#define LUTIST_VIEWER_ACTION_ACTIONS_H

#include <SDL_events.h>

#include "viewer/app/app.h"
#include "viewer/keys/action_row.h"

/* A button's. */
void actions_do(App *app, Action action);
/* The one that is called so in keys.conf, without an argument. */
void actions_named(App *app, const char *name);
/* A key went down or came up, while no field or menu is open. */
void actions_key(App *app, const SDL_KeyboardEvent *event);
/* The text of the last such key. */
void actions_text(App *app, const char *text);
/* Is AltGr held, with which a key may make another character? Some keyboards have a
 * second Alt in its place. */
bool actions_has_alt_gr(SDL_Keysym key);
/* A MOUSE_ key, over the picture: wheel steps or a press. False: nothing is bound to
 * it.
 */
bool actions_mouse(App *app, int32_t key, double amount);
/* A button of the mouse came up, wherever it is. */
void actions_mouse_up(App *app, int32_t key);
/* All keys that are held come up: the window has lost the keyboard. */
void actions_release(App *app);
/* What the key asks for, by the table and keys.conf; NULL: nothing. */
const ActionRow *actions_row(const App *app, SDL_Keysym key);
Action actions_of(const App *app, SDL_Keysym key);
/* New: the keys of an action for people, "n  Page Down"; "": none. */
char *actions_keys(const App *app, const char *action);
/* Is it bound, and one that neither a list nor a field needs: a function key, or a
 * character with Ctrl or Alt? */
bool actions_is_shortcut(const App *app, SDL_Keysym key);

#endif
