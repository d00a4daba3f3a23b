/* expr_op — the operations of an expression, and a node that applies one.
 *
 * An operation is one of arith.h, or one that needs no arithmetic: the input, a
 * constant, a lookup in one of the expression's tables (table_lookup.h).
 * Threads: constant.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_EXPR_EXPR_OP_H
#define LUTIST_PIPE_EXPR_EXPR_OP_H

#include <stdbool.h>
#include <stdint.h>

#include "kernels.h"

/* An ArithOp or one of these. The operands b and c of ARITH_SELECT are evaluated, and
 * may be NaN, only where they are taken. */
enum {
    EXPR_X = ARITH_OPS, /* the input */
    EXPR_CONST,         /* `value` */
    EXPR_TABLE,         /* table_lookup(a) in the expression's only table */
    EXPR_INDEX,         /* from here on `value` is the place of a table (expr.h) */
    EXPR_INTERP,
    EXPR_BISECT_LEFT,
    EXPR_BISECT,
    EXPR_OPS
};

/* 16 bytes without padding, so that nodes can be compared as memory. */
typedef struct ExprNode {
    uint16_t op;
    uint16_t a, b, c; /* operands: earlier nodes; 0 if there is none */
    double value;     /* of EXPR_CONST; the place of a table; else 0 */
} ExprNode;

enum { EXPR_MOST_NODES = 8192 };

/* "add": the operation's name in lutist's recording/operations.py. */
const char *expr_op_name(int op);
/* Is it one with a table of its own, EXPR_TABLE apart? */
bool expr_op_has_table(int op);
/* 0 to 3. */
int expr_op_operands(int op);

#endif
