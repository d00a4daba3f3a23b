#include "pipe/expr/table_lookup.h"

#include <math.h>

double table_lookup(const double *table, size_t n, double x)
{
    double last = (double)(n - 1);
    double at = x * last;
    if (!(at > 0))
        return table[0];
    if (at >= last)
        return table[n - 1];
    size_t i = (size_t)at;
    double rest = at - (double)i;
    return rest == 0 ? table[i] : table[i] + (table[i + 1] - table[i]) * rest;
}

double table_index(const double *table, size_t n, double i)
{
    double at = i < 0 ? i + (double)n : i;
    return at >= 0 && at < (double)n && i == floor(i) ? table[(size_t)at] : (double)NAN;
}

static size_t count_up_to(const double *table, size_t n, double x, bool left)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t middle = lo + (hi - lo) / 2;
        if (left ? table[middle] < x : table[middle] <= x)
            lo = middle + 1;
        else
            hi = middle;
    }
    return lo;
}

double table_bisect(const double *table, size_t n, double x, bool left)
{
    return isnan(x) ? x : (double)count_up_to(table, n, x, left);
}

/* Like numpy.interp: the slope times the distance from the left point. If that is no
 * number (an infinite point), from the right one. */
double table_interp(const double *table, size_t n, double x)
{
    const double *xs = table, *ys = table + n;
    if (isnan(x) || x < xs[0])
        return isnan(x) ? x : ys[n];
    if (x > xs[n - 1])
        return ys[n + 1];
    size_t i = count_up_to(xs, n, x, false) - 1;
    if (i == n - 1 || xs[i] == x)
        return ys[i];
    double slope = (ys[i + 1] - ys[i]) / (xs[i + 1] - xs[i]);
    double y = slope * (x - xs[i]) + ys[i];
    if (isnan(y))
        y = slope * (x - xs[i + 1]) + ys[i + 1];
    return isnan(y) && ys[i] == ys[i + 1] ? ys[i] : y;
}
