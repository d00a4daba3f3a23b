/* keys — the keyboard's bindings, and the lines of the help card.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_APP_KEYS_H
#define LUTIST_VIEWER_APP_KEYS_H

#include <SDL_keyboard.h>

#include "viewer/state/action.h"
#include "viewer/widget/help_card.h"

/* The action of a key while no field or menu is open. */
Action keys_action(SDL_Keysym key);

/* For the help card: the keys' meanings and the mouse's. */
extern const HelpLine keys_help[];

#endif
