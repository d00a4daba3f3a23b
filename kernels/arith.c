/* The scalar reference of arith.h: CPython's results for floats. */
#include "arith.h"

#include <math.h>

#include "power/power.h"

#define ARITH_LEVEL c
#include "arith_loops.h"

/* A function of libm as CPython's math module calls it. A domain error, an overflow or
 * an infinite operand gives NaN. */
#define LIBM(name, function)                                                           \
    static double safe_##name(double x)                                                \
    {                                                                                  \
        double y = function(x);                                                        \
        return isfinite(x) && isfinite(y) ? y : (double)NAN;                           \
    }                                                                                  \
    UNARY(name, safe_##name(x))

LIBM(sqrt, sqrt)
LIBM(cbrt, cbrt)
LIBM(exp, exp)
LIBM(exp2, exp2)
LIBM(expm1, expm1)
LIBM(log, log)
LIBM(log1p, log1p)
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
LIBM(asinh, asinh)
LIBM(acosh, acosh)
LIBM(atanh, atanh)
LIBM(erf, erf)
LIBM(erfc, erfc)

/* 0.0 and -0.0 are equal: either may be the result. */
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

/* Like Python: subtract the remainder first, then snap to the nearest whole number. */
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

/* fmod and remainder are exact. */
static double remainder_of(double (*function)(double, double), double x, double y)
{
    return y == 0 || !isfinite(x) || !isfinite(y) ? (double)NAN : function(x, y);
}

BINARY(fmod, remainder_of(fmod, x, y))
BINARY(remainder, remainder_of(remainder, x, y))
BINARY(copysign, IS_NAN(x) || IS_NAN(y) ? (double)NAN : copysign(x, y))

/* The decimal that is nearest to x, halves to even. The product with a power of ten and
 * its rounding error are exact together; the error decides where the product is a half.
 * The quotient of two exact numbers is the double that is nearest to the decimal. */
static double round_to(double x, double decimals)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (!(decimals >= 0 && decimals <= 22) || decimals != rint(decimals))
        return (double)NAN;
    double power = powers[(int)decimals], scaled = x * power;
    if (!(fabs(scaled) < 0x1p52))
        return (double)NAN;
    double error = fma(x, power, -scaled), whole = rint(scaled);
    double rest = scaled - whole;
    if (rest == 0.5 && error > 0)
        whole += 1;
    else if (rest == -0.5 && error < 0)
        whole -= 1;
    return copysign(fabs(whole / power), x);
}

BINARY(round, round_to(x, y))

/* The length's square in two doubles gives a root h and what h lacks, to some 100 bits.
 * The scale keeps squares among normal numbers. */
static double length_of(double x, double y)
{
    double a = fmax(fabs(x), fabs(y)), b = fmin(fabs(x), fabs(y));
    if (IS_NAN(x) || IS_NAN(y) || !(a < 0x1p1000) || (b != 0 && b < 0x1p-450))
        return (double)NAN;
    if (b == 0)
        return a;
    double scale = a > 0x1p500 ? 0x1p-600 : 1;
    a *= scale, b *= scale;
    double aa = a * a, bb = b * b, sum = aa + bb;
    double low = (aa - sum + bb) + (fma(a, a, -aa) + fma(b, b, -bb));
    double h = sqrt(sum), lack = (fma(-h, h, sum) + low) / (2 * h);
    double least = h + lack * (1 - 0x1p-40), most = h + lack * (1 + 0x1p-40);
    return least == most ? most / scale : (double)NAN;
}

BINARY(hypot, length_of(x, y))
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
BINARY(pow, power_one(x, y))

static void lk_arith_select_c(ARITH_ARGS)
{
    size_t db = !(single & 2), dc = !(single & 4);
    for (size_t i = 0; i < n; i++)
        r[i] = IS_NAN(a[i]) ? a[i] : a[i] != 0 ? b[i * db] : c[i * dc];
}

static bool lk_arith_any_true_c(const double *conditions, size_t n)
{
    bool any = false;
    for (size_t i = 0; i < n; i++)
        any |= conditions[i] != 0;
    return any;
}

static bool lk_arith_any_false_c(const double *conditions, size_t n)
{
    bool any = false;
    for (size_t i = 0; i < n; i++)
        any |= conditions[i] == 0;
    return any;
}

static bool lk_arith_limit_c(double *y, const double *values, size_t n, double most)
{
    bool any_nan = false;
    for (size_t i = 0; i < n; i++) {
        any_nan |= IS_NAN(values[i]);
        double v = values[i] < most ? values[i] : most;
        y[i] = v > -most ? v : -most;
    }
    return !any_nan;
}

static void fill_libm(ArithKernels *kernels)
{
    kernels->op[ARITH_SQRT] = lk_arith_sqrt_c;
    kernels->op[ARITH_CBRT] = lk_arith_cbrt_c;
    kernels->op[ARITH_EXP] = lk_arith_exp_c;
    kernels->op[ARITH_EXP2] = lk_arith_exp2_c;
    kernels->op[ARITH_EXPM1] = lk_arith_expm1_c;
    kernels->op[ARITH_LOG] = lk_arith_log_c;
    kernels->op[ARITH_LOG1P] = lk_arith_log1p_c;
    kernels->op[ARITH_LOG2] = lk_arith_log2_c;
    kernels->op[ARITH_LOG10] = lk_arith_log10_c;
    kernels->op[ARITH_SIN] = lk_arith_sin_c;
    kernels->op[ARITH_COS] = lk_arith_cos_c;
    kernels->op[ARITH_TAN] = lk_arith_tan_c;
    kernels->op[ARITH_ASIN] = lk_arith_asin_c;
    kernels->op[ARITH_ACOS] = lk_arith_acos_c;
    kernels->op[ARITH_ATAN] = lk_arith_atan_c;
    kernels->op[ARITH_ATAN2] = lk_arith_atan2_c;
    kernels->op[ARITH_SINH] = lk_arith_sinh_c;
    kernels->op[ARITH_COSH] = lk_arith_cosh_c;
    kernels->op[ARITH_TANH] = lk_arith_tanh_c;
    kernels->op[ARITH_ASINH] = lk_arith_asinh_c;
    kernels->op[ARITH_ACOSH] = lk_arith_acosh_c;
    kernels->op[ARITH_ATANH] = lk_arith_atanh_c;
    kernels->op[ARITH_ERF] = lk_arith_erf_c;
    kernels->op[ARITH_ERFC] = lk_arith_erfc_c;
}

void arith_fill_c(ArithKernels *kernels)
{
    fill_loops(kernels);
    fill_libm(kernels);
    kernels->op[ARITH_POW] = lk_arith_pow_c;
    kernels->op[ARITH_MOD] = lk_arith_mod_c;
    kernels->op[ARITH_FMOD] = lk_arith_fmod_c;
    kernels->op[ARITH_REMAINDER] = lk_arith_remainder_c;
    kernels->op[ARITH_COPYSIGN] = lk_arith_copysign_c;
    kernels->op[ARITH_ROUND] = lk_arith_round_c;
    kernels->op[ARITH_HYPOT] = lk_arith_hypot_c;
    kernels->op[ARITH_FLOORDIV] = lk_arith_floordiv_c;
    kernels->op[ARITH_LEAST] = lk_arith_least_c;
    kernels->op[ARITH_MOST] = lk_arith_most_c;
    kernels->op[ARITH_SELECT] = lk_arith_select_c;
    kernels->any_true = lk_arith_any_true_c;
    kernels->any_false = lk_arith_any_false_c;
    kernels->limit = lk_arith_limit_c;
}
