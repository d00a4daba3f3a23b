/* What each operation does to a block of values, for every processor and again for
 * AVX2: the same loops, and the same bits, only wider. */
#include <math.h>
#include <string.h>

#include "kernels.h"
#include "pipe/expr/expr_code.h"

#define BLOCK_ARGS                                                                     \
    double *restrict r, const double *a, const double *b, const double *c, size_t n,   \
        unsigned single
#define INLINE    static inline __attribute__((always_inline))
#define IS_NAN(v) ((v) != (v))

#if defined(__x86_64__)
#define WIDE __attribute__((target("avx2")))
#else
#define WIDE
#endif

/* The two forms of an operation whose body is loops_NAME. */
#define FORMS(name)                                                                    \
    static void block_##name(BLOCK_ARGS)                                               \
    {                                                                                  \
        loops_##name(r, a, b, c, n, single);                                           \
    }                                                                                  \
    WIDE static void wide_##name(BLOCK_ARGS)                                           \
    {                                                                                  \
        loops_##name(r, a, b, c, n, single);                                           \
    }

/* Each loop stands there once for every way in which operands can be single values, so
 * that inside none of them anything is decided. */
#define UNARY(name, formula)                                                           \
    INLINE void loops_##name(BLOCK_ARGS)                                               \
    {                                                                                  \
        (void)b, (void)c, (void)single;                                                \
        for (size_t i = 0; i < n; i++) {                                               \
            double x = a[i];                                                           \
            r[i] = (formula);                                                          \
        }                                                                              \
    }                                                                                  \
    FORMS(name)

#define BINARY(name, formula)                                                          \
    INLINE void loop_##name(double *restrict r, const double *a, const double *b,      \
                            size_t n, size_t da, size_t db)                            \
    {                                                                                  \
        for (size_t i = 0; i < n; i++) {                                               \
            double x = a[i * da], y = b[i * db];                                       \
            r[i] = (formula);                                                          \
        }                                                                              \
    }                                                                                  \
    INLINE void loops_##name(BLOCK_ARGS)                                               \
    {                                                                                  \
        (void)c;                                                                       \
        if (single & 1)                                                                \
            loop_##name(r, a, b, n, 0, 1);                                             \
        else if (single & 2)                                                           \
            loop_##name(r, a, b, n, 1, 0);                                             \
        else                                                                           \
            loop_##name(r, a, b, n, 1, 1);                                             \
    }                                                                                  \
    FORMS(name)

#define COMPARE(name, op)                                                              \
    BINARY(name, IS_NAN(x) || IS_NAN(y) ? (double)NAN : (x op y) ? 1.0 : 0.0)

/* A function of libm as CPython's math module calls it; what is special there (a
 * domain error, an overflow, an infinity going in) is NaN here. */
