#include "pipe/expr/table_lookup.h"

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
