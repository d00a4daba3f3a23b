/* Powers, many at a time: each is libm's. */
#include "cm.h"

#include <math.h>
#include <string.h>

#include "kernels.h"
#include "power/power.h"

enum { MANY = 4099 };

static uint64_t state_of_noise = 88172645463325252u;

/* From 0 to 1. */
static double noise(void)
{
    uint64_t s = state_of_noise;
    s ^= s << 13;
    s ^= s >> 7;
    s ^= s << 17;
    state_of_noise = s;
    return (double)(s >> 11) * 0x1p-53;
}

static uint64_t bits_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static void assert_powers(const double *x, const double *y, size_t n, size_t dx,
                          size_t dy)
{
    double got[MANY];
    unsigned single = (dx ? 0 : 1) | (dy ? 0 : 2);
    kernels_at(cpu_level())->arith.op[ARITH_POW](got, x, y, NULL, n, single);
    for (size_t i = 0; i < n; i++) {
        double want = power_one(x[i * dx], y[i * dy]);
        if (bits_of(got[i]) != bits_of(want) && !(isnan(got[i]) && isnan(want)))
            fail_msg("%a ** %a: %a, not %a", x[i * dx], y[i * dy], got[i], want);
    }
}

static void tables_of_every_gamma(void **state)
{
    (void)state;
    static double x[65536];
    for (int i = 0; i < 65536; i++)
        x[i] = i / 65535.0;
    for (int gamma = 10; gamma < 400; gamma += 13) {
        double y = 100.0 / gamma;
        for (size_t i = 0; i + MANY <= 65536; i += MANY)
            assert_powers(x + i, &y, MANY, 1, 0);
    }
}

static void random_ones(void **state)
{
    (void)state;
    double x[MANY], y[MANY];
    for (int round = 0; round < 240; round++) {
        for (int i = 0; i < MANY; i++) {
            double spread = exp2((noise() - 0.5) * 60);
            double near_one = 1 + (noise() - 0.5) * exp2(-40 * noise());
            x[i] = round % 3 == 0 ? noise() : round % 3 == 1 ? spread : near_one;
            y[i] = round % 2 ? (noise() - 0.5) * 20 : floor(noise() * 8) / 2;
        }
        assert_powers(x, y, MANY, 1, 1);
        assert_powers(x, y, MANY, 1, 0);
        assert_powers(x, y, MANY, 0, 1);
    }
}

/* Every pair of special values, among ordinary numbers, at every place of four. */
static void corners(void **state)
{
    (void)state;
    static const double odd[] = {0.0,
                                 -0.0,
                                 1.0,
                                 -1.0,
                                 2.0,
                                 -2.0,
                                 0.5,
                                 3.0,
                                 -3.0,
                                 5e-324,
                                 0x1p-1022,
                                 1e-310,
                                 1e300,
                                 -1e300,
                                 1e16,
                                 709.0,
                                 -745.0,
                                 1e-17,
                                 NAN,
                                 INFINITY,
                                 -INFINITY,
                                 0x1.fffffffffffffp-1,
                                 0x1.0000000000001p0};
    enum { ODD = sizeof odd / sizeof *odd };
    for (int place = 0; place < 4; place++)
        for (int i = 0; i < ODD; i++)
            for (int k = 0; k < ODD; k++) {
                double x[11], y[11];
                for (int at = 0; at < 11; at++) {
                    x[at] = at % 4 == place ? odd[i] : 0.3 + at;
                    y[at] = at % 4 == place ? odd[k] : 0.45;
                }
                for (size_t n = 0; n <= 11; n++)
                    assert_powers(x, y, n, 1, 1);
            }
}

static void positive_powers_are_libm_s(void **state)
{
    (void)state;
    for (int i = 0; i < 20000; i++) {
        double x = noise() * 3, y = (noise() - 0.5) * 8;
        assert_true(power_one(x, y) == pow(x, y));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_of_every_gamma),
        cmocka_unit_test(random_ones),
        cmocka_unit_test(corners),
        cmocka_unit_test(positive_powers_are_libm_s),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
