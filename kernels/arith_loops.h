/* arith_loops — the operations of arith.h that a compiler vectorises.
 *
 * Private to arith.c and its levels. Each file includes arith.h, defines ARITH_LEVEL,
 * includes this header and is compiled for its level. The formulas are the same, and so
 * are the bits.
 * Threads: pure.
 */
#ifndef LUTIST_KERNELS_ARITH_LOOPS_H
#define LUTIST_KERNELS_ARITH_LOOPS_H

#include <math.h>

#include "sample.h"

#define ARITH_ARGS                                                                     \
    double *restrict r, const double *a, const double *b, const double *c, size_t n,   \
        unsigned single
#define ARITH_JOIN(name, level)    lk_arith_##name##_##level
#define ARITH_NAME_AT(name, level) ARITH_JOIN(name, level)
#define ARITH_NAME(name)           ARITH_NAME_AT(name, ARITH_LEVEL)

#define IS_NAN(v) ((v) != (v))

/* r = formula of x. */
#define UNARY(name, formula)                                                           \
    static void ARITH_NAME(name)(ARITH_ARGS)                                           \
    {                                                                                  \
        (void)b, (void)c, (void)single;                                                \
        for (size_t i = 0; i < n; i++) {                                               \
            double x = a[i];                                                           \
            r[i] = (formula);                                                          \
        }                                                                              \
    }

/* r = formula of x and y. A single value has a loop of its own for each operand, so no
 * loop branches. */
#define BINARY(name, formula)                                                          \
    KERNEL_INLINE void loop_##name(double *restrict r, const double *a,                \
                                   const double *b, size_t n, size_t da, size_t db)    \
    {                                                                                  \
        for (size_t i = 0; i < n; i++) {                                               \
            double x = a[i * da], y = b[i * db];                                       \
            r[i] = (formula);                                                          \
        }                                                                              \
    }                                                                                  \
    static void ARITH_NAME(name)(ARITH_ARGS)                                           \
    {                                                                                  \
        (void)c;                                                                       \
        if (single & 1)                                                                \
            loop_##name(r, a, b, n, 0, 1);                                             \
        else if (single & 2)                                                           \
            loop_##name(r, a, b, n, 1, 0);                                             \
        else                                                                           \
            loop_##name(r, a, b, n, 1, 1);                                             \
    }

#define COMPARE(name, op)                                                              \
    BINARY(name, IS_NAN(x) || IS_NAN(y) ? (double)NAN : (x op y) ? 1.0 : 0.0)

BINARY(add, x + y)
BINARY(sub, x - y)
BINARY(mul, x *y)
BINARY(div, y != 0 ? x / y : (double)NAN)
UNARY(neg, -x)
UNARY(abs, fabs(x))
COMPARE(lt, <)
COMPARE(le, <=)
COMPARE(eq, ==)
COMPARE(ne, !=)
BINARY(check, IS_NAN(y) ? y : x)
BINARY(min, IS_NAN(x) || IS_NAN(y) ? (double)NAN : y < x ? y : x)
BINARY(max, IS_NAN(x) || IS_NAN(y) ? (double)NAN : y > x ? y : x)
UNARY(floor, floor(x))
UNARY(ceil, ceil(x))
UNARY(trunc, trunc(x))
UNARY(rint, rint(x))
/* Adding 0.0 turns -0.0 into 0.0 and changes nothing else. */
UNARY(int, fabs(x) < 0x1p53 ? x + 0.0 : (double)NAN)

static void fill_loops(ArithKernels *kernels)
{
    kernels->op[ARITH_ADD] = ARITH_NAME(add);
    kernels->op[ARITH_SUB] = ARITH_NAME(sub);
    kernels->op[ARITH_MUL] = ARITH_NAME(mul);
    kernels->op[ARITH_DIV] = ARITH_NAME(div);
    kernels->op[ARITH_NEG] = ARITH_NAME(neg);
    kernels->op[ARITH_ABS] = ARITH_NAME(abs);
    kernels->op[ARITH_LT] = ARITH_NAME(lt);
    kernels->op[ARITH_LE] = ARITH_NAME(le);
    kernels->op[ARITH_EQ] = ARITH_NAME(eq);
    kernels->op[ARITH_NE] = ARITH_NAME(ne);
    kernels->op[ARITH_CHECK] = ARITH_NAME(check);
    kernels->op[ARITH_MIN] = ARITH_NAME(min);
    kernels->op[ARITH_MAX] = ARITH_NAME(max);
    kernels->op[ARITH_FLOOR] = ARITH_NAME(floor);
    kernels->op[ARITH_CEIL] = ARITH_NAME(ceil);
    kernels->op[ARITH_TRUNC] = ARITH_NAME(trunc);
    kernels->op[ARITH_RINT] = ARITH_NAME(rint);
    kernels->op[ARITH_INT] = ARITH_NAME(int);
}

#endif
