/* expr_interval — the range of an expression's values over a range of inputs, and
 * whether it may jump there.
 *
 * Interval arithmetic, node by node. The result contains every value; it is wider if a
 * node's operands depend on each other, and becomes exact as the inputs' range narrows.
 * It also finds jumps that values at some inputs would miss (1 between two near
 * numbers, else 0).
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_EXPR_EXPR_INTERVAL_H
#define LUTIST_PIPE_EXPR_EXPR_INTERVAL_H

#include "pipe/expr/expr.h"

typedef struct ExprInterval {
    double lo, hi; /* infinite: unknown */
    double jump; /* an upper bound of all jumps; infinite: there may be one of any size;
                    0: none was found */
} ExprInterval;

ExprInterval expr_interval(const Expr *expr, ExprInterval input);

#endif
