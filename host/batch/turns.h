/* turns — the order in which workers take files, and take again the files that failed
 * for want of memory or file handles.
 *
 * Such a file is given back, and its worker pauses. The next worker that has finished
 * its file takes it, with fewer workers beside it. Paused workers come back one by one
 * as long as nothing is short. The last worker at work never pauses.
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
    int next;      /* the first that nobody has taken */
    int *again;    /* owned: those that were given back */
    int n_again;   /* of them */
    int at_work;   /* workers that have a file or look for one */
    int paused;    /* workers that wait */
    int wakes;     /* of these, how many shall come back */
    int calm;      /* files that were done since something was short */
    bool stopping; /* nobody takes another file */
} Turns;

void turns_init(Turns *turns, Monitor *monitor, int count);
void turns_term(Turns *turns);

/* The next file; -1: none is left. The worker has been counted in `at_work`. */
int turns_take(Turns *turns);
/* Called with the lock held: a file is done, and nothing was short for it. */
void turns_note_done(Turns *turns);
/* The machine was short of something for file `index`. True: it was given back, and
 * the pause is over. False: this worker is alone and has kept it. */
bool turns_give_back(Turns *turns, int index);
/* The worker ends. */
void turns_leave(Turns *turns);
/* Called with the lock held: no more files are taken. */
void turns_stop(Turns *turns);

#endif
