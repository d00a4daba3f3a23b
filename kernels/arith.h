/* arith — Python's arithmetic on blocks of floats: the operations of a recorded curve.
 *
 * Each operation gives Python's result for floats in double precision, bit for bit.
 * Where Python would raise or leave the reals (division by zero, a domain error, an
 * integer that a double does not hold) the value is NaN. A NaN operand gives NaN.
 * A new operation needs a value of ArithOp, its loop in arith.c, its name in expr_op.c,
 * its range in expr_interval.c and, if Python calls it, a function in lutist/math.py.
 * Threads: kernels as in kernels.h; each fill runs once, while the table is made.
 */
#ifndef LUTIST_KERNELS_ARITH_H
#define LUTIST_KERNELS_ARITH_H

#include <stdbool.h>
#include <stddef.h>

typedef enum ArithOp {
    ARITH_ADD,
    ARITH_SUB,
    ARITH_MUL,
    ARITH_DIV,
    ARITH_FLOORDIV,
    ARITH_MOD,
    ARITH_FMOD,      /* math.fmod: the remainder of the quotient without its fraction */
    ARITH_REMAINDER, /* math.remainder: of the nearest quotient */
    ARITH_POW,
    ARITH_NEG,
    ARITH_ABS,
    ARITH_COPYSIGN,
    ARITH_LT, /* comparisons: 1 or 0 */
    ARITH_LE,
    ARITH_EQ,
    ARITH_NE,
    ARITH_SELECT, /* a ? b : c; a NaN in the side that is not taken has no effect */
    ARITH_CHECK,  /* a, NaN where b is NaN */
    ARITH_MIN,    /* Python's min(a, b): b if b < a else a */
    ARITH_MAX,
    ARITH_LEAST, /* NumPy's minimum: NaN where 0.0 meets -0.0, whose order depends on
                    NumPy's version */
    ARITH_MOST,
    ARITH_FLOOR,
    ARITH_CEIL,
    ARITH_TRUNC,
    ARITH_RINT,  /* halves to even */
    ARITH_ROUND, /* Python's round(a, b); NaN unless b is whole, 0 to 22, and from 2**52
                    units of the last decimal on */
    ARITH_INT,   /* a whole number as a Python int: no -0.0, below 2**53 */
    ARITH_SQRT,
    ARITH_CBRT,
    ARITH_HYPOT, /* of two: the correctly rounded length, as math.hypot's; NaN where 100
                    bits do not decide the last one, and below 2**-450 */
    ARITH_EXP,
    ARITH_EXP2,
    ARITH_EXPM1,
    ARITH_LOG,
    ARITH_LOG1P,
    ARITH_LOG2,
    ARITH_LOG10,
    ARITH_SIN,
    ARITH_COS,
    ARITH_TAN,
    ARITH_ASIN,
    ARITH_ACOS,
    ARITH_ATAN,
    ARITH_ATAN2,
    ARITH_SINH,
    ARITH_COSH,
    ARITH_TANH,
    ARITH_ASINH,
    ARITH_ACOSH,
    ARITH_ATANH,
    ARITH_ERF,
    ARITH_ERFC,
    ARITH_OPS
} ArithOp;

/* r[i] = op(a[i], b[i], c[i]) for i in [0, n); r is none of the operands. An operand
 * with its bit in `single` (1 for a, 2 for b, 4 for c) is one value for the whole
 * block: b or c of a select, or one of two operands. Operands that an operation does
 * not have are not read. Otherwise as in kernels.h. */
typedef void (*arith_fn)(double *restrict r, const double *a, const double *b,
                         const double *c, size_t n, unsigned single);

/* Can one of n conditions (1, 0 or NaN) be true; can one be false? Exact, but a NaN may
 * count as either. */
typedef bool (*arith_any_fn)(const double *conditions, size_t n);

/* y = values, clamped to ±most; y may be values. False: one is NaN. */
typedef bool (*arith_limit_fn)(double *y, const double *values, size_t n, double most);

typedef struct ArithKernels {
    arith_fn op[ARITH_OPS];
    arith_any_fn any_true, any_false;
    arith_limit_fn limit;
} ArithKernels;

void arith_fill_c(ArithKernels *kernels);
void arith_fill_avx2(ArithKernels *kernels);
void arith_pow_fill_avx2(ArithKernels *kernels);

#endif
