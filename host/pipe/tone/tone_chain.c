#include "pipe/tone/tone_chain.h"

#include <string.h>

#include "base/mem.h"
#include "pipe/tone/shared_doubles.h"
#include "pipe/tone/tone_cache_parts.h"
#include "pipe/tone/tone_fill.h"

/* The curves of one channel, and the nodes that hold their values. */
typedef struct Chain {
    const Curve **curves; /* owned; without the identities */
    int count;
    int group; /* curves a node */
    ToneNode *nodes[TONE_CACHE_NODES];
    int n_nodes;
} Chain;

static Chain chain_of(const Stage *stages, int count, int channel)
{
    Chain chain = {.curves = mem_new((size_t)count, sizeof(Curve *))};
    for (int i = 0; i < count; i++)
        if (stages[i].tone[channel])
            chain.curves[chain.count++] = stages[i].tone[channel];
    chain.group = (chain.count + TONE_CACHE_NODES - 1) / TONE_CACHE_NODES;
    return chain;
}

/* The curves of the chain's node number `index`; *n of them. */
static const Curve *const *group_at(const Chain *chain, int index, int *n)
{
    int left = chain->count - index * chain->group;
    *n = left < chain->group ? left : chain->group;
    return chain->curves + (size_t)index * (size_t)chain->group;
}

static bool are_trusted(const ToneTrust *trust, const Curve *const *curves, int n)
{
    for (int i = 0; i < n; i++)
        if (!tone_trust_holds(trust, curves[i]))
            return false;
    return true;
}

static void find_nodes(ToneCache *cache, ToneNode *root, Chain *chain)
{
    chain->n_nodes = 0;
    for (int done = 0; done < chain->count; done += chain->group) {
        int n, index = chain->n_nodes++;
        const Curve *const *curves = group_at(chain, index, &n);
        ToneNode *parent = index ? chain->nodes[index - 1] : root;
        bool trusted = are_trusted(&cache->trust, curves, n);
        chain->nodes[index] = tone_tree_child(&cache->tree, parent, curves, n, trusted);
    }
}

/* Call the curves whose expressions have no value somewhere. */
static void distrust_failed(ToneCache *cache, const Chain *chain)
{
    for (int i = 0; i < chain->n_nodes; i++) {
        int n;
        const Curve *const *curves = group_at(chain, i, &n);
        const ToneNode *node = chain->nodes[i];
        bool failed = atomic_load(&node->failed) && node->parent->ready;
        for (int k = 0; failed && k < n; k++)
            tone_trust_withdraw(&cache->trust, curves[k],
                                "for some value it raises, or cannot be recorded");
    }
}

/* Compare the chain's expressions with their curves. */
static bool probe_chain(ToneCache *cache, const Chain *chain)
{
    bool good = true;
    for (int i = 0; i < chain->n_nodes; i++) {
        int n;
        const Curve *const *curves = group_at(chain, i, &n);
        const ToneNode *node = chain->nodes[i];
        if (node->exprs)
            good = tone_trust_probe(&cache->trust, curves, n, node->parent->values,
                                    node->size) &&
                   good;
    }
    return good;
}

static bool same_curves(const Chain *a, const Chain *b)
{
    return a->count == b->count &&
           (a->count == 0 ||
            memcmp(a->curves, b->curves, (size_t)a->count * sizeof(Curve *)) == 0);
}

static bool probe_chains(ToneCache *cache, const Chain chains[3])
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

static bool has_failed(const ToneCache *cache, const ToneNode *node)
{
    (void)cache;
    return atomic_load(&node->failed);
}

/* Are the values those of an expression that differs from its curve? */
static bool is_untrue(const ToneCache *cache, const ToneNode *node)
{
    return node->exprs && node->generation == cache->tree.generation &&
           !are_trusted(&cache->trust, node->curves, node->n);
}

static void remove_nodes(ToneCache *cache,
                         bool (*is_unwanted)(const ToneCache *, const ToneNode *))
{
    for (int i = cache->tree.count - 1; i >= 0; i--)
        if (is_unwanted(cache, cache->tree.nodes[i]))
            tone_tree_remove(&cache->tree, cache->tree.nodes[i]);
}

/* Find the chains' nodes, fill them and probe them. *again: some expressions are no
 * longer trusted, so other nodes are needed. */
static bool try_chains(ToneCache *cache, Pool *pool, ToneNode *root, Chain chains[3],
                       bool *again, Err *err)
{
    bool complete;
    *again = true;
    for (int c = 0; c < 3; c++)
        find_nodes(cache, root, &chains[c]);
    if (!tone_fill(cache, pool, &complete, err))
        return false;
    if (!complete) {
        for (int c = 0; c < 3; c++)
            distrust_failed(cache, &chains[c]);
        remove_nodes(cache, has_failed);
    } else if (!probe_chains(cache, chains)) {
        remove_nodes(cache, is_untrue);
    } else {
        *again = false;
    }
    return true;
}

/* A curve that is distrusted on the way is never trusted again in this generation, so
 * the loop ends. */
static bool run_chains(ToneCache *cache, Pool *pool, ToneNode *root, Chain chains[3],
                       Err *err)
{
    for (bool again = true; again;)
        if (!try_chains(cache, pool, root, chains, &again, err))
            return false;
    return true;
}

static double *result(const Chain *chain)
{
    return chain->nodes[chain->n_nodes - 1]->values;
}

bool tone_chain_first(ToneCache *cache, Pool *pool, const Stage *stages, int count,
                      int levels, double *out[3], Err *err)
{
    ToneNode *root = tone_tree_grid(&cache->tree, (size_t)levels, err);
    if (!root)
        return false;
    Chain chains[3];
    for (int c = 0; c < 3; c++)
        chains[c] = chain_of(stages, count, c);
    bool good = run_chains(cache, pool, root, chains, err);
    for (int c = 0; c < 3; c++) {
        bool used = good && chains[c].count > 0;
        out[c] = used ? shared_doubles_ref(result(&chains[c])) : NULL;
        mem_free(chains[c].curves);
    }
    return good;
}

static bool apply(const ToneSequence *tones, double *y, size_t n, Err *err)
{
    ToneNode *root = tone_tree_root(&tones->cache->tree, y, n, err);
    if (!root)
        return false;
    Chain chains[3] = {chain_of(tones->stages, tones->count, tones->channel)};
    bool good = run_chains(tones->cache, tones->pool, root, chains, err);
    if (good && chains[0].count > 0)
        memcpy(y, result(&chains[0]), n * sizeof *y);
    mem_free(chains[0].curves);
    return good;
}

/* In a tree that is dropped afterwards; the cache keeps its trust. */
static bool apply_aside(const ToneSequence *tones, double *y, size_t n, Err *err)
{
    ToneCache *cache = tones->cache;
    ToneTree kept = cache->tree;
    cache->tree = (ToneTree){.generation = kept.generation};
    bool good = apply(tones, y, n, err);
    tone_tree_clear(&cache->tree);
    cache->tree = kept;
    return good;
}

bool tone_chain_apply(const ToneSequence *tones, double *y, size_t n, Err *err)
{
    bool fits = tones->cache->tree.count < TONE_TREE_MOST_NODES;
    return fits ? apply(tones, y, n, err) : apply_aside(tones, y, n, err);
}
