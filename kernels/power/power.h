/* power — x ** y of floats as CPython computes it: one element of ARITH_POW.
 *
 * Threads: pure.
 */
#ifndef LUTIST_KERNELS_POWER_POWER_H
#define LUTIST_KERNELS_POWER_POWER_H

/* float.__pow__, bit for bit. NaN if Python raises or gives a complex number or an
 * infinity, if an operand is not finite, and if the result is subnormal. Every level's
 * ARITH_POW gives these bits. */
double power_one(double x, double y);

#endif
