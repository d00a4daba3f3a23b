#include "pipe/tone/tone_chain.h"

#include <string.h>

#include "base/mem.h"
#include "pipe/tone/shared_doubles.h"

/* Inputs that a worker takes at a time: they and their results stay in its caches from
 * tone to tone. */
enum { CHUNK = 2048, PROBES = 7 };

/* One channel's tones. */
typedef struct Chain {
    const Curve **curves; /* owned; without the identities */
    int count;
    int group; /* curves a link */
    Link *links[TONE_CACHE_STEPS];
    int n_links;
} Chain;

/* Links that can be worked out without calling anybody. */
typedef struct Wave {
    Link **links;
    int count;
} Wave;

static Chain chain_of(const Stage *stages, int count, int channel)
{
    Chain chain = {.curves = mem_new((size_t)count, sizeof(Curve *))};
    for (int i = 0; i < count; i++)
        if (stages[i].tone[channel])
            chain.curves[chain.count++] = stages[i].tone[channel];
    chain.group = (chain.count + TONE_CACHE_STEPS - 1) / TONE_CACHE_STEPS;
    return chain;
}

static int group_size(const Chain *chain, int link)
{
    int left = chain->count - link * chain->group;
    return left < chain->group ? left : chain->group;
}

static void find_links(ToneCache *cache, Link *root, Chain *chain)
{
    chain->n_links = 0;
    for (int i = 0; i < chain->count; i += chain->group) {
        Link *parent = chain->n_links ? chain->links[chain->n_links - 1] : root;
        chain->links[chain->n_links] = tone_cache_step(
            cache, parent, chain->curves + i, group_size(chain, chain->n_links));
        chain->n_links++;
    }
}

static void work_out(void *arg, int index)
{
    const Wave *wave = arg;
    size_t begin = (size_t)index * CHUNK;
    for (int i = 0; i < wave->count; i++) {
        Link *link = wave->links[i];
        size_t left = link->size - begin, n = left < CHUNK ? left : CHUNK;
        const double *x = link->parent->values + begin;
        for (int k = 0; k < link->n; k++) {
            if (!expr_eval(link->exprs[k], x, link->values + begin, n))
                atomic_store(&link->failed, true);
            x = link->values + begin;
        }
    }
}

static bool is_in(const Wave *wave, const Link *link)
{
    for (int i = 0; i < wave->count; i++)
        if (wave->links[i] == link)
            return true;
    return false;
}

static bool is_pending(const ToneCache *cache, const Link *link)
{
    return link->build == cache->build && !link->ready;
}

static bool gather(ToneCache *cache, Wave *wave, Err *err)
{
    for (int i = 0; i < cache->count; i++) {
        Link *link = cache->links[i];
        if (!is_pending(cache, link) || !link->exprs ||
            !(link->parent->ready || is_in(wave, link->parent)))
            continue;
        if (!tone_cache_provide(cache, link, err))
            return false;
        wave->links[wave->count++] = link;
    }
    return true;
}

static void distrust_all(ToneCache *cache, const Chain *chain, const Link *link,
                         const char *reason)
{
    for (int i = 0; i < chain->n_links; i++)
        for (int k = 0; chain->links[i] == link && k < link->n; k++)
            tone_cache_distrust(cache, chain->curves[i * chain->group + k], reason);
}

/* After a wave: what could not be worked out goes, and its curves will be called. */
static bool sort_out(ToneCache *cache, const Wave *wave, const Chain *chains)
{
    bool good = true;
    for (int i = 0; i < wave->count; i++) {
        Link *link = wave->links[i];
        link->ready = !atomic_load(&link->failed) && link->parent->ready;
        cache->evaluations += link->ready;
        if (!atomic_load(&link->failed) || !link->parent->ready)
            continue;
        for (int c = 0; c < 3; c++)
            distrust_all(cache, &chains[c], link, "no value somewhere");
        good = false;
    }
    for (int i = wave->count - 1; i >= 0; i--)
        if (!wave->links[i]->ready)
            tone_cache_remove(cache, wave->links[i]);
    return good;
}

/* The curves themselves, on this thread. What hangs on them stays when they give what
 * they gave before. */
static bool call_curves(ToneCache *cache, Link *link, Err *err)
{
    double *y = shared_doubles_new(link->size, err);
    const double *x = link->parent->values;
    bool good = y != NULL;
    for (int k = 0; good && k < link->n; k++, x = y)
        good = link->curves[k]->eval(link->curves[k]->context, x, y, link->size, err);
    if (!good) {
        shared_doubles_unref(&y);
        return false;
    }
    if (link->values && memcmp(link->values, y, link->size * sizeof *y) == 0) {
        shared_doubles_unref(&y);
    } else {
        shared_doubles_unref(&link->values);
        link->values = y;
        tone_cache_invalidate(cache, link);
    }
    link->ready = true;
    cache->evaluations++;
    return true;
}

static Link *next_to_call(const ToneCache *cache)
{
    for (int i = 0; i < cache->count; i++) {
        Link *link = cache->links[i];
        if (is_pending(cache, link) && !link->exprs && link->parent->ready)
            return link;
    }
    return NULL;
}

static bool run_wave(ToneCache *cache, Pool *pool, const Chain *chains, bool *again,
                     Err *err)
{
    Wave wave = {.links = mem_new((size_t)cache->count, sizeof(Link *))};
    bool good = gather(cache, &wave, err);
    if (good && wave.count > 0) {
        int chunks = (int)((wave.links[0]->size + CHUNK - 1) / CHUNK);
        pool_for(pool, chunks, work_out, &wave, NULL);
        *again = !sort_out(cache, &wave, chains);
    }
    mem_free(wave.links);
    return good;
}

