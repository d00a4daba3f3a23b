/* table_lookup — interpolation between the entries of a table.
 *
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_EXPR_TABLE_LOOKUP_H
#define LUTIST_PIPE_EXPR_TABLE_LOOKUP_H

#include <stddef.h>

/* Linear interpolation in `table` of n >= 2 values spread evenly over [0, 1]; outside,
 * the end values. Exact at the entries: table_lookup(t, n, i / (n - 1.0)) is t[i]. */
double table_lookup(const double *table, size_t n, double x);

#endif
