#include "pipe/tone/tone_tree.h"

#include <string.h>

#include "base/mem.h"
#include "pipe/tone/shared_doubles.h"

static void node_free(ToneNode *node)
{
    for (int i = 0; node->exprs && i < node->n; i++)
        expr_unref(&node->exprs[i]);
    mem_free(node->exprs);
    mem_free(node->curves);
    shared_doubles_unref(&node->values);
    mem_free(node);
}

void tone_tree_clear(ToneTree *tree)
{
    for (int i = 0; i < tree->count; i++)
        node_free(tree->nodes[i]);
    mem_free(tree->nodes);
    *tree = (ToneTree){0};
}

size_t tone_tree_bytes(const ToneTree *tree)
{
    size_t bytes = 0;
    for (int i = 0; i < tree->count; i++)
        if (tree->nodes[i]->values)
            bytes += tree->nodes[i]->size * sizeof(double);
    return bytes;
}

static bool hangs_on(const ToneNode *node, const ToneNode *ancestor)
{
    while (node && node != ancestor)
        node = node->parent;
    return node != NULL;
}

static void remove_at(ToneTree *tree, int index)
{
    node_free(tree->nodes[index]);
    tree->count--;
    memmove(&tree->nodes[index], &tree->nodes[index + 1],
            (size_t)(tree->count - index) * sizeof(ToneNode *));
}

/* Children stand behind their parents: going backwards, no parent is removed before
 * them. */
void tone_tree_remove(ToneTree *tree, const ToneNode *node)
{
    for (int i = tree->count - 1; i >= 0; i--)
        if (hangs_on(tree->nodes[i], node))
            remove_at(tree, i);
}

void tone_tree_remove_last(ToneTree *tree)
{
    remove_at(tree, tree->count - 1);
}

void tone_tree_remove_unused(ToneTree *tree)
{
    for (int i = tree->count - 1; i >= 0; i--)
        if (tree->nodes[i]->generation != tree->generation)
            remove_at(tree, i);
}

static ToneNode *add(ToneTree *tree, ToneNode *parent, size_t size)
{
    ToneNode *node = mem_new(1, sizeof *node);
    atomic_init(&node->failed, false);
    node->parent = parent;
    node->size = size;
    node->generation = tree->generation;
    tree->nodes = mem_more(tree->nodes, (size_t)tree->count, 1, sizeof(ToneNode *));
    return tree->nodes[tree->count++] = node;
}

static ToneNode *add_root(ToneTree *tree, size_t n, Err *err)
{
    double *values = shared_doubles_new(n, err);
    if (!values)
        return NULL;
    ToneNode *node = add(tree, NULL, n);
    node->values = values;
    node->ready = true;
    return node;
}

ToneNode *tone_tree_grid(ToneTree *tree, size_t n, Err *err)
{
    ToneNode *node = NULL;
    for (int i = 0; i < tree->count && !node; i++)
        if (tree->nodes[i]->grid && tree->nodes[i]->size == n)
            node = tree->nodes[i];
    if (!node) {
        node = add_root(tree, n, err);
        if (!node)
            return NULL;
        node->grid = true;
        for (size_t i = 0; i < n; i++)
            node->values[i] = (double)i / (double)(n - 1);
    }
    node->generation = tree->generation;
    return node;
}

/* In blocks: memcmp() may look at all of an array before it tells of the first
 * difference (ThreadSanitizer's does), and a search of many breaks makes many roots. */
static bool same_values(const double *a, const double *b, size_t n)
{
    enum { BLOCK = 32 };
    for (size_t i = 0; i < n; i += BLOCK)
        if (memcmp(a + i, b + i, (n - i < BLOCK ? n - i : BLOCK) * sizeof *a) != 0)
            return false;
    return true;
}

ToneNode *tone_tree_root(ToneTree *tree, const double *inputs, size_t n, Err *err)
{
    for (int i = 0; i < tree->count; i++) {
        ToneNode *node = tree->nodes[i];
        if (node->parent || node->size != n || !same_values(node->values, inputs, n))
            continue;
        node->generation = tree->generation;
        return node;
    }
    ToneNode *node = add_root(tree, n, err);
    if (node)
        memcpy(node->values, inputs, n * sizeof *inputs);
    return node;
}

static bool same_exprs(const ToneNode *node, const Curve *const *curves)
{
    for (int i = 0; i < node->n; i++)
        if (!expr_equal(node->exprs[i], curves[i]->expr))
            return false;
    return true;
}

/* Curves without expressions are the same only if they are the same objects, in this
 * generation. Values of an earlier generation are kept: calling the curves may show
 * that they are still right. */
static bool leads_here(const ToneTree *tree, const ToneNode *node,
                       const ToneNode *parent, const Curve *const *curves, int n,
                       bool trusted)
{
    if (node->parent != parent || node->n != n || trusted != (node->exprs != NULL))
        return false;
    if (trusted)
        return same_exprs(node, curves);
    return node->generation != tree->generation ||
           memcmp(node->curves, curves, (size_t)n * sizeof(Curve *)) == 0;
}

static ToneNode *add_child(ToneTree *tree, ToneNode *parent, const Curve *const *curves,
                           int n, bool trusted)
{
    ToneNode *node = add(tree, parent, parent->size);
    node->n = n;
    node->curves = mem_new((size_t)n, sizeof(Curve *));
    memcpy(node->curves, curves, (size_t)n * sizeof(Curve *));
    if (!trusted)
        return node;
    node->exprs = mem_new((size_t)n, sizeof(Expr *));
    for (int i = 0; i < n; i++)
        node->exprs[i] = expr_ref(curves[i]->expr);
    return node;
}

ToneNode *tone_tree_child(ToneTree *tree, ToneNode *parent, const Curve *const *curves,
                          int n, bool trusted)
{
    for (int i = 0; i < tree->count; i++) {
        ToneNode *node = tree->nodes[i];
        if (!leads_here(tree, node, parent, curves, n, trusted))
            continue;
        if (node->generation != tree->generation) {
            memcpy(node->curves, curves, (size_t)n * sizeof(Curve *));
            node->ready = node->ready && trusted;
        }
        node->generation = tree->generation;
        return node;
    }
    return add_child(tree, parent, curves, n, trusted);
}

static const ToneNode *root_of(const ToneNode *node)
{
    while (node->parent)
        node = node->parent;
    return node;
}

/* A vector of the last generation that this one does not use, still in the processor's
 * caches. */
static double *steal(const ToneTree *tree, const ToneNode *node)
{
    for (int i = 0; i < tree->count; i++) {
        ToneNode *old = tree->nodes[i];
        if (old->generation == tree->generation || !old->parent || !old->values ||
            root_of(old) != root_of(node) || shared_doubles_is_shared(old->values))
            continue;
        double *values = old->values;
        old->values = NULL;
        old->ready = false;
        return values;
    }
    return NULL;
}

bool tone_tree_provide(const ToneTree *tree, ToneNode *node, Err *err)
{
    if (node->values && shared_doubles_is_shared(node->values))
        shared_doubles_unref(&node->values);
    if (!node->values)
        node->values = steal(tree, node);
    if (!node->values)
        node->values = shared_doubles_new(node->size, err);
    return node->values != NULL;
}

void tone_tree_invalidate(const ToneTree *tree, const ToneNode *node)
{
    for (int i = 0; i < tree->count; i++)
        if (tree->nodes[i] != node && hangs_on(tree->nodes[i], node))
            tree->nodes[i]->ready = false;
}

bool tone_tree_is_pending(const ToneTree *tree, const ToneNode *node)
{
    return node->generation == tree->generation && !node->ready;
}
