/* turns — the order in which workers take files, and retry the files that failed for
 * want of memory or file handles.
 *
 * Such a file is given back, and its worker pauses. The next worker that finishes its
 * file takes it, with fewer workers beside it. Paused workers come back one by one
 * while nothing is short. The last worker at work never pauses.
 * Threads: any; all functions but turns_init take the monitor's lock.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_TURNS_H
#define LUTIST_BATCH_TURNS_H

#include "batch/monitor.h"

typedef struct Turns {
    Monitor *monitor; /* borrowed */
    int count;        /* files; immutable */
    /* guarded by monitor->lock */
    int next;      /* the first file that no worker has taken */
    int *again;    /* owned: the files given back */
    int n_again;   /* how many */
    int at_work;   /* workers that have a file or look for one */
    int paused;    /* workers that pause */
    int wakes;     /* of these, how many shall come back */
    int calm;      /* files done since the last shortage */
    bool stopping; /* no worker takes another file */
} Turns;

void turns_init(Turns *turns, Monitor *monitor, int count);
void turns_term(Turns *turns);

/* The next file; -1: none is left. The worker is already counted in `at_work`. */
int turns_take(Turns *turns);
/* Called with the lock held: a file is done without a shortage. */
void turns_note_done(Turns *turns);
/* File `index` failed by a shortage. True: it was given back, and the pause is over.
 * False: this worker is the last one and keeps it. */
bool turns_give_back(Turns *turns, int index);
/* The worker ends. */
void turns_leave(Turns *turns);
/* Called with the lock held: no more files are taken. */
void turns_stop(Turns *turns);

#endif
