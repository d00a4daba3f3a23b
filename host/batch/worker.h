/* worker — the threads of a batch: each takes the next file until none is left.
 *
 * Threads: the caller's thread owns a Work between work_init and work_term and waits
 * for the workers in between.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_WORKER_H
#define LUTIST_BATCH_WORKER_H

#include "base/cancel.h"
#include "batch/batch.h"
#include "batch/claims.h"
#include "batch/folders.h"
#include "batch/looks.h"
#include "batch/maps.h"

typedef struct Work {
    /* immutable while workers run */
    const BatchOptions *options;
    const char *start; /* the folder that relative names count from */
    int count;
    Monitor monitor;
    Looks looks;
    Maps maps;
    Cancel cancel;
    Folders *folders;
    Claims *claims;
    /* guarded by monitor.lock */
    BatchItem *items; /* one belongs to its worker from `next` until it is put */
    int *finished;    /* indices of items done or failed, in order of completion */
    int n_finished;
    int next;      /* the first item that nobody has taken */
    int running;   /* workers that have not ended */
    bool stopping; /* nobody takes another item */
} Work;

/* A thread's function; `arg` is the Work. `running` has been counted up for it. */
void worker_main(void *arg);

#endif
