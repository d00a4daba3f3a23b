/* table_lookup — a value between the entries of a table.
 *
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_EXPR_TABLE_LOOKUP_H
#define LUTIST_PIPE_EXPR_TABLE_LOOKUP_H

#include <stddef.h>

/* Linear interpolation in `table` of n >= 2 values spread evenly over [0, 1]; the end
 * values go on outside. Exact at the entries: table_lookup(t, n, i / (n - 1.0)) is
 * t[i]. */
double table_lookup(const double *table, size_t n, double x);

#endif
