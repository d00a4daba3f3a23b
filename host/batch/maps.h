/* maps — strips of rows that only the caller's thread may map, since it owns the
 * interpreter.
 *
 * A worker hands its strip in and waits until the caller has served it; reading and
 * writing files stay with the workers. Strips are served in the order in which they
 * came.
 * Threads: workers call maps_get; the caller's thread calls the others.
 * Python:  unaware; the hook may take the GIL, so no lock is held around it.
 */
#ifndef LUTIST_BATCH_MAPS_H
#define LUTIST_BATCH_MAPS_H

#include "batch/program_cache.h"

typedef struct MapWish MapWish;

typedef struct Maps {
    Monitor *monitor; /* borrowed */
    bool hooked;      /* immutable: there is a map hook */
    /* guarded by monitor->lock */
    MapWish *first, *last; /* waiting */
    bool closed;
} Maps;

/* Fails: the hook's error, or ERR_CANCELLED. */
bool maps_get(Maps *maps, const BatchStrip *strip, Err *err);

/* Have the hook map one strip that waits. Called with the lock held, which is left
 * during the hook. False: none waits. */
bool maps_serve(Maps *maps, const BatchHooks *hooks);
/* From now on every maps_get fails with ERR_CANCELLED. Called with the lock held. */
void maps_close(Maps *maps);

#endif
