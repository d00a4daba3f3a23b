/* shutdown_gate — counts the calls inside, and lets no other in once it is shut.
 *
 * Every call that works without Python's lock goes through one. Before the interpreter
 * ends the gate is shut and those inside are waited for: a thread that came back to
 * Python later would find it gone.
 * Threads: any.
 * Python:  unaware; no lock is held but for a few instructions.
 */
#ifndef LUTIST_BASE_THREAD_SHUTDOWN_GATE_H
#define LUTIST_BASE_THREAD_SHUTDOWN_GATE_H

#include <stdbool.h>

#include "base/thread/cancel.h"

typedef struct ShutdownGate ShutdownGate;

/* Never freed: threads may come to it as long as the process lives. */
ShutdownGate *shutdown_gate_new(void);

/* True: inside, until shutdown_gate_leave. False: the gate is shut. It lets in still
 * the thread that has shut it, and one that is inside already. */
bool shutdown_gate_enter(ShutdownGate *gate);
void shutdown_gate_leave(ShutdownGate *gate);

/* Shut it; from now on shutdown_gate_cancel is set. */
void shutdown_gate_shut(ShutdownGate *gate);
/* After shutdown_gate_shut: wait until nobody is inside. */
void shutdown_gate_wait(ShutdownGate *gate);

/* What those inside look at: set means that they are waited for. */
Cancel *shutdown_gate_cancel(ShutdownGate *gate);

#endif
