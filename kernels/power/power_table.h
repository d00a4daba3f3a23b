/* power_table — logarithms and powers of two to more digits than a double has.
 *
 * Private to arith_pow_avx2.c. Each number is a sum of two doubles. The larger one of
 * log(2) and of log(c) is a multiple of 2**-42, so sums of their multiples are exact.
 * Threads: constant.
 */
#ifndef LUTIST_KERNELS_POWER_POWER_TABLE_H
#define LUTIST_KERNELS_POWER_POWER_TABLE_H

#include <stdint.h>

enum { POWER_SIZE = 128 };
/* Mantissas run from this double to twice it. Entry i of power_log is for the i-th of
 * POWER_SIZE parts with equally many doubles. */
static const uint64_t POWER_FIRST = UINT64_C(0x3fe6900000000000);

typedef struct PowerLog {
    double inverse;   /* of a c in the part's middle; exactly 1 around 1 */
    double high, low; /* log(c) */
} PowerLog;

typedef struct PowerExp {
    double high, low; /* 2**(i / POWER_SIZE) */
} PowerExp;

extern const double power_ln2[2];
extern const double power_step[2]; /* log(2) / POWER_SIZE; the larger: of 2**-55 */
extern const PowerLog power_log[POWER_SIZE];
extern const PowerExp power_exp[POWER_SIZE];

#endif