/* Work out every link that is pending. *again: a curve turned out to need calling, so
 * the links are not right. */
static bool settle(ToneCache *cache, Pool *pool, const Chain *chains, bool *again,
                   Err *err)
{
    for (;;) {
        if (!run_wave(cache, pool, chains, again, err))
            return false;
        Link *link = *again ? NULL : next_to_call(cache);
        if (!link)
            return true;
        if (!call_curves(cache, link, err))
            return false;
    }
}

/* Compare an expression with its curve at the ends and some inputs between. */
static bool probe_link(ToneCache *cache, const Link *link, const Curve *const *curves)
{
    size_t n = link->size;
    const size_t at[PROBES] = {0, n / 11, n / 3, n / 2, n - n / 4, n - 2, n - 1};
    double x[PROBES], y[PROBES];
    bool good = true;
    for (int i = 0; i < PROBES; i++)
        x[i] = link->parent->values[at[i]];
    for (int k = 0; k < link->n; k++) {
        const Curve *curve = curves[k];
        expr_eval(curve->expr, x, y, PROBES);
        if (curve->agrees && !curve->agrees(curve->context, x, y, PROBES)) {
            tone_cache_distrust(cache, curve, "it does not do what was recorded");
            good = false;
        }
        memcpy(x, y, sizeof x);
    }
    return good;
}

static bool probe_chain(ToneCache *cache, const Chain *chain)
{
    bool good = true;
    for (int i = 0; i < chain->n_links; i++) {
        const Curve *const *curves = chain->curves + (size_t)i * (size_t)chain->group;
        if (chain->links[i]->exprs)
            good = probe_link(cache, chain->links[i], curves) && good;
    }
    return good;
}

static bool same_curves(const Chain *a, const Chain *b)
{
    return a->count == b->count &&
           (a->count == 0 ||
            memcmp(a->curves, b->curves, (size_t)a->count * sizeof(Curve *)) == 0);
}

static bool probe_all(ToneCache *cache, const Chain chains[3])
{
    bool good = true;
    for (int c = 0; c < 3; c++) {
        bool seen = false;
        for (int k = 0; k < c; k++)
            seen = seen || same_curves(&chains[k], &chains[c]);
        if (!seen)
            good = probe_chain(cache, &chains[c]) && good;
    }
    return good;
}

/* What was worked out from expressions that turned out not to be their curves. */
static void drop_distrusted(ToneCache *cache)
{
    for (int i = cache->count - 1; i >= 0; i--) {
        Link *link = cache->links[i];
        bool trusted = true;
        for (int k = 0; link->exprs && link->build == cache->build && k < link->n; k++)
            trusted = trusted && tone_cache_trusts(cache, link->curves[k]);
        if (!trusted)
            tone_cache_remove(cache, link);
    }
}

/* Fill the chains' links with their values. A curve that is distrusted on the way never
 * is trusted again in this build, so the loop ends. */
static bool run_chains(ToneCache *cache, Pool *pool, Link *root, Chain chains[3],
                       Err *err)
{
    bool again;
    do {
        again = false;
        for (int c = 0; c < 3; c++)
            find_links(cache, root, &chains[c]);
        if (!settle(cache, pool, chains, &again, err))
            return false;
        if (!again && !probe_all(cache, chains)) {
            drop_distrusted(cache);
            again = true;
        }
    } while (again);
    return true;
}

static const double *result(const Chain *chain)
{
    return chain->links[chain->n_links - 1]->values;
}

bool tone_chain_first(ToneCache *cache, Pool *pool, const Stage *stages, int count,
                      int levels, double *out[3], Err *err)
{
    Link *root = tone_cache_grid(cache, (size_t)levels, err);
    if (!root)
        return false;
    Chain chains[3];
    for (int c = 0; c < 3; c++)
        chains[c] = chain_of(stages, count, c);
    bool good = run_chains(cache, pool, root, chains, err);
    for (int c = 0; c < 3; c++) {
        bool used = good && chains[c].count > 0;
        out[c] = used ? shared_doubles_ref((double *)result(&chains[c])) : NULL;
        mem_free(chains[c].curves);
    }
    return good;
}

static bool apply(const ToneSequence *run, double *y, size_t n, Err *err)
{
    Link *root = tone_cache_root(run->cache, y, n, err);
    if (!root)
        return false;
    Chain chains[3] = {chain_of(run->stages, run->count, run->channel)};
    bool good = run_chains(run->cache, run->pool, root, chains, err);
    if (good && chains[0].count > 0)
        memcpy(y, result(&chains[0]), n * sizeof *y);
    mem_free(chains[0].curves);
    return good;
}

/* In a cache of its own, which is dropped; both caches have one list of distrust. */
static bool apply_aside(const ToneSequence *run, double *y, size_t n, Err *err)
{
    ToneCache *cache = run->cache, *aside = tone_cache_new();
    ToneSequence own = *run;
    own.cache = aside;
    tone_cache_begin(aside);
    aside->distrusted = cache->distrusted;
    aside->n_distrusted = cache->n_distrusted;
    bool good = apply(&own, y, n, err);
    cache->distrusted = aside->distrusted;
    cache->n_distrusted = aside->n_distrusted;
    cache->evaluations += aside->evaluations;
    aside->distrusted = NULL;
    tone_cache_free(aside);
    return good;
}

bool tone_chain_apply(const ToneSequence *run, double *y, size_t n, Err *err)
{
    bool fits = run->cache->count < TONE_CACHE_MOST_LINKS;
    return fits ? apply(run, y, n, err) : apply_aside(run, y, n, err);
}
