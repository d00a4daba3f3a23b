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

/* A plan that a worker asks for. It outlives the Caller. */
typedef struct CallerPlan {
    int look, depth;
    const ColorConversion *after; /* borrowed; NULL: none */
    _Atomic(Plan *) plan;         /* owned by the asker; set once */
} CallerPlan;

typedef struct Caller {
    /* immutable */
    const BatchHooks *hooks; /* borrowed */
    Dispatch *dispatch;      /* owned; the caller processes it */
    Cancel *cancel;          /* borrowed: ends every wait */
    /* the caller's thread only */
    Err err; /* of a failed plan: no other is asked for */
} Caller;

void caller_init(Caller *caller, const BatchHooks *hooks, Cancel *cancel);
/* Nobody may be asking. */
void caller_term(Caller *caller);

/* Let the hook make the plan, unless it is there. Fails: ERR_CANCELLED, also if the
 * hook failed: its error is caller->err. */
bool caller_plan(Caller *caller, CallerPlan *wanted, Err *err);
/* Fails: the hook's error, or ERR_CANCELLED. */
bool caller_map(Caller *caller, const BatchStrip *strip, Err *err);

#endif
