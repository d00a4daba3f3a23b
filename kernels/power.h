/* power — x ** y of floats as CPython works it out, and many of them at once.
 *
 * Threads: see kernels.h.
 */
#ifndef LUTIST_KERNELS_POWER_H
#define LUTIST_KERNELS_POWER_H

#include <stddef.h>

struct Kernels;

/* float.__pow__, bit for bit; NaN where Python raises, gives a complex number or an
 * infinity, where an operand is not finite, and where the result is subnormal. */
double power_one(double x, double y);

/* r[i] = power_one(x[i * dx], y[i * dy]) for i in [0, n); dx and dy are 1, or 0 for a
 * single value. The same bits at every level. */
typedef void (*power_fn)(double *restrict r, const double *x, const double *y, size_t n,
                         size_t dx, size_t dy);

void power_fill_c(struct Kernels *kernels);
void power_fill_avx2(struct Kernels *kernels);

#endif
