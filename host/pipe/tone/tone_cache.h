/* tone_cache — the values after each tone of the last plan, as a tree.
 *
 * The room pipe/tone: a curve's values. The cache (here); the tones of a channel worked
 * out one after the other with its help (tone_chain); a tone after a matrix as
 * parabolas (curve); its exact values where those do not do (exact).
 *
 * A slider's move changes one stage, and its plan is made anew. A root holds inputs; a
 * link holds the values that one or a few neighbouring curves make of its parent's.
 * Parents stand before their children. A curve is known by its expression: one without
 * is called again for every plan, but the links below its own stay while its values do.
 * Memory is bounded by TONE_CACHE_BYTES.
 * Threads: one at a time; workers write `failed` and their part of `values`.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_TONE_TONE_CACHE_H
#define LUTIST_PIPE_TONE_TONE_CACHE_H

#include <stdatomic.h>

#include "pipe/stage.h"

enum {
    /* Steps of a channel's tones that are kept; of longer chains every second, third …
     * tone is. */
    TONE_CACHE_STEPS = 16,
    /* The most that is kept between plans: that many vectors of 16 bits for three
     * channels. */
    TONE_CACHE_BYTES = 3 * (TONE_CACHE_STEPS + 1) * 65537 * 8,
    /* Each step looks at every link, so there must not be many: a chain that begins
     * with this many is worked out in a cache of its own. A look of a hundred stages
     * has a tenth. */
    TONE_CACHE_MOST_LINKS = 4096
};

typedef struct Link {
    struct Link *parent;  /* NULL: a root */
    const Curve **curves; /* owned; pointers valid while a plan is made */
    Expr **exprs;         /* owned, one a curve; NULL: a curve has none to trust */
    int n;                /* curves; 0 in a root */
    double *values;       /* shared doubles; NULL: none yet, or taken for another */
    size_t size;          /* of values */
    unsigned build;       /* the last plan that used it */
    bool ready;           /* values are the curves' of the parent's values */
    bool grid;            /* a root: the values of a file */
    atomic_bool failed;   /* workers: an expression has no value somewhere */
} Link;

typedef struct Distrust {
    const Curve *curve;
    const char *reason;
} Distrust;

typedef struct ToneCache {
    Link **links;
    int count;
    unsigned build;
    unsigned long evaluations;
    Distrust *distrusted; /* in this build */
    int n_distrusted;
} ToneCache;

ToneCache *tone_cache_new(void);
void tone_cache_free(ToneCache *cache); /* NULL is fine */

/* Around the making of one plan. Links that the plan did not use are dropped at its
 * end, or at the next one's where that failed. */
void tone_cache_begin(ToneCache *cache);
void tone_cache_end(ToneCache *cache);

/* Does the curve's expression stand for it? */
bool tone_cache_trusts(const ToneCache *cache, const Curve *curve);
/* From now on, in this build, the curve is called although it has an expression. */
void tone_cache_distrust(ToneCache *cache, const Curve *curve, const char *reason);
/* The reason, of the plan that is being made or was made last; NULL: it is trusted. */
const char *tone_cache_distrust_reason(const ToneCache *cache, const Curve *curve);

/* Roots, marked as used: of i / (n - 1.0), and of a copy of `inputs`. Fail:
 * ERR_MEMORY. */
Link *tone_cache_grid(ToneCache *cache, size_t n, Err *err);
Link *tone_cache_root(ToneCache *cache, const double *inputs, size_t n, Err *err);
/* The child of `parent` that n curves lead to, new or kept, marked as used. */
Link *tone_cache_step(ToneCache *cache, Link *parent, const Curve *const *curves,
                      int n);
/* A vector for a link to be worked out: one that this build has no use for, or a new
 * one. Fails: ERR_MEMORY. */
bool tone_cache_provide(ToneCache *cache, Link *link, Err *err);
/* The links below `link` are not ready any more. */
void tone_cache_invalidate(ToneCache *cache, const Link *link);
/* Drop a link and those below it. */
void tone_cache_remove(ToneCache *cache, Link *link);

/* Bytes that are kept now, and vectors that have been worked out since tone_cache_new,
 * for tests and -v. */
size_t tone_cache_bytes(const ToneCache *cache);
unsigned long tone_cache_evaluations(const ToneCache *cache);

#endif
