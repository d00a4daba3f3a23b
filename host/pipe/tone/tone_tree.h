/* tone_tree — the vectors of values that a tone cache keeps, as a tree.
 *
 * A root holds inputs. Any other node holds the results of one or a few neighbouring
 * curves for its parent's values. Parents stand before their children in `nodes`. A
 * generation is the making of one plan.
 * Private to the room pipe/tone.
 * Threads: one at a time; workers write `failed` and their part of `values`.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_TONE_TONE_TREE_H
#define LUTIST_PIPE_TONE_TONE_TREE_H

#include <stdatomic.h>

#include "pipe/stage.h"

/* Each look-up visits every node, so the tree is kept small: a tree that has reached
 * this many nodes takes no further inputs. A look of a hundred stages has a tenth. */
enum { TONE_TREE_MOST_NODES = 4096 };

typedef struct ToneNode {
    struct ToneNode *parent; /* NULL: a root */
    const Curve **curves;    /* owned; the pointers are valid while a plan is made */
    Expr **exprs;            /* owned, one a curve; NULL: not all are trusted */
    int n;                   /* curves; 0 in a root */
    double *values;          /* shared doubles; NULL: none yet, or given away */
    size_t size;             /* of values */
    unsigned generation;     /* the last that used the node */
    bool ready;              /* values are the results for the parent's values */
    bool grid;               /* a root: every sample value of a file */
    atomic_bool failed;      /* workers: an expression has no value somewhere */
} ToneNode;

/* Starts zeroed. */
typedef struct ToneTree {
    ToneNode **nodes; /* owned */
    int count;
    unsigned generation;
} ToneTree;

/* Roots, marked as used: the inputs i / (n - 1.0), and a copy of `inputs`. Fail:
 * ERR_MEMORY. */
ToneNode *tone_tree_grid(ToneTree *tree, size_t n, Err *err);
ToneNode *tone_tree_root(ToneTree *tree, const double *inputs, size_t n, Err *err);
/* The child of `parent` for these n curves, new or kept, marked as used. `trusted`: the
 * expressions of all n stand for them. */
ToneNode *tone_tree_child(ToneTree *tree, ToneNode *parent, const Curve *const *curves,
                          int n, bool trusted);

/* Give the node a vector to write its values into: one that this generation does not
 * use, or a new one. Fails: ERR_MEMORY. */
bool tone_tree_provide(const ToneTree *tree, ToneNode *node, Err *err);
/* The nodes below `node` are no longer ready. */
void tone_tree_invalidate(const ToneTree *tree, const ToneNode *node);
/* Is the node used in this generation and without its values? */
bool tone_tree_is_pending(const ToneTree *tree, const ToneNode *node);

/* Remove the node, and all below it. */
void tone_tree_remove(ToneTree *tree, const ToneNode *node);
/* Remove the nodes that this generation has not used. */
void tone_tree_remove_unused(ToneTree *tree);
void tone_tree_remove_last(ToneTree *tree);
void tone_tree_clear(ToneTree *tree);
/* Bytes of all values. */
size_t tone_tree_bytes(const ToneTree *tree);

#endif