#define LIBM(name, function)                                                           \
    static double safe_##name(double x)                                                \
    {                                                                                  \
        double y = function(x);                                                        \
        return isfinite(x) && isfinite(y) ? y : (double)NAN;                           \
    }                                                                                  \
    UNARY(name, safe_##name(x))

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
LIBM(sqrt, sqrt)
LIBM(exp, exp)
LIBM(exp2, exp2)
LIBM(log, log)
LIBM(log2, log2)
LIBM(log10, log10)
LIBM(sin, sin)
LIBM(cos, cos)
LIBM(tan, tan)
LIBM(asin, asin)
LIBM(acos, acos)
LIBM(atan, atan)
LIBM(sinh, sinh)
LIBM(cosh, cosh)
LIBM(tanh, tanh)

INLINE void loop_select(double *restrict r, const double *a, const double *b,
                        const double *c, size_t n, size_t db, size_t dc)
{
    for (size_t i = 0; i < n; i++) {
        double x = a[i], y = b[i * db], z = c[i * dc];
        r[i] = IS_NAN(x) ? x : x != 0 ? y : z;
    }
}

INLINE void loops_select(BLOCK_ARGS)
{
    if ((single & 6) == 6)
        loop_select(r, a, b, c, n, 0, 0);
    else if (single & 2)
        loop_select(r, a, b, c, n, 0, 1);
    else if (single & 4)
        loop_select(r, a, b, c, n, 1, 0);
    else
        loop_select(r, a, b, c, n, 1, 1);
}
FORMS(select)

/* 0.0 and -0.0 are equal: which of them comes out is not defined. */
static bool is_zero_tie(double x, double y)
{
    return x == 0 && y == 0 && signbit(x) != signbit(y);
}

static double least(double x, double y)
{
    if (IS_NAN(x) || IS_NAN(y) || is_zero_tie(x, y))
        return (double)NAN;
    return y < x ? y : x;
}

BINARY(least, least(x, y))
BINARY(most, -least(-x, -y))

static double modulo(double x, double y)
{
    if (y == 0 || !isfinite(x) || !isfinite(y))
        return (double)NAN;
    double rest = fmod(x, y);
    if (rest == 0)
        return copysign(0.0, y);
    return (rest < 0) != (y < 0) ? rest + y : rest;
}

/* Python takes the rest off first and then snaps to the nearest whole number. */
static double floor_divide(double x, double y)
{
    if (y == 0 || !isfinite(x) || !isfinite(y))
        return (double)NAN;
    double rest = fmod(x, y);
    double quotient = (x - rest) / y;
    if (rest != 0 && (rest < 0) != (y < 0))
        quotient -= 1.0;
    if (quotient == 0)
        return copysign(0.0, x / y);
    double whole = floor(quotient);
    return quotient - whole > 0.5 ? whole + 1.0 : whole;
}

BINARY(mod, modulo(x, y))
BINARY(floordiv, floor_divide(x, y))

static double safe_atan2(double y, double x)
{
    if (!isfinite(x) || !isfinite(y))
        return (double)NAN;
    if (y == 0)
        return signbit(x) ? copysign(M_PI, y) : y;
    return atan2(y, x);
}

BINARY(atan2, safe_atan2(x, y))

INLINE void loops_const(BLOCK_ARGS)
{
    (void)b, (void)c, (void)single;
    for (size_t i = 0; i < n; i++)
        r[i] = a[0];
}
FORMS(const)

static uint64_t bits_of(const double *value)
{
    uint64_t bits;
    memcpy(&bits, value, sizeof bits);
    return bits;
}

/* Conditions are 1.0, 0.0 or NaN: of their bits, without the sign, one pass tells
 * whether any is not 0.0, or all are not. */
INLINE bool has_true(const double *values, size_t n)
{
    uint64_t any = 0;
    for (size_t i = 0; i < n; i++)
        any |= bits_of(&values[i]) << 1;
    return any != 0;
}

INLINE bool has_false(const double *values, size_t n)
{
    uint64_t all = UINT64_MAX;
    for (size_t i = 0; i < n; i++)
        all &= bits_of(&values[i]) << 1;
    return all == 0;
}

/* A NaN is what, without its sign, lies above infinity: adding what infinity lacks to
 * the sign bit makes it carry, which is found out without comparing. */
INLINE bool finish(double *y, const double *values, size_t n)
{
    const uint64_t size = UINT64_MAX >> 1, lack = size - (UINT64_C(0x7ff) << 52);
    uint64_t carries = 0;
    for (size_t i = 0; i < n; i++) {
        carries |= (bits_of(&values[i]) & size) + lack;
        double v = values[i] < EXPR_HUGE ? values[i] : EXPR_HUGE;
        y[i] = v > -EXPR_HUGE ? v : -EXPR_HUGE;
    }
    return !(carries >> 63);
}

#define CONDITION(name)                                                                \
    static bool block_##name(const double *values, size_t n)                           \
    {                                                                                  \
        return name(values, n);                                                        \
    }                                                                                  \
    WIDE static bool wide_##name(const double *values, size_t n)                       \
    {                                                                                  \
        return name(values, n);                                                        \
    }
CONDITION(has_true)
CONDITION(has_false)

static bool block_finish(double *y, const double *values, size_t n)
{
    return finish(y, values, n);
}

WIDE static bool wide_finish(double *y, const double *values, size_t n)
{
    return finish(y, values, n);
}

#define LOOPS(form)                                                                    \
    {                                                                                  \
        .has_true = form##_has_true, .has_false = form##_has_false,                    \
        .finish = form##_finish,                                                       \
        .block = {                                                                     \
            [EXPR_CONST] = form##_const, [EXPR_ADD] = form##_add,                      \
            [EXPR_SUB] = form##_sub,     [EXPR_MUL] = form##_mul,                      \
            [EXPR_DIV] = form##_div,     [EXPR_FLOORDIV] = form##_floordiv,            \
            [EXPR_MOD] = form##_mod,     [EXPR_NEG] = form##_neg,                      \
            [EXPR_ABS] = form##_abs,     [EXPR_LT] = form##_lt,                        \
            [EXPR_LE] = form##_le,       [EXPR_EQ] = form##_eq,                        \
            [EXPR_NE] = form##_ne,       [EXPR_SELECT] = form##_select,                \
            [EXPR_CHECK] = form##_check, [EXPR_MIN] = form##_min,                      \
            [EXPR_MAX] = form##_max,     [EXPR_LEAST] = form##_least,                  \
            [EXPR_MOST] = form##_most,   [EXPR_FLOOR] = form##_floor,                  \
            [EXPR_CEIL] = form##_ceil,   [EXPR_TRUNC] = form##_trunc,                  \
            [EXPR_RINT] = form##_rint,   [EXPR_INT] = form##_int,                      \
            [EXPR_SQRT] = form##_sqrt,   [EXPR_EXP] = form##_exp,                      \
            [EXPR_EXP2] = form##_exp2,   [EXPR_LOG] = form##_log,                      \
            [EXPR_LOG2] = form##_log2,   [EXPR_LOG10] = form##_log10,                  \
            [EXPR_SIN] = form##_sin,     [EXPR_COS] = form##_cos,                      \
            [EXPR_TAN] = form##_tan,     [EXPR_ASIN] = form##_asin,                    \
            [EXPR_ACOS] = form##_acos,   [EXPR_ATAN] = form##_atan,                    \
            [EXPR_ATAN2] = form##_atan2, [EXPR_SINH] = form##_sinh,                    \
            [EXPR_COSH] = form##_cosh,   [EXPR_TANH] = form##_tanh,                    \
        },                                                                             \
    }

const ExprLoops *expr_loops(void)
{
    static const ExprLoops plain = LOOPS(block), wide = LOOPS(wide);
    return cpu_level() >= CPU_AVX2 ? &wide : &plain;
}
