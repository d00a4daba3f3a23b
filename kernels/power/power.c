/* libm's pow, and what CPython does around it. */
#include "power/power.h"

#include <math.h>
#include <stdbool.h>

/* libm's power of a positive number. CPython looks at errno; glibc may set it for a
 * result below the normal range, which is left to Python. */
static double positive_power(double x, double y)
{
    double power = pow(x, y);
    bool plain = power == 0 || isnormal(power);
    return plain ? power : (double)NAN;
}

/* The cases that Python sorts out before it asks libm. */
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
