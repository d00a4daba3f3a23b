/* expr — a function of one number as a program that needs no Python.
 *
 * A list of nodes, each an operation on earlier ones; the last is the result. Every
 * operation does in double precision what Python does with floats, bit for bit. Where
 * Python would raise or leave the reals (division by zero, overflow of a power, an
 * integer that a double does not hold) the value is NaN, and a NaN that an operation
 * meets it passes on: a result without NaN is Python's result.
 * Threads: immutable after new; share freely.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_EXPR_EXPR_H
#define LUTIST_PIPE_EXPR_EXPR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

typedef enum ExprOp {
    EXPR_X,     /* the input */
    EXPR_CONST, /* `value` */
    EXPR_TABLE, /* stage_lookup(a) in the expression's table */
    EXPR_ADD,
    EXPR_SUB,
    EXPR_MUL,
    EXPR_DIV,
    EXPR_FLOORDIV,
    EXPR_MOD,
    EXPR_POW,
    EXPR_NEG,
    EXPR_ABS,
    EXPR_LT, /* comparisons: 1 or 0 */
    EXPR_LE,
    EXPR_EQ,
    EXPR_NE,
    EXPR_SELECT, /* a ? b : c; what only one of b and c needs is worked out, and may be
                    NaN, only where that one is taken */
    EXPR_CHECK,  /* a, NaN where b is NaN */
    EXPR_MIN,    /* Python's min(a, b): b if b < a else a */
    EXPR_MAX,
    EXPR_LEAST, /* NumPy's minimum: NaN where 0.0 meets -0.0, which versions order
                   differently */
    EXPR_MOST,
    EXPR_FLOOR,
    EXPR_CEIL,
    EXPR_TRUNC,
    EXPR_RINT, /* halves to even */
    EXPR_INT,  /* a whole number as a Python int: no -0.0, below 2**53 */
    EXPR_SQRT,
    EXPR_EXP,
    EXPR_EXP2,
    EXPR_LOG,
    EXPR_LOG2,
    EXPR_LOG10,
    EXPR_SIN,
    EXPR_COS,
    EXPR_TAN,
    EXPR_ASIN,
    EXPR_ACOS,
    EXPR_ATAN,
    EXPR_ATAN2,
    EXPR_SINH,
    EXPR_COSH,
    EXPR_TANH,
    EXPR_OPS
} ExprOp;

/* 16 bytes without padding, so that nodes can be compared as memory. */
typedef struct ExprNode {
    uint16_t op;
    uint16_t a, b, c; /* operands: earlier nodes; 0 where there is none */
    double value;     /* of EXPR_CONST, else 0 */
} ExprNode;

typedef struct Expr Expr;

enum { EXPR_MOST_NODES = 8192 };
/* Larger results are brought to ±this: what follows stays a number, and the final clamp
 * makes the same of both. */
#define EXPR_HUGE 1e30

/* Copies the nodes. NULL: no nodes, too many, an unknown operation, or operands that
 * are not earlier nodes; or more values at a time than one block can hold. */
Expr *expr_new(const ExprNode *nodes, int count);
/* stage_lookup in a copy of n >= 2 values. Fails: ERR_MEMORY. */
Expr *expr_table(const double *values, size_t n, Err *err);
Expr *expr_ref(const Expr *expr);
void expr_unref(Expr **expr); /* nulls; NULL is fine */

/* The same nodes and table: they give the same values everywhere. */
bool expr_equal(const Expr *a, const Expr *b);
/* Equal expressions have equal hashes. */
uint64_t expr_hash(const Expr *expr);

/* y[i] = the result at x[i], for i in [0, n); y may be x. False: some y[i] is NaN. */
bool expr_eval(const Expr *expr, const double *x, double *y, size_t n);

/* For people: how many operations, inputs and constants aside; 0 for the identity. */
int expr_size(const Expr *expr);
/* SharedDoubles of the table; 0: it has none. */
size_t expr_table_size(const Expr *expr);
/* Those, and the nodes; for expr_span. They live as long as the expression. */
const double *expr_table_values(const Expr *expr);
const ExprNode *expr_nodes(const Expr *expr, int *count);

/* "add": the operation's name in lutist.record. */
const char *expr_op_name(ExprOp op);
int expr_op_operands(ExprOp op);

#endif
