/* Arithmetic on blocks: every operation, also with operands that are a single value. */
#include <math.h>
#include <stdio.h>

#include "check.h"

typedef struct Operation {
    int op;
    unsigned single;
} Operation;

/* Any NaN counts as any other. */
static void make_nans_equal(double *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (isnan(values[i]))
            values[i] = (double)NAN;
}

static void call_op(const Kernels *kernels, void *dst, const void *src, size_t n,
                    const void *context)
{
    const Operation *one = context;
    const double *a = src;
    kernels->arith.op[one->op](dst, a, a + n, a + 2 * n, n, one->single);
    make_nans_equal(dst, n);
}

/* The verdict is stored behind the values, once for each. */
static void call_limit(const Kernels *kernels, void *dst, const void *src, size_t n,
                       const void *context)
{
    double *y = dst;
    (void)context;
    bool good = kernels->arith.limit(y, src, n, 1.25);
    for (size_t i = 0; i < n; i++)
        y[n + i] = good;
}

static void call_any(const Kernels *kernels, void *dst, const void *src, size_t n,
                     const void *context)
{
    uint8_t *any = dst;
    (void)context;
    for (size_t i = 0; i < n; i++)
        any[i] = (uint8_t)(kernels->arith.any_true(src, n) |
                           kernels->arith.any_false(src, n) << 1);
}

static void visit_op(visit_fn visit, int op, unsigned single)
{
    Operation operation = {op, single};
    Case one = {"", 8, 24, 8, call_op, &operation, SOURCE_SPECIAL};
    snprintf(one.name, sizeof one.name, "arith op %d single %u", op, single);
    visit(&one);
}

void arith_cases(visit_fn visit)
{
    for (int op = 0; op < ARITH_OPS; op++)
        for (unsigned single = 0; single < 3; single++)
            visit_op(visit, op, op == ARITH_SELECT ? 2 * single : single);
    visit_op(visit, ARITH_SELECT, 6);
    visit(&(Case){"arith limit", 8, 8, 16, call_limit, NULL, SOURCE_SPECIAL});
    visit(&(Case){"arith limit finite", 8, 8, 16, call_limit, NULL, SOURCE_FINITE});
    visit(&(Case){"arith any", 8, 8, 1, call_any, NULL, SOURCE_SPECIAL});
    visit(&(Case){"arith any finite", 8, 8, 1, call_any, NULL, SOURCE_FINITE});
}

static bool is_same(double one, double other)
{
    return isnan(one) ? isnan(other) : one == other && signbit(one) == signbit(other);
}

#define nan ((double)NAN)
static const struct {
    int op;
    double a, b, c, want;
} FACTS[] = {
    {ARITH_ADD, 0.1, 0.2, 0, 0.1 + 0.2},
    {ARITH_SUB, 1, nan, 0, nan},
    {ARITH_MUL, -1, 0, 0, -0.0},
    {ARITH_DIV, 1, 0, 0, nan},
    {ARITH_FLOORDIV, -7, 2, 0, -4},
    {ARITH_MOD, -7, 3, 0, 2},
    {ARITH_POW, 2, 0.5, 0, 0x1.6a09e667f3bcdp+0},
    {ARITH_POW, -8, 0.5, 0, nan},
    {ARITH_LT, 1, 2, 0, 1},
    {ARITH_LE, 2, 2, 0, 1},
    {ARITH_EQ, 0.0, -0.0, 0, 1},
    {ARITH_NE, nan, 1, 0, nan},
    {ARITH_SELECT, 1, 2, nan, 2},
    {ARITH_SELECT, 0, nan, 3, 3},
    {ARITH_SELECT, -0.0, nan, 3, 3},
    {ARITH_SELECT, nan, 2, 3, nan},
    {ARITH_CHECK, 5, nan, 0, nan},
    {ARITH_MIN, 0.0, -0.0, 0, 0.0},
    {ARITH_MAX, -0.0, 0.0, 0, -0.0},
    {ARITH_LEAST, 0.0, -0.0, 0, nan},
    {ARITH_RINT, 2.5, 0, 0, 2},
    {ARITH_FMOD, -7, 3, 0, -1},
    {ARITH_FMOD, 1, 0, 0, nan},
    {ARITH_REMAINDER, 5, 3, 0, -1},
    {ARITH_COPYSIGN, 2, -0.0, 0, -2},
    {ARITH_COPYSIGN, 2, nan, 0, nan},
    {ARITH_ROUND, 2.675, 2, 0, 2.67}, /* below the tie that it is written as */
    {ARITH_ROUND, 0.125, 2, 0, 0.12},
    {ARITH_ROUND, 0.285, 2, 0, 0.28},
    {ARITH_ROUND, 1.005, 2, 0, 1.0},
    {ARITH_ROUND, -0.04, 1, 0, -0.0},
    {ARITH_ROUND, 1e16, 0, 0, nan},
    {ARITH_ROUND, 0.5, 23, 0, nan},
    {ARITH_HYPOT, -3, 4, 0, 5},
    {ARITH_HYPOT, 0x1p600, 0, 0, 0x1p600},
    {ARITH_HYPOT, 3 * 0x1p600, 4 * 0x1p600, 0, 5 * 0x1p600},
    {ARITH_HYPOT, 0x1p-600, 1, 0, nan},
    {ARITH_LOG1P, -1, 0, 0, nan},
    {ARITH_CBRT, -1, 0, 0, -1},
    {ARITH_INT, -0.0, 0, 0, 0.0},
    {ARITH_INT, 0x1p53, 0, 0, nan},
    {ARITH_SQRT, -1, 0, 0, nan},
};
#undef nan

/* Python's results for these, in whole vectors and in the rest. */
static void check_ops(const ArithKernels *arith, const char *level)
{
    enum { N = 7 };
    for (size_t f = 0; f < sizeof FACTS / sizeof *FACTS; f++) {
        double a[N], b[N], c[N], r[N];
        for (int i = 0; i < N; i++) {
            a[i] = FACTS[f].a;
            b[i] = FACTS[f].b;
            c[i] = FACTS[f].c;
        }
        arith->op[FACTS[f].op](r, a, b, c, N, 0);
        for (int i = 0; i < N; i++)
            expect(is_same(r[i], FACTS[f].want), "arith op %d at %s: %g, not %g",
                   FACTS[f].op, level, r[i], FACTS[f].want);
    }
}

/* One value that differs, at every place. */
static void check_conditions(const ArithKernels *arith, const char *level)
{
    enum { N = 11 };
    for (int at = 0; at < N; at++) {
        double v[N] = {0}, y[N];
        expect(!arith->any_true(v, N), "any_true at %s: none is", level);
        v[at] = 1;
        expect(arith->any_true(v, N), "any_true at %s: misses %d", level, at);
        for (int i = 0; i < N; i++)
            v[i] = i != at;
        expect(arith->any_false(v, N), "any_false at %s: misses %d", level, at);
        v[at] = 1;
        expect(!arith->any_false(v, N), "any_false at %s: none is", level);
        v[at] = -9;
        expect(arith->limit(y, v, N, 4) && y[at] == -4, "limit at %s", level);
        v[at] = (double)NAN;
        expect(!arith->limit(y, v, N, 4) && y[at] == 4, "limit at %s: a NaN", level);
    }
}

void arith_check(void)
{
    for (int level = CPU_SCALAR; level <= (int)cpu_best(); level++) {
        check_ops(&kernels_at((CpuLevel)level)->arith, cpu_name((CpuLevel)level));
        check_conditions(&kernels_at((CpuLevel)level)->arith,
                         cpu_name((CpuLevel)level));
    }
}
