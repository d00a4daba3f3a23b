#include "bench/timing.h"

#include <stdlib.h>

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double timing_median(double *times, int count, double *least)
{
    qsort(times, (size_t)count, sizeof *times, by_size);
    if (least)
        *least = times[0];
    return times[count / 2];
}
