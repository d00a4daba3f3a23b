/* table_lookup — interpolation between the entries of a table, and Python's ways to
 * look a number up.
 *
 * A NaN gives NaN, and so does an input for which Python would raise.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_EXPR_TABLE_LOOKUP_H
#define LUTIST_PIPE_EXPR_TABLE_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>

/* Linear interpolation in `table` of n >= 2 values spread evenly over [0, 1]; outside,
 * the end values. Exact at the entries: table_lookup(t, n, i / (n - 1.0)) is t[i]. */
double table_lookup(const double *table, size_t n, double x);

/* Python's table[i]; i below 0 counts from the end. NaN if i is no whole number. */
double table_index(const double *table, size_t n, double i);
/* bisect.bisect_right, or bisect_left: how many of n ascending entries are not above x
 * (are below x). */
double table_bisect(const double *table, size_t n, double x, bool left);
/* numpy.interp(x, xs, ys), bit for bit: n ascending xs, then n ys, then what it gives
 * left and right of them. n >= 1. */
double table_interp(const double *table, size_t n, double x);

#endif
