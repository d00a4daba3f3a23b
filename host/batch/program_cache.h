/* program_cache — the programs of one batch, each made when the first file needs it.
 *
 * A look is wanted per depth, a program per depth and for gray or colour. Plans come
 * from the caller's hook and only on the caller's thread: a worker that needs one says
 * so and waits until the caller has served it.
 * Threads: workers call program_cache_get; the caller's thread calls the others.
 * Python:  unaware; the hook may take the GIL, so no lock is held around it.
 */
#ifndef LUTIST_BATCH_PROGRAM_CACHE_H
#define LUTIST_BATCH_PROGRAM_CACHE_H

#include "batch/batch.h"
#include "batch/monitor.h"
#include "pipe/program/compile.h"

typedef struct ProgramCache {
    Monitor *monitor; /* borrowed */
    /* guarded by monitor->lock; the first index is depth 8 or 16, the second colour or
     * gray */
    Plan *plans[2];
    bool wanted[2];
    Program *programs[2][2];
    bool compiling[2][2];
    bool failed; /* a plan could not be had: `err` says why, or nobody wants more */
    Err err;
} ProgramCache;

/* For rows like `info`: borrowed until program_cache_term; NULL: *err is set. Waits for
 * the caller's thread to serve. */
Program *program_cache_get(ProgramCache *looks, ImageInfo info, Err *err);

/* Ask the hook for one plan that is wanted. Called with the lock held, which is left
 * during the hook. False: none is wanted. */
bool program_cache_serve(ProgramCache *looks, const BatchHooks *hooks);
/* From now on every program_cache_get fails with ERR_CANCELLED. Called with the lock
 * held. */
void program_cache_close(ProgramCache *looks);
/* No program_cache_get may be running. */
void program_cache_term(ProgramCache *looks);

#endif
