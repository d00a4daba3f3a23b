/* choices — the look of each file, where files have looks of their own.
 *
 * The caller's thread asks the hook a few files ahead of the workers, so that a worker
 * finds its file's look, and mostly its plan, made.
 * Threads: step on the caller's; get and drop on workers'; close on any.
 * Python:  unaware; no lock is held around the hook.
 */
#ifndef LUTIST_BATCH_LOOK_CHOICES_H
#define LUTIST_BATCH_LOOK_CHOICES_H

#include "batch/batch_lock.h"
#include "batch/hooks.h"

typedef struct Choice {
    bool made;
    Err *why; /* owned: the file fails; NULL: it does not */
    BatchLook look;
} Choice;

typedef struct Choices {
    /* immutable */
    BatchLock *batch_lock;   /* borrowed */
    const BatchHooks *hooks; /* borrowed; without `choose` all files have one look */
    const BatchItem *items;  /* borrowed */
    int count;
    int ahead; /* files that are chosen before a worker has taken them */
    /* the caller's thread only */
    int next;
    /* guarded by batch_lock->lock */
    Choice *choices; /* owned, one a file; one that is made is its worker's alone */
    bool closed;
} Choices;

/* The fields up to `ahead` are set, the others zero. */
void choices_init(Choices *choices);
/* No worker is left. */
void choices_term(Choices *choices);
/* Choose for one file more, if it is time; `taken` files have been taken by workers.
 * True: it was. *fatal is set where the run must end: an error that is not of one
 * file (ERR_FILE, ERR_USAGE). */
bool choices_step(Choices *choices, int taken, Err *fatal);
/* Wait for the look of file `index`: borrowed until choices_drop. NULL: the file fails
 * with *err, or (ERR_CANCELLED) is not begun. */
const BatchLook *choices_get(Choices *choices, int index, Err *err);
/* Does a choice that failed with *err fail its file alone? */
bool choices_is_of_file(const Err *err);
/* The file has ended. */
void choices_drop(Choices *choices, int index);
/* Nobody waits any more. Called with the lock held. */
void choices_close(Choices *choices);

#endif
