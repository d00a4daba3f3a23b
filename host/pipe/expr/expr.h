/* expr — a function of one number that needs no Python.
 *
 * The room pipe/expr: a recorded curve as a list of nodes (expr_op), each an operation
 * on earlier ones, the last of them the result; that list as instructions on blocks of
 * values (expr_code); the range of its values and its jumps (expr_span).
 *
 * Every operation does what Python does with floats, bit for bit, and gives NaN where
 * Python would raise or leave the reals (arith.h): a result without NaN is Python's.
 * Threads: immutable after new; share freely.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_EXPR_EXPR_H
#define LUTIST_PIPE_EXPR_EXPR_H

#include <stdbool.h>

#include "base/err.h"
#include "pipe/expr/expr_op.h"

typedef struct Expr Expr;

/* Larger results are brought to ±this: what follows stays a number, and the final clamp
 * makes the same of both. */
#define EXPR_HUGE 1e30

/* Copies the nodes. NULL: no nodes, too many, an unknown operation, or operands that
 * are not earlier nodes; or more values at a time than one block can hold. */
Expr *expr_new(const ExprNode *nodes, int count);
/* table_lookup in a copy of n >= 2 values. Fails: ERR_MEMORY. */
Expr *expr_table(const double *values, size_t n, Err *err);
Expr *expr_ref(const Expr *expr);
void expr_unref(Expr **expr); /* nulls; NULL is fine */

/* The same nodes and table: they give the same values everywhere. */
bool expr_equal(const Expr *a, const Expr *b);

/* y[i] = the result at x[i], for i in [0, n); y may be x. False: some y[i] is NaN. */
bool expr_eval(const Expr *expr, const double *x, double *y, size_t n);

/* For people: how many operations, inputs and constants aside; 0 for the identity. */
int expr_size(const Expr *expr);
/* Entries of the table; 0: it has none. */
size_t expr_table_size(const Expr *expr);
/* Those, and the nodes; for expr_span. They live as long as the expression. */
const double *expr_table_values(const Expr *expr);
const ExprNode *expr_nodes(const Expr *expr, int *count);

#endif
