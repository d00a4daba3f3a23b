/* worker — the threads of a batch: each develops the next file until none is left.
 *
 * Threads: the caller's thread owns a Work and waits for the workers; see the fields.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_WORKER_H
#define LUTIST_BATCH_WORKER_H

#include "base/thread/cancel.h"
#include "base/thread/spare_threads.h"
#include "batch/batch_options.h"
#include "batch/budget.h"
#include "batch/file/commits.h"
#include "batch/file/folders.h"
#include "batch/journal/resume.h"
#include "batch/look/choices.h"
#include "batch/look/program_cache.h"
#include "batch/work_queue.h"

/* After so many files in a row that the disk refused, the run ends. */
enum { MOST_REFUSED = 3 };

typedef struct Work {
    /* immutable while workers run */
    const BatchOptions *options;
    const char *start; /* the folder that relative paths start from */
    int count;
    Folders *folders;
    Claims *claims;
    Resume *resume; /* borrowed; NULL: nothing is remembered */
    /* these have their own contracts */
    BatchLock batch_lock;
    Caller caller;
    Choices choices;
    ProgramCache programs;
    Budget budget;
    WorkQueue queue;
    Commits commits;
    Cancel cancel;
    TempList temps;      /* of results and of sidecars */
    SpareThreads *spare; /* the workers are its owners */
    /* guarded by batch_lock.lock */
    BatchItem *items; /* an item belongs to the thread that develops or commits it until
                         it is finished */
    int *finished;    /* indices of items done or failed, in order of completion */
    int n_finished;
    int told;    /* of these, how many the caller has heard of */
    int running; /* workers that have not ended */
    int refused; /* files in a row that the disk refused */
    int stopped; /* the errno that ended the run; 0: none */
} Work;

/* The function of a thread; `arg` is the Work. `running` and queue.at_work already
 * count it. */
void worker_main(void *arg);
/* Steps of a commit, Commits.note and Commits.before; `context` is the Work. */
bool worker_note(void *context, const Commit *commit, Err *err);
bool worker_wait(void *context, const Commit *commit, Err *err);
/* A settle_fn; `context` is the Work. */
void worker_settle(void *context, int index, const Err *err);
/* On the caller's thread, or where that is stuck: call the hook `done` for all finished
 * files that it has not heard of. */
void worker_tell_all(Work *work);
/* No worker begins another file. Called with the lock held. */
void worker_stop(Work *work);

#endif
