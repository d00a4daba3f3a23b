/* tone_chain — neighbouring tones worked out one after the other.
 *
 * Values that the last plan left in the cache are taken as they are; tone_fill works
 * out the others. Channels share equal nodes of the cache's tree.
 * Threads: one at a time for a cache.
 * Python:  unaware; Curve.eval is called on the calling thread.
 */
#ifndef LUTIST_PIPE_TONE_TONE_CHAIN_H
#define LUTIST_PIPE_TONE_TONE_CHAIN_H

#include "base/thread/pool.h"
#include "pipe/tone/tone_cache.h"

/* The `count` tones at `stages` at every value that a file can hold, i / (levels - 1).
 * out[c]: NULL if channel c does not change, else a reference (shared_doubles.h) to
 * levels values; equal pointers if channels are the same. Fails: as a curve,
 * ERR_MEMORY; out is then all NULL. */
bool tone_chain_first(ToneCache *cache, Pool *pool, const Stage *stages, int count,
                      int levels, double *out[3], Err *err);

/* Neighbouring tones of one channel. */
typedef struct ToneSequence {
    ToneCache *cache;
    Pool *pool; /* or NULL */
    const Stage *stages;
    int count, channel;
} ToneSequence;

/* y = those tones at y[0 … n), in place. Fails: as above. */
bool tone_chain_apply(const ToneSequence *tones, double *y, size_t n, Err *err);

#endif
