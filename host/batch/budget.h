/* budget — the memory that the files in work may take together.
 *
 * A file enters with the estimate from its header and waits until there is room. Files
 * enter in the order in which they came, so that small ones do not pass a large one for
 * ever. A file larger than the whole budget enters when it is alone.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_BUDGET_H
#define LUTIST_BATCH_BUDGET_H

#include <stdint.h>

#include "batch/monitor.h"

typedef struct Budget {
    Monitor *monitor; /* borrowed */
    uint64_t total;   /* bytes; immutable */
    /* guarded by monitor->lock */
    uint64_t used;
    unsigned came, served; /* files; they are served in the order in which they came */
    bool closed;
} Budget;

/* Waits. Fails: ERR_CANCELLED (it was closed). */
bool budget_enter(Budget *budget, uint64_t bytes, Err *err);
/* Give back the bytes of budget_enter. */
void budget_leave(Budget *budget, uint64_t bytes);
/* From now on nobody enters. Called with the lock held. */
void budget_close(Budget *budget);

#endif
