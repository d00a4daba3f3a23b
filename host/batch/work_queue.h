/* work_queue — the order in which workers take files, and retry the files that failed
 * for want of memory or file handles.
 *
 * Such a file is given back, and its worker pauses. The next worker that finishes its
 * file takes it, with fewer workers beside it. Paused workers come back one by one
 * while nothing is short. The last worker at work never pauses.
 * Threads: any; all functions but work_queue_init take the batch_lock's lock.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_WORK_QUEUE_H
#define LUTIST_BATCH_WORK_QUEUE_H

#include "batch/batch_lock.h"

typedef struct WorkQueue {
    BatchLock *batch_lock; /* borrowed */
    int count;             /* files; immutable */
    /* guarded by batch_lock->lock */
    int next;      /* the first file that no worker has taken */
    int *again;    /* owned: the files given back */
    int n_again;   /* how many */
    int at_work;   /* workers that have a file or look for one */
    int paused;    /* workers that pause */
    int wakes;     /* of these, how many shall come back */
    int calm;      /* files done since the last shortage */
    bool stopping; /* no worker takes another file */
} WorkQueue;

void work_queue_init(WorkQueue *queue, BatchLock *batch_lock, int count);
void work_queue_term(WorkQueue *queue);

/* The next file; -1: none is left. The worker is already counted in `at_work`. */
int work_queue_take(WorkQueue *queue);
/* Called with the lock held: a file is done without a shortage. */
void work_queue_note_done(WorkQueue *queue);
/* File `index` failed by a shortage. True: it was given back, and the pause is over.
 * False: this worker is the last one and keeps it. */
bool work_queue_give_back(WorkQueue *queue, int index);
/* The worker ends. */
void work_queue_leave(WorkQueue *queue);
/* Called with the lock held: no more files are taken. */
void work_queue_stop(WorkQueue *queue);

#endif
