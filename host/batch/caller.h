/* caller — the thread that called batch_run, as the batch's other threads use it.
 *
 * It owns the interpreter: a worker asks it for a plan, or to map a strip of rows, and
 * waits. Workers read and write the files. The caller serves them one by one in order
 * of arrival.
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
    /* set once each by the caller's thread */
    _Atomic(Plan *) plans[2]; /* owned: for 8 and for 16 bits */
    /* the caller's thread only */
    Err err; /* of a failed plan: no other is asked for */
} Caller;

void caller_init(Caller *caller, const BatchHooks *hooks, Cancel *cancel);
/* Nobody may be asking. */
void caller_term(Caller *caller);

/* The plan for `depth`, which the hook gives once; borrowed until caller_term. The
 * first asker waits for it. Fails: ERR_CANCELLED, also if the hook failed: its error is
 * caller->err. */
Plan *caller_plan(Caller *caller, int depth, Err *err);
/* Fails: the hook's error, or ERR_CANCELLED. */
bool caller_map(Caller *caller, const BatchStrip *strip, Err *err);

#endif
