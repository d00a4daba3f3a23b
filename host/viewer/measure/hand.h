/* hand — mouse and keyboard of a program that uses its own window.
 *
 * Its events go into SDL's queue, as the system's do.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_MEASURE_HAND_H
#define LUTIST_VIEWER_MEASURE_HAND_H

#include <SDL_keycode.h>
#include <stdbool.h>

/* Each returns when it happened, on thread_clock_ms. Places are SDL's window units. */
double hand_move(int x, int y);
double hand_press(bool down, int x, int y);
/* Down and up. */
double hand_key(SDL_Keycode key);
/* Close the window. */
void hand_quit(void);

#endif
