/* expr_span — the range of an expression's values over a range of inputs, and whether
 * it may jump there.
 *
 * Interval arithmetic, node by node. The result contains every value; it is wider if a
 * node's operands depend on each other, and becomes exact as the inputs' range narrows.
 * It also finds jumps that values at some inputs would miss (1 between two near
 * numbers, else 0).
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_EXPR_EXPR_SPAN_H
#define LUTIST_PIPE_EXPR_EXPR_SPAN_H

#include "pipe/expr/expr.h"

typedef struct ExprSpan {
    double lo, hi; /* infinite: unknown */
    double jump; /* an upper bound of all jumps; infinite: there may be one of any size;
                    0: none was found */
} ExprSpan;

ExprSpan expr_span(const Expr *expr, ExprSpan input);

#endif
