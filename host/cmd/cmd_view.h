/* cmd_view — the viewer as a program of its own, which brings SDL.
 *
 * SDL2 and SDL2_ttf bring some sixty shared libraries. lutist-view is lutist once more
 * with the viewer in it; the other program starts it when a window is wanted, so that
 * batches and jobs neither load SDL nor need it.
 * Threads: the main one.
 * Python:  unaware.
 */
#ifndef LUTIST_CMD_CMD_VIEW_H
#define LUTIST_CMD_CMD_VIEW_H

#include "base/err.h"

/* Is there the program, and what it links? Fails: ERR_ENV, which says what is missing.
 */
bool cmd_view_check(Err *err);

#endif
