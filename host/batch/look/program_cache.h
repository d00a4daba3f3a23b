/* program_cache — the programs of one batch, each compiled for the first file that
 * needs it.
 *
 * There is one for each depth, for gray and for colour; where files are converted, also
 * for each ICC profile that they come with, the last few of them. Each look has its
 * own.
 * Threads: any, between init and term.
 * Python:  unaware; program_cache_get waits, so call it with the GIL released.
 */
#ifndef LUTIST_BATCH_LOOK_PROGRAM_CACHE_H
#define LUTIST_BATCH_LOOK_PROGRAM_CACHE_H

#include "batch/batch_lock.h"
#include "batch/caller.h"
#include "pipe/color/color_target.h"

typedef struct ProgramSet ProgramSet;

typedef struct ProgramCache {
    BatchLock *batch_lock;     /* borrowed, as the next two */
    Caller *caller;            /* it has the plans */
    const ColorTarget *target; /* NULL: files keep their profiles */
    /* guarded by batch_lock->lock */
    ProgramSet *sets; /* the newest first */
} ProgramCache;

/* The program of a look for rows like `info` of a file with `meta`; a new reference.
 * Waits for the caller's plan. Fails: ERR_CANCELLED, ERR_MEMORY, ERR_FILE (a damaged
 * profile). */
Program *program_cache_get(ProgramCache *cache, const BatchLook *look, const Meta *meta,
                           ImageInfo info, Err *err);
/* No program_cache_get may be running. */
void program_cache_term(ProgramCache *cache);

#endif
