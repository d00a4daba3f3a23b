/* caller — the thread that called batch_run, as the other threads of the batch see it.
 *
 * It owns the interpreter, so a worker asks it for a plan or hands it a strip of rows
 * to be mapped, and waits; reading and writing files stay with the workers. It serves
 * them one by one in the order in which they came.
 * Threads: any may ask, between init and term.
 * Python:  unaware; a hook may take the GIL, so no lock is held around it.
 */
#ifndef LUTIST_BATCH_CALLER_H
#define LUTIST_BATCH_CALLER_H

#include "base/thread/dispatch.h"
#include "batch/hooks.h"

typedef struct Caller {
    /* immutable */
    const BatchHooks *hooks; /* borrowed */
    Dispatch *dispatch;      /* owned; the caller processes it */
    Cancel *cancel;          /* borrowed: ends every wait */
    /* the caller's thread sets them, once each */
    _Atomic(Plan *) plans[2]; /* owned: for 8 and for 16 bits */
    /* the caller's thread only */
    Err err; /* of a plan that could not be had: no other is asked for */
} Caller;

void caller_init(Caller *caller, const BatchHooks *hooks, Cancel *cancel);
/* Nobody may be asking. */
void caller_term(Caller *caller);

/* The plan for `depth`, which the hook gives once: borrowed until caller_term. Waits
 * where nobody has asked for it before. Fails: ERR_CANCELLED, also where the hook
 * failed, whose error is caller->err. */
Plan *caller_plan(Caller *caller, int depth, Err *err);
/* Fails: the hook's error, or ERR_CANCELLED. */
bool caller_map(Caller *caller, const BatchStrip *strip, Err *err);

#endif
