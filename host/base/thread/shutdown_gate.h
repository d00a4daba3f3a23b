/* shutdown_gate — counts the calls that run without Python's lock, and admits none once
 * it is shut.
 *
 * Before the interpreter ends the gate is shut and the calls inside are waited for. A
 * thread that returned to Python later would find it gone.
 * Threads: any.
 * Python:  unaware; no lock is held but for a few instructions.
 */
#ifndef LUTIST_BASE_THREAD_SHUTDOWN_GATE_H
#define LUTIST_BASE_THREAD_SHUTDOWN_GATE_H

#include <stdbool.h>

#include "base/thread/cancel.h"

typedef struct ShutdownGate ShutdownGate;

/* Never freed, because threads may use it as long as the process lives. */
ShutdownGate *shutdown_gate_new(void);

/* True: the call is inside until shutdown_gate_leave. False: the gate is shut. A shut
 * gate still admits the thread that has shut it, and a thread that is inside already.
 */
bool shutdown_gate_enter(ShutdownGate *gate);
void shutdown_gate_leave(ShutdownGate *gate);

/* Shut it; from now on shutdown_gate_cancel is set. */
void shutdown_gate_shut(ShutdownGate *gate);
/* After shutdown_gate_shut: wait until no call is inside. */
void shutdown_gate_wait(ShutdownGate *gate);

/* Calls inside check it: set means that shutdown_gate_wait waits for them. */
Cancel *shutdown_gate_cancel(ShutdownGate *gate);

#endif
