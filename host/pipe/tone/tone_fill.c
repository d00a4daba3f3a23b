#include "pipe/tone/tone_fill.h"

#include <string.h>

#include "base/mem.h"
#include "pipe/tone/shared_doubles.h"
#include "pipe/tone/tone_cache_parts.h"

/* Inputs that a worker takes at a time: they and their results stay in its caches from
 * tone to tone. */
enum { CHUNK = 2048 };

/* Nodes whose values come from expressions, parents before their children. */
typedef struct Wave {
    ToneNode **nodes;
    int count;
} Wave;

static bool is_in(const Wave *wave, const ToneNode *node)
{
    for (int i = 0; i < wave->count; i++)
        if (wave->nodes[i] == node)
            return true;
    return false;
}

/* The pending nodes that can be evaluated without calling a curve. */
static bool gather(const ToneTree *tree, Wave *wave, Err *err)
{
    for (int i = 0; i < tree->count; i++) {
        ToneNode *node = tree->nodes[i];
        if (!tone_tree_is_pending(tree, node) || !node->exprs ||
            !(node->parent->ready || is_in(wave, node->parent)))
            continue;
        if (!tone_tree_provide(tree, node, err))
            return false;
        wave->nodes[wave->count++] = node;
    }
    return true;
}

/* One chunk of inputs through all nodes of the wave, on a worker. */
static void eval_chunk(void *arg, int index)
{
    const Wave *wave = arg;
    size_t begin = (size_t)index * CHUNK;
    for (int i = 0; i < wave->count; i++) {
        ToneNode *node = wave->nodes[i];
        size_t left = node->size - begin, n = left < CHUNK ? left : CHUNK;
        const double *x = node->parent->values + begin;
        for (int k = 0; k < node->n; k++) {
            if (!expr_eval(node->exprs[k], x, node->values + begin, n))
                atomic_store(&node->failed, true);
            x = node->values + begin;
        }
    }
}

/* Returns whether all nodes of the wave are ready. */
static bool mark_ready(ToneCache *cache, const Wave *wave)
{
    bool all = true;
    for (int i = 0; i < wave->count; i++) {
        ToneNode *node = wave->nodes[i];
        node->ready = !atomic_load(&node->failed) && node->parent->ready;
        cache->evaluations += node->ready;
        all = all && node->ready;
    }
    return all;
}

static bool eval_expressions(ToneCache *cache, Pool *pool, bool *complete, Err *err)
{
    Wave wave = {.nodes = mem_new((size_t)cache->tree.count, sizeof(ToneNode *))};
    bool good = gather(&cache->tree, &wave, err);
    if (good && wave.count > 0) {
        int chunks = (int)((wave.nodes[0]->size + CHUNK - 1) / CHUNK);
        pool_for(pool, chunks, eval_chunk, &wave, NULL);
        *complete = mark_ready(cache, &wave);
    }
    mem_free(wave.nodes);
    return good;
}

static ToneNode *next_to_call(const ToneTree *tree)
{
    for (int i = 0; i < tree->count; i++) {
        ToneNode *node = tree->nodes[i];
        if (tone_tree_is_pending(tree, node) && !node->exprs && node->parent->ready)
            return node;
    }
    return NULL;
}

/* Call the curves themselves. The nodes below stay ready if the values are the same as
 * before. */
static bool call_curves(ToneCache *cache, ToneNode *node, Err *err)
{
    double *y = shared_doubles_new(node->size, err);
    const double *x = node->parent->values;
    bool good = y != NULL;
    for (int k = 0; good && k < node->n; k++, x = y)
        good = node->curves[k]->eval(node->curves[k]->context, x, y, node->size, err);
    if (!good) {
        shared_doubles_unref(&y);
        return false;
    }
    if (node->values && memcmp(node->values, y, node->size * sizeof *y) == 0) {
        shared_doubles_unref(&y);
    } else {
        shared_doubles_unref(&node->values);
        node->values = y;
        tone_tree_invalidate(&cache->tree, node);
    }
    node->ready = true;
    cache->evaluations++;
    return true;
}

bool tone_fill(ToneCache *cache, Pool *pool, bool *complete, Err *err)
{
    *complete = true;
    for (;;) {
        if (!eval_expressions(cache, pool, complete, err))
            return false;
        ToneNode *node = *complete ? next_to_call(&cache->tree) : NULL;
        if (!node)
            return true;
        if (!call_curves(cache, node, err))
            return false;
    }
}
