/* tone_fill — working out the missing values of a tone cache.
 *
 * Expressions are evaluated over a pool, in chunks that stay in a core's caches from
 * tone to tone. Curves without a trusted expression are called.
 * Threads: one at a time for a cache.
 * Python:  unaware; Curve.eval is called on the calling thread.
 */
#ifndef LUTIST_PIPE_TONE_TONE_FILL_H
#define LUTIST_PIPE_TONE_TONE_FILL_H

#include "base/thread/pool.h"
#include "pipe/tone/tone_cache.h"

/* Give every pending node its values. Not *complete: an expression has no value
 * somewhere. Its node is then `failed`; it and the nodes below it are not ready, and
 * the rest is not worked out. Fails: as a curve; ERR_MEMORY. */
bool tone_fill(ToneCache *cache, Pool *pool, bool *complete, Err *err);

#endif
