/* tones_tree — the values that Tones keeps, as a tree.
 *
 * Private to tones*.c. A root holds inputs; a link holds what one or a few neighbouring
 * curves make of its parent's values. Parents stand before their children.
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_TONE_TONES_TREE_H
#define LUTIST_PIPE_TONE_TONES_TREE_H

#include <stdatomic.h>

#include "pipe/tone/tones.h"

/* Every link is looked at for each run of tones: where there are more, a run is worked
 * out aside and nothing of it is kept. A look of a hundred stages has a tenth. */
enum { TREE_MOST_LINKS = 4096 };

typedef struct Link {
    struct Link *parent;  /* NULL: a root */
    const Curve **curves; /* owned; pointers valid while a plan is made */
    Expr **exprs;         /* owned, one a curve; NULL: a curve has none to trust */
    int n;                /* curves; 0 in a root */
    double *values;       /* a reference; NULL: none yet, or taken for another */
    size_t size;          /* of values */
    unsigned build;       /* the last plan that used it */
    bool ready;           /* values are what the curves make of the parent's */
    bool grid;            /* a root: the values of a file */
    atomic_bool failed;   /* workers: an expression has no value somewhere */
} Link;

typedef struct Distrust {
    const Curve *curve;
    const char *reason;
} Distrust;

struct Tones {
    Link **links;
    int count;
    unsigned build;
    unsigned long evaluations;
    Distrust *distrusted; /* in this build */
    int n_distrusted;
};

/* May the curve's expression stand for it? */
bool tree_trusts(const Tones *tones, const Curve *curve);
void tree_distrust(Tones *tones, const Curve *curve, const char *reason);

/* Roots, marked as used: of i / (n - 1.0), and of a copy of `inputs`. Fail:
 * ERR_MEMORY. */
Link *tree_grid(Tones *tones, size_t n, Err *err);
Link *tree_root(Tones *tones, const double *inputs, size_t n, Err *err);
/* The child of `parent` that n curves lead to, new or kept, marked as used. */
Link *tree_step(Tones *tones, Link *parent, const Curve *const *curves, int n);
/* A vector for a link to be worked out: one that this build has no use for, or a new
 * one. */
bool tree_provide(Tones *tones, Link *link, Err *err);
/* What was worked out from `link`'s values is not right any more. */
void tree_invalidate(Tones *tones, const Link *link);
/* Drop a link and what hangs on it. */
void tree_remove(Tones *tones, Link *link);

#endif
