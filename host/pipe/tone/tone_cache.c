#include "pipe/tone/tone_cache.h"

#include <string.h>

#include "base/mem.h"
#include "pipe/tone/shared_doubles.h"

ToneCache *tone_cache_new(void)
{
    return mem_new(1, sizeof(ToneCache));
}

static void link_free(Link *link)
{
    for (int i = 0; link->exprs && i < link->n; i++)
        expr_unref(&link->exprs[i]);
    mem_free(link->exprs);
    mem_free(link->curves);
    shared_doubles_unref(&link->values);
    mem_free(link);
}

void tone_cache_free(ToneCache *cache)
{
    if (!cache)
        return;
    for (int i = 0; i < cache->count; i++)
        link_free(cache->links[i]);
    mem_free(cache->links);
    mem_free(cache->distrusted);
    mem_free(cache);
}

void tone_cache_begin(ToneCache *cache)
{
    cache->build++;
    cache->n_distrusted = 0;
}

size_t tone_cache_bytes(const ToneCache *cache)
{
    size_t bytes = 0;
    for (int i = 0; i < cache->count; i++)
        if (cache->links[i]->values)
            bytes += cache->links[i]->size * sizeof(double);
    return bytes;
}

unsigned long tone_cache_evaluations(const ToneCache *cache)
{
    return cache->evaluations;
}

static bool hangs_on(const Link *link, const Link *ancestor)
{
    while (link && link != ancestor)
        link = link->parent;
    return link != NULL;
}

static void drop_at(ToneCache *cache, int index)
{
    link_free(cache->links[index]);
    cache->count--;
    memmove(&cache->links[index], &cache->links[index + 1],
            (size_t)(cache->count - index) * sizeof(Link *));
}

/* Children stand behind their parents: from the end on, no parent goes first. */
void tone_cache_remove(ToneCache *cache, Link *link)
{
    for (int i = cache->count - 1; i >= 0; i--)
        if (hangs_on(cache->links[i], link))
            drop_at(cache, i);
}

void tone_cache_end(ToneCache *cache)
{
    for (int i = cache->count - 1; i >= 0; i--)
        if (cache->links[i]->build != cache->build)
            drop_at(cache, i);
    while (tone_cache_bytes(cache) > TONE_CACHE_BYTES)
        drop_at(cache, cache->count - 1);
}

bool tone_cache_trusts(const ToneCache *cache, const Curve *curve)
{
    return curve->expr && !tone_cache_distrust_reason(cache, curve);
}

void tone_cache_distrust(ToneCache *cache, const Curve *curve, const char *reason)
{
    cache->distrusted = mem_more(cache->distrusted, (size_t)cache->n_distrusted, 1,
                                 sizeof *cache->distrusted);
    cache->distrusted[cache->n_distrusted++] = (Distrust){curve, reason};
}

const char *tone_cache_distrust_reason(const ToneCache *cache, const Curve *curve)
{
    for (int i = 0; i < cache->n_distrusted; i++)
        if (cache->distrusted[i].curve == curve)
            return cache->distrusted[i].reason;
    return NULL;
}

static Link *add(ToneCache *cache, Link *parent, size_t size)
{
    Link *link = mem_new(1, sizeof *link);
    atomic_init(&link->failed, false);
    link->parent = parent;
    link->size = size;
    link->build = cache->build;
    cache->links = mem_more(cache->links, (size_t)cache->count, 1, sizeof(Link *));
    return cache->links[cache->count++] = link;
}

static Link *add_root(ToneCache *cache, size_t n, Err *err)
{
    double *values = shared_doubles_new(n, err);
    if (!values)
        return NULL;
    Link *link = add(cache, NULL, n);
    link->values = values;
    link->ready = true;
    return link;
}

Link *tone_cache_grid(ToneCache *cache, size_t n, Err *err)
{
    Link *link = NULL;
    for (int i = 0; i < cache->count && !link; i++)
        if (cache->links[i]->grid && cache->links[i]->size == n)
            link = cache->links[i];
    if (!link) {
        link = add_root(cache, n, err);
        if (!link)
            return NULL;
        link->grid = true;
        for (size_t i = 0; i < n; i++)
            link->values[i] = (double)i / (double)(n - 1);
    }
    link->build = cache->build;
    return link;
}

