/* program_cache — the programs of one batch, each compiled for the first file that
 * needs it.
 *
 * There is one for each depth, for gray and for colour.
 * Threads: any, between init and term.
 * Python:  unaware; program_cache_get waits, so call it with the GIL released.
 */
#ifndef LUTIST_BATCH_PROGRAM_CACHE_H
#define LUTIST_BATCH_PROGRAM_CACHE_H

#include "batch/batch_lock.h"
#include "batch/caller.h"

typedef struct ProgramCache {
    BatchLock *batch_lock; /* borrowed */
    Caller *caller;        /* borrowed: it has the plans */
    /* guarded by batch_lock->lock; the first index is depth 8 or 16, the second colour
     * or gray */
    Program *programs[2][2];
    bool compiling[2][2];
} ProgramCache;

/* The program for rows like `info`; borrowed until program_cache_term. Waits for the
 * caller's plan. Fails: ERR_CANCELLED, ERR_MEMORY. */
Program *program_cache_get(ProgramCache *cache, ImageInfo info, Err *err);
/* No program_cache_get may be running. */
void program_cache_term(ProgramCache *cache);

#endif
