/* expr — a function of one number that needs no Python.
 *
 * The room pipe/expr: a recorded curve as a list of nodes (expr_op), each an operation
 * on earlier ones, the last of them the result; that list as instructions on blocks of
 * values (expr_code); the range of its values and its jumps (expr_interval).
 *
 * Every operation gives the result of Python for floats, bit for bit, and NaN where
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

/* Larger results become ±this, so that later operations get numbers; the final clamp
 * gives the same for both. */
#define EXPR_HUGE 1e30

/* Copies the nodes. NULL: no nodes, too many, an unknown operation, operands that are
 * not earlier nodes, or more values alive than one block has registers. */
Expr *expr_new(const ExprNode *nodes, int count);
/* The same with tables, copied: at the place that a node's `value` gives, the number n
 * of entries, then n of them (EXPR_INTERP: n xs, n ys, and two values beyond the ends).
 * NULL also for a table that is not inside of `tables`, and for one that is searched
 * and does not ascend. Fails: ERR_MEMORY in *err. */
Expr *expr_new_with(const ExprNode *nodes, int count, const double *tables,
                    size_t n_tables, Err *err);
/* table_lookup in a copy of `values`, n >= 2. Fails: ERR_MEMORY. */
Expr *expr_table(const double *values, size_t n, Err *err);
/* x + mix * (t - x), where t is table_lookup at (x - lo) / (hi - lo). Fails: as above.
 */
Expr *expr_table_over(const double *values, size_t n, double lo, double hi, double mix,
                      Err *err);
/* Any nodes with EXPR_TABLE in `values`. NULL: expr_new would refuse the nodes, or *err
 * is set (ERR_MEMORY). */
Expr *expr_with_table(const ExprNode *nodes, int count, const double *values, size_t n,
                      Err *err);
Expr *expr_ref(const Expr *expr);
void expr_unref(Expr **expr); /* nulls; NULL is fine */

/* Do both have the same nodes and table, and so the same values everywhere? */
bool expr_equal(const Expr *a, const Expr *b);

/* y[i] = the result at x[i], for i in [0, n); y may be x. False: some y[i] is NaN. */
bool expr_eval(const Expr *expr, const double *x, double *y, size_t n);

/* For people: the number of operations, without inputs and constants; 0 for the
 * identity. */
int expr_size(const Expr *expr);
/* The number of the entries of EXPR_TABLE; 0: it is not among the nodes. */
size_t expr_table_size(const Expr *expr);
/* The number of all values in tables; 0: there is none. */
size_t expr_tables_size(const Expr *expr);
/* The tables, and the nodes; for expr_interval. They live as long as the expression.
 */
const double *expr_table_values(const Expr *expr);
const ExprNode *expr_nodes(const Expr *expr, int *count);

#endif
