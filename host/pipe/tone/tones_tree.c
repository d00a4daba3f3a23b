#include "pipe/tone/tones_tree.h"

#include <string.h>

#include "base/mem.h"
#include "pipe/tone/shared_doubles.h"

Tones *tones_new(void)
{
    return mem_new(1, sizeof(Tones));
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

void tones_free(Tones *tones)
{
    if (!tones)
        return;
    for (int i = 0; i < tones->count; i++)
        link_free(tones->links[i]);
    mem_free(tones->links);
    mem_free(tones->distrusted);
    mem_free(tones);
}

void tones_begin(Tones *tones)
{
    tones->build++;
    tones->n_distrusted = 0;
}

size_t tones_bytes(const Tones *tones)
{
    size_t bytes = 0;
    for (int i = 0; i < tones->count; i++)
        if (tones->links[i]->values)
            bytes += tones->links[i]->size * sizeof(double);
    return bytes;
}

unsigned long tones_evaluations(const Tones *tones)
{
    return tones->evaluations;
}

static bool hangs_on(const Link *link, const Link *ancestor)
{
    while (link && link != ancestor)
        link = link->parent;
    return link != NULL;
}

static void drop_at(Tones *tones, int index)
{
    link_free(tones->links[index]);
    tones->count--;
    memmove(&tones->links[index], &tones->links[index + 1],
            (size_t)(tones->count - index) * sizeof(Link *));
}

/* Children stand behind their parents: from the end on, no parent goes first. */
void tree_remove(Tones *tones, Link *link)
{
    for (int i = tones->count - 1; i >= 0; i--)
        if (hangs_on(tones->links[i], link))
            drop_at(tones, i);
}

void tones_end(Tones *tones)
{
    for (int i = tones->count - 1; i >= 0; i--)
        if (tones->links[i]->build != tones->build)
            drop_at(tones, i);
    while (tones_bytes(tones) > TONES_BYTES)
        drop_at(tones, tones->count - 1);
}

bool tree_trusts(const Tones *tones, const Curve *curve)
{
    return curve->expr && !tones_distrust(tones, curve);
}

void tree_distrust(Tones *tones, const Curve *curve, const char *reason)
{
    tones->distrusted = mem_more(tones->distrusted, (size_t)tones->n_distrusted, 1,
                                 sizeof *tones->distrusted);
    tones->distrusted[tones->n_distrusted++] = (Distrust){curve, reason};
}

const char *tones_distrust(const Tones *tones, const Curve *curve)
{
    for (int i = 0; i < tones->n_distrusted; i++)
        if (tones->distrusted[i].curve == curve)
            return tones->distrusted[i].reason;
    return NULL;
}

static Link *add(Tones *tones, Link *parent, size_t size)
{
    Link *link = mem_new(1, sizeof *link);
    atomic_init(&link->failed, false);
    link->parent = parent;
    link->size = size;
    link->build = tones->build;
    tones->links = mem_more(tones->links, (size_t)tones->count, 1, sizeof(Link *));
    return tones->links[tones->count++] = link;
}

static Link *add_root(Tones *tones, size_t n, Err *err)
{
    double *values = shared_doubles_new(n, err);
    if (!values)
        return NULL;
    Link *link = add(tones, NULL, n);
    link->values = values;
    link->ready = true;
    return link;
}

Link *tree_grid(Tones *tones, size_t n, Err *err)
{
    Link *link = NULL;
    for (int i = 0; i < tones->count && !link; i++)
        if (tones->links[i]->grid && tones->links[i]->size == n)
            link = tones->links[i];
    if (!link) {
        link = add_root(tones, n, err);
        if (!link)
            return NULL;
        link->grid = true;
        for (size_t i = 0; i < n; i++)
            link->values[i] = (double)i / (double)(n - 1);
    }
    link->build = tones->build;
    return link;
}

Link *tree_root(Tones *tones, const double *inputs, size_t n, Err *err)
{
    for (int i = 0; i < tones->count; i++) {
        Link *link = tones->links[i];
        if (link->parent || link->size != n ||
            memcmp(link->values, inputs, n * sizeof *inputs) != 0)
            continue;
        link->build = tones->build;
        return link;
    }
    Link *link = add_root(tones, n, err);
    if (link)
        memcpy(link->values, inputs, n * sizeof *inputs);
    return link;
}

static bool all_trusted(const Tones *tones, const Curve *const *curves, int n)
{
    for (int i = 0; i < n; i++)
        if (!tree_trusts(tones, curves[i]))
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
static bool leads_here(const Tones *tones, const Link *link, const Link *parent,
                       const Curve *const *curves, int n, bool trusted)
{
    if (link->parent != parent || link->n != n || trusted != (link->exprs != NULL))
        return false;
    if (trusted)
        return same_exprs(link, curves);
    return link->build != tones->build ||
           memcmp(link->curves, curves, (size_t)n * sizeof(Curve *)) == 0;
}

static Link *add_step(Tones *tones, Link *parent, const Curve *const *curves, int n,
                      bool trusted)
{
    Link *link = add(tones, parent, parent->size);
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

Link *tree_step(Tones *tones, Link *parent, const Curve *const *curves, int n)
{
    bool trusted = all_trusted(tones, curves, n);
    for (int i = 0; i < tones->count; i++) {
        Link *link = tones->links[i];
        if (!leads_here(tones, link, parent, curves, n, trusted))
            continue;
        if (link->build != tones->build) {
            memcpy(link->curves, curves, (size_t)n * sizeof(Curve *));
            link->ready = link->ready && trusted;
        }
        link->build = tones->build;
        return link;
    }
    return add_step(tones, parent, curves, n, trusted);
}

static const Link *root_of(const Link *link)
{
    while (link->parent)
        link = link->parent;
    return link;
}

/* The last build's vector that this one has no use for, still warm in the caches. */
static double *steal(const Tones *tones, const Link *link)
{
    for (int i = 0; i < tones->count; i++) {
        Link *old = tones->links[i];
        if (old->build == tones->build || !old->parent || !old->values ||
            root_of(old) != root_of(link) || shared_doubles_is_shared(old->values))
            continue;
        double *values = old->values;
        old->values = NULL;
        old->ready = false;
        return values;
    }
    return NULL;
}

bool tree_provide(Tones *tones, Link *link, Err *err)
{
    if (link->values && shared_doubles_is_shared(link->values))
        shared_doubles_unref(&link->values);
    if (!link->values)
        link->values = steal(tones, link);
    if (!link->values)
        link->values = shared_doubles_new(link->size, err);
    return link->values != NULL;
}

void tree_invalidate(Tones *tones, const Link *link)
{
    for (int i = 0; i < tones->count; i++)
        if (tones->links[i] != link && hangs_on(tones->links[i], link))
            tones->links[i]->ready = false;
}
