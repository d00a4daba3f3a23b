/* budget — the memory that the files in work may take together.
 *
 * A file enters with the estimate from its header and waits until there is room. Files
 * enter in order of arrival, so a large one is not overtaken for ever. A file larger
 * than the whole budget enters when no other is inside.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_BUDGET_H
#define LUTIST_BATCH_BUDGET_H

#include <stdint.h>

#include "batch/batch_lock.h"

typedef struct Budget {
    BatchLock *batch_lock; /* borrowed */
    /* immutable */
    uint64_t total; /* bytes */
    bool refuses;   /* limits_refuse: within it, allocations may still fail */
    /* guarded by batch_lock->lock */
    uint64_t used;
    unsigned came, served; /* files, served in order of arrival */
    bool closed;
} Budget;

/* Waits. Fails: ERR_CANCELLED (the budget is closed). */
bool budget_enter(Budget *budget, uint64_t bytes, Err *err);
/* Give back the bytes of budget_enter. */
void budget_leave(Budget *budget, uint64_t bytes);
/* From now on no file enters. Called with the lock held. */
void budget_close(Budget *budget);

#endif
