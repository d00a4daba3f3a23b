/* worker — the threads of a batch: each takes the next file until none is left.
 *
 * Threads: the caller's thread owns a Work and waits for the workers; see the fields.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_WORKER_H
#define LUTIST_BATCH_WORKER_H

#include "base/thread/cancel.h"
#include "batch/batch_options.h"
#include "batch/budget.h"
#include "batch/file/commits.h"
#include "batch/file/folders.h"
#include "batch/program_cache.h"
#include "batch/turns.h"

/* After so many files in a row that the disk refused, the rest is left. */
enum { MOST_REFUSED = 3 };

typedef struct Work {
    /* immutable while workers run */
    const BatchOptions *options;
    const char *start; /* the folder that relative names count from */
    int count;
    Folders *folders;
    Claims *claims;
    /* these take care of themselves */
    Monitor monitor;
    Caller caller;
    ProgramCache programs;
    Budget budget;
    Turns turns;
    Commits commits;
    Cancel cancel;
    /* guarded by monitor.lock */
    BatchItem *items; /* each belongs to the thread that converts or commits it, until
                         it is put */
    int *finished;    /* indices of items done or failed, in order of completion */
    int n_finished;
    int told;    /* of these, how many the caller has passed on */
    int running; /* workers that have not ended */
    int refused; /* files in a row that the disk did not take */
    int stopped; /* the errno that ended the run; 0: none */
} Work;

/* A thread's function; `arg` is the Work. `running` and turns.at_work have been counted
 * up for it. */
void worker_main(void *arg);
/* A settle_fn; `context` is the Work. */
void worker_settle(void *context, int index, const Err *err);
/* Nobody begins another file. Called with the lock held. */
void worker_stop(Work *work);

#endif
