/* expr_span — what an expression can make of a range of inputs, and whether it may jump
 * there.
 *
 * Worked out node by node from the ends of the operands' ranges. The range that comes
 * out holds every value, and more where a node's operands depend on each other; it
 * closes in on the values as the inputs' range gets narrower. A function that values at
 * some inputs would miss (1 between two near numbers, else 0) is not missed here.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_EXPR_EXPR_SPAN_H
#define LUTIST_PIPE_EXPR_EXPR_SPAN_H

#include "pipe/expr/expr.h"

typedef struct ExprSpan {
    double lo, hi; /* infinite: nothing is known */
    double jump; /* no jump is larger; infinite: there may be one, of any size; 0: there
                    is none that could be told */
} ExprSpan;

ExprSpan expr_span(const Expr *expr, ExprSpan input);

#endif
