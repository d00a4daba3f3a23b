/* libm's pow, with the special cases of CPython. */
#include "power/power.h"

#include <math.h>
#include <stdbool.h>

/* libm's power of a positive number. CPython checks errno, which glibc may set for a
 * subnormal result; such a result is NaN here, and Python is asked. */
static double positive_power(double x, double y)
{
    double power = pow(x, y);
    bool plain = power == 0 || isnormal(power);
    return plain ? power : (double)NAN;
}

/* The cases that Python decides before it calls libm. */
static double special_power(double x, double y)
{
    if (!isfinite(x) || !isfinite(y))
        return (double)NAN;
    if (y == 0)
        return 1.0;
    bool whole = y == floor(y), odd = whole && fmod(fabs(y), 2.0) == 1.0;
    if (x == 0)
        return y < 0 ? (double)NAN : odd ? x : 0.0;
    if (x < 0 && !whole)
        return (double)NAN;
    double power = fabs(x) == 1.0 ? 1.0 : positive_power(fabs(x), y);
    return x < 0 && odd ? -power : power;
}

double power_one(double x, double y)
{
    if (y == 1.0 && isfinite(x))
        return x;
    if (x > 0 && x < 1 && y > 0 && y < HUGE_VAL)
        return positive_power(x, y);
    return special_power(x, y);
}
