/* keys — the keyboard's bindings, and the list of them for people.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_APP_KEYS_H
#define LUTIST_VIEWER_APP_KEYS_H

#include <SDL_keyboard.h>

#include "viewer/state/action.h"
#include "viewer/widget/help_card.h"

/* While no field is being typed into. */
Action keys_action(SDL_Keysym key);

/* The bindings, and what the mouse does, for the help card. */
extern const HelpLine keys_help[];

#endif
