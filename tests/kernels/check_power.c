/* Powers of the scalar reference; tests/unit/kernels/test_power.c checks that each is
 * libm's. */
#include <stdio.h>

#include "check.h"

/* x of both signs and beyond 1; y fractions, whole numbers and zero. */
static void call(const Kernels *kernels, void *dst, const void *src, size_t n,
                 const void *context)
{
    const unsigned *single = context;
    const double *x = src;
    kernels->arith.op[ARITH_POW](dst, x, x + n, NULL, n, *single);
}

void power_cases(visit_fn visit)
{
    static const char *const names[] = {"", " of one base", " to one exponent"};
    for (unsigned single = 0; single < 3; single++) {
        Case one = {"", 8, 16, 8, call, &single, SOURCE_FINITE};
        snprintf(one.name, sizeof one.name, "power%s", names[single]);
        visit(&one);
    }
}
