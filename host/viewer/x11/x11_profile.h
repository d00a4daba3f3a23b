/* x11_profile — the displays' ICC profiles, as colour management leaves them for
 * programs.
 *
 * Through a connection of its own to the X server, so on any thread. libxcb, which SDL
 * has loaded for X11, is opened when it is needed.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_X11_X11_PROFILE_H
#define LUTIST_VIEWER_X11_X11_PROFILE_H

#include "image/meta/block.h"

/* Bytes of a name; the longest profile, in words of four bytes. */
enum { X11_PROFILE_NAME = 32, X11_PROFILE_WORDS = 4 << 20 };

/* "_ICC_PROFILE" for the first display, then "_ICC_PROFILE_1" and so on: the root
 * window's property. */
void x11_profile_name(int display, char name[X11_PROFILE_NAME]);
/* The first display's; free its data with mem_free. Empty: there is none, or no X
 * server. */
Block x11_profile(void);

#endif
