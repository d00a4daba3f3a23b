/* power — x ** y of floats as CPython works it out, and many of them at once.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_POWER_H
#define LUTIST_PIPE_POWER_H

#include <stddef.h>

/* float.__pow__, bit for bit; NaN where Python raises, gives a complex number or an
 * infinity, where an operand is not finite, and where the result is subnormal. */
double power_one(double x, double y);

/* r[i] = power_one(x[i * dx], y[i * dy]) for i in [0, n); dx and dy are 1, or 0 for a
 * single value. With AVX2 and FMA four at a time: the same bits. */
void power_many(double *restrict r, const double *x, const double *y, size_t n,
                size_t dx, size_t dy);

#endif
