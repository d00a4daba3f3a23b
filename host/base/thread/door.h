/* door — counts the calls inside, and lets no other in once it is shut.
 *
 * Every call that works without Python's lock goes through one. Before the interpreter
 * ends the door is shut and those inside are waited for: a thread that came back to
 * Python later would find it gone.
 * Threads: any.
 * Python:  unaware; no lock is held but for a few instructions.
 */
#ifndef LUTIST_BASE_THREAD_DOOR_H
#define LUTIST_BASE_THREAD_DOOR_H

#include <stdbool.h>

#include "base/thread/cancel.h"

typedef struct Door Door;

/* Never freed: threads may come to it as long as the process lives. */
Door *door_new(void);

/* True: inside, until door_leave. False: the door is shut. It lets in still the thread
 * that has shut it, and one that is inside already. */
bool door_enter(Door *door);
void door_leave(Door *door);

/* Shut it; from now on door_cancel is set. */
void door_shut(Door *door);
/* After door_shut: wait until nobody is inside. */
void door_wait(Door *door);

/* What those inside look at: set means that they are waited for. */
Cancel *door_cancel(Door *door);

#endif
