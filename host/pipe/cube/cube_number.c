#include "pipe/cube/cube_number.h"

#include <locale.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Powers of ten up to this one are exact, and so are whole numbers below 2^53; then one
 * division or multiplication gives the nearest double. */
enum { EXACT_POWER = 22, MOST_EXPONENT = 9999, FEW = 256 };
static const uint64_t EXACT_WHOLE = (uint64_t)1 << 53;
static const double POWERS[EXACT_POWER + 1] = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* digits * 10^exponent, and how many digits there are at all. */
typedef struct Decimal {
    bool negative, cut; /* cut: `digits` lacks some */
    uint64_t digits;
    int exponent, count;
} Decimal;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static const char *read_sign(const char *at, const char *end, bool *negative)
{
    *negative = at < end && *at == '-';
    return at < end && (*at == '-' || *at == '+') ? at + 1 : at;
}

static const char *read_digits(const char *at, const char *end, Decimal *d,
                               bool fraction)
{
    for (; at < end && is_digit(*at); at++, d->count++) {
        bool room = d->digits < UINT64_C(1000000000000000000);
        if (room) {
            d->digits = 10 * d->digits + (uint64_t)(*at - '0');
            d->exponent -= fraction;
        } else {
            d->cut = true;
        }
    }
    return at;
}

static const char *read_exponent(const char *at, const char *end, Decimal *d)
{
    bool negative;
    int exponent = 0;
    const char *first = at = read_sign(at + 1, end, &negative);
    for (; at < end && is_digit(*at); at++)
        exponent = exponent < MOST_EXPONENT ? 10 * exponent + (*at - '0') : exponent;
    d->exponent += negative ? -exponent : exponent;
    return at == first ? NULL : at;
}

static bool read_decimal(const char *at, const char *end, Decimal *d)
{
    at = read_sign(at, end, &d->negative);
    at = read_digits(at, end, d, false);
    if (at < end && *at == '.')
        at = read_digits(at + 1, end, d, true);
    if (d->count == 0)
        return false;
    if (at < end && (*at == 'e' || *at == 'E'))
        at = read_exponent(at, end, d);
    return at == end;
}

/* As strtod reads it in the C locale. */
static double read_slowly(const char *text, size_t n)
{
    char few[FEW], *copy = n < FEW ? few : mem_new(n + 1, 1);
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    REQUIRE(plain);
    memcpy(copy, text, n);
    copy[n] = 0;
    double value = strtod_l(copy, NULL, plain);
    freelocale(plain);
    if (copy != few)
        mem_free(copy);
    return value;
}

bool cube_number_parse(const char *text, size_t n, double *value)
{
    Decimal d = {0};
    if (!read_decimal(text, text + n, &d))
        return false;
    if (d.cut || d.digits > EXACT_WHOLE || abs(d.exponent) > EXACT_POWER) {
        *value = read_slowly(text, n);
        return true;
    }
    double whole = (double)d.digits;
    whole = d.exponent < 0 ? whole / POWERS[-d.exponent] : whole * POWERS[d.exponent];
    *value = d.negative ? -whole : whole;
    return true;
}
