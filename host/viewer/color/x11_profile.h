/* x11_profile — the display's ICC profile, as colour management leaves it for programs.
 *
 * Through a connection of its own to the X server, so on any thread. libxcb, which SDL
 * has loaded for X11, is opened when it is needed.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_COLOR_X11_PROFILE_H
#define LUTIST_VIEWER_COLOR_X11_PROFILE_H

#include "image/meta/block.h"

/* The property _ICC_PROFILE of the root window; free its data with mem_free. Empty:
 * there is none, or no X server. */
Block x11_profile(void);

#endif
