/* commits — complete files on their way to the disk and to their final names.
 *
 * Workers hand them in and go on. A few threads wait for the disk, for several files at
 * once, since a journal writes them together. A file gets its name when its bytes are
 * on the disk.
 * Threads: any, but start and finish from the caller's.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_FILE_COMMITS_H
#define LUTIST_BATCH_FILE_COMMITS_H

#include "batch/batch_lock.h"
#include "batch/file/claims.h"

enum { COMMIT_THREADS = 4 };

typedef struct Commit {
    Outfile *out;      /* flushed */
    const char *input; /* borrowed: its input */
    int index;         /* of the file */
} Commit;

/* File `index` is done (`err` NULL) or has failed. Called on any thread without the
 * lock. */
typedef void (*settle_fn)(void *context, int index, const Err *err);

/* A step of a file. False: it gets no name, and has failed. Called on any thread
 * without the lock. */
typedef bool (*commit_step_fn)(void *context, const Commit *commit, Err *err);

typedef struct Commits {
    /* immutable while threads run */
    BatchLock *batch_lock;
    Claims *claims;
    settle_fn settle;
    commit_step_fn note;   /* its bytes go to the disk next */
    commit_step_fn before; /* they are safe, and it gets its name next */
    void *context;         /* theirs */
    bool sync;             /* wait for the disk before a commit */
    int room;              /* how many files may be pending: each is an open one */
    int n_threads;
    pthread_t threads[COMMIT_THREADS];
    /* guarded by batch_lock->lock */
    Commit *waiting; /* owned: a ring of `room` */
    int first, count;
    int pending; /* waiting, or taken by a thread */
    bool dropped, closed;
} Commits;

/* Start, with the fields up to `room` set. If no thread can be started, or nothing is
 * synced, commits_add commits the file itself. */
void commits_start(Commits *commits);
/* Takes commit->out. Waits for room. */
void commits_add(Commits *commits, const Commit *commit);
/* Wait until nothing is pending. */
void commits_wait(Commits *commits);
/* From now on files that no thread has taken are dropped: ERR_CANCELLED. Called with
 * the lock held. */
void commits_drop(Commits *commits);
/* All workers have ended, and no file is pending. */
void commits_finish(Commits *commits);

#endif
