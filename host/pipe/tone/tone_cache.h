/* tone_cache — the values that the last plan's tones gave, kept for the next plan.
 *
 * The room pipe/tone works out the values of tones. Its files, from the top:
 * tone_chain (neighbouring tones, one after the other), tone_fill (missing values),
 * tone_trust (does an expression stand for its curve), tone_cache and tone_tree (kept
 * values), curve_fit (a tone after a matrix, as parabolas), exact_tone (the same tone
 * where no parabola is close enough).
 *
 * A slider's move changes one stage, and the plan is made again. Only the values behind
 * the changed stage are worked out again. A curve is known by its expression; a curve
 * without one is called for every plan, and the values behind it stay if its own do.
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_TONE_TONE_CACHE_H
#define LUTIST_PIPE_TONE_TONE_CACHE_H

#include "pipe/stage.h"

enum {
    /* The nodes of one channel's chain. In a longer chain every second, third … tone's
     * values are kept. */
    TONE_CACHE_NODES = 16,
    /* The memory kept between plans: that many vectors of 16 bits for three channels.
     */
    TONE_CACHE_BYTES = 3 * (TONE_CACHE_NODES + 1) * 65537 * 8
};

typedef struct ToneCache ToneCache;

ToneCache *tone_cache_new(void);
void tone_cache_free(ToneCache *cache); /* NULL is fine */

/* Around the making of one plan. Values that the plan did not use are dropped by
 * tone_cache_end; after a failed plan, by the end of the next one. */
void tone_cache_begin(ToneCache *cache);
void tone_cache_end(ToneCache *cache);

/* Does the curve's expression stand for it? False also for a curve without one. */
bool tone_cache_trusts(const ToneCache *cache, const Curve *curve);
/* Why it does not, in the plan that is being made or was made last; NULL: it does. */
const char *tone_cache_distrust_reason(const ToneCache *cache, const Curve *curve);

/* Bytes kept now, and vectors worked out since tone_cache_new: for tests and -v. */
size_t tone_cache_bytes(const ToneCache *cache);
unsigned long tone_cache_evaluations(const ToneCache *cache);

#endif
