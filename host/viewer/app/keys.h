/* keys — the keyboard's bindings, and the list of them for people.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_APP_KEYS_H
#define LUTIST_VIEWER_APP_KEYS_H

#include <SDL.h>

#include "viewer/widget/action.h"

/* While no field is being typed into. */
Action keys_action(SDL_Keysym key);

/* A line of the help; a NULL `key` is a heading. The last has both NULL. */
typedef struct KeysLine {
    const char *key;
    const char *text;
} KeysLine;

extern const KeysLine keys_help[];

#endif