Link *tone_cache_root(ToneCache *cache, const double *inputs, size_t n, Err *err)
{
    for (int i = 0; i < cache->count; i++) {
        Link *link = cache->links[i];
        if (link->parent || link->size != n ||
            memcmp(link->values, inputs, n * sizeof *inputs) != 0)
            continue;
        link->build = cache->build;
        return link;
    }
    Link *link = add_root(cache, n, err);
    if (link)
        memcpy(link->values, inputs, n * sizeof *inputs);
    return link;
}

static bool all_trusted(const ToneCache *cache, const Curve *const *curves, int n)
{
    for (int i = 0; i < n; i++)
        if (!tone_cache_trusts(cache, curves[i]))
            return false;
    return true;
}

static bool same_exprs(const Link *link, const Curve *const *curves)
{
    for (int i = 0; i < link->n; i++)
        if (!expr_equal(link->exprs[i], curves[i]->expr))
            return false;
    return true;
}

/* Without expressions curves are the same only where they are the same object, in this
 * build. An earlier build's values may turn out to be right once the curves have been
 * called again. */
static bool leads_here(const ToneCache *cache, const Link *link, const Link *parent,
                       const Curve *const *curves, int n, bool trusted)
{
    if (link->parent != parent || link->n != n || trusted != (link->exprs != NULL))
        return false;
    if (trusted)
        return same_exprs(link, curves);
    return link->build != cache->build ||
           memcmp(link->curves, curves, (size_t)n * sizeof(Curve *)) == 0;
}

static Link *add_step(ToneCache *cache, Link *parent, const Curve *const *curves, int n,
                      bool trusted)
{
    Link *link = add(cache, parent, parent->size);
    link->n = n;
    link->curves = mem_new((size_t)n, sizeof(Curve *));
    memcpy(link->curves, curves, (size_t)n * sizeof(Curve *));
    if (!trusted)
        return link;
    link->exprs = mem_new((size_t)n, sizeof(Expr *));
    for (int i = 0; i < n; i++)
        link->exprs[i] = expr_ref(curves[i]->expr);
    return link;
}

Link *tone_cache_step(ToneCache *cache, Link *parent, const Curve *const *curves, int n)
{
    bool trusted = all_trusted(cache, curves, n);
    for (int i = 0; i < cache->count; i++) {
        Link *link = cache->links[i];
        if (!leads_here(cache, link, parent, curves, n, trusted))
            continue;
        if (link->build != cache->build) {
            memcpy(link->curves, curves, (size_t)n * sizeof(Curve *));
            link->ready = link->ready && trusted;
        }
        link->build = cache->build;
        return link;
    }
    return add_step(cache, parent, curves, n, trusted);
}

static const Link *root_of(const Link *link)
{
    while (link->parent)
        link = link->parent;
    return link;
}

/* The last build's vector that this one has no use for, still warm in the caches. */
static double *steal(const ToneCache *cache, const Link *link)
{
    for (int i = 0; i < cache->count; i++) {
        Link *old = cache->links[i];
        if (old->build == cache->build || !old->parent || !old->values ||
            root_of(old) != root_of(link) || shared_doubles_is_shared(old->values))
            continue;
        double *values = old->values;
        old->values = NULL;
        old->ready = false;
        return values;
    }
    return NULL;
}

bool tone_cache_provide(ToneCache *cache, Link *link, Err *err)
{
    if (link->values && shared_doubles_is_shared(link->values))
        shared_doubles_unref(&link->values);
    if (!link->values)
        link->values = steal(cache, link);
    if (!link->values)
        link->values = shared_doubles_new(link->size, err);
    return link->values != NULL;
}

void tone_cache_invalidate(ToneCache *cache, const Link *link)
{
    for (int i = 0; i < cache->count; i++)
        if (cache->links[i] != link && hangs_on(cache->links[i], link))
            cache->links[i]->ready = false;
}
