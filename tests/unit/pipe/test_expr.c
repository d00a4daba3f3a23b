/* Expressions: every operation, skipped sides of selects, random programs. */
#include "cm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "pipe/expr/expr.h"
#include "pipe/stage.h"

static const double SAMPLES[] = {
    0.0,    -0.0,  1.0,   -1.0,  0.5,    -0.5,   1.5,    -1.5,     2.5,
    -2.5,   3.0,   -3.0,  0.1,   1e-300, 5e-324, -1e-20, 1e300,    -1e300,
    0x1p53, 1e200, 710.0, 0.999, 7.25,   -7.25,  100.0,  INFINITY, -INFINITY,
};
enum { N_SAMPLES = sizeof SAMPLES / sizeof *SAMPLES };

static ExprNode operation(int op, int a, int b, int c)
{
    return (ExprNode){(uint16_t)op, (uint16_t)a, (uint16_t)b, (uint16_t)c, 0};
}

static ExprNode constant(double value)
{
    return (ExprNode){.op = EXPR_CONST, .value = value};
}

static Expr *make(const ExprNode *nodes, int count)
{
    Expr *expr = expr_new(nodes, count);
    assert_non_null(expr);
    return expr;
}

/* Two NaN are equal; otherwise every bit counts, the sign of zero too. */
static bool same(double a, double b)
{
    uint64_t x, y;
    memcpy(&x, &a, sizeof x);
    memcpy(&y, &b, sizeof y);
    return (isnan(a) && isnan(b)) || x == y;
}

static double limited(double value)
{
    return isnan(value) ? value : fmin(fmax(value, -EXPR_HUGE), EXPR_HUGE);
}

/* The value of these nodes at x; NaN: they have none. */
static double value_at(const ExprNode *nodes, int count, double x)
{
    Expr *expr = make(nodes, count);
    double result;
    bool good = expr_eval(expr, &x, &result, 1);
    expr_unref(&expr);
    return good ? result : NAN;
}

static double two(int op, double x, double y)
{
    const ExprNode nodes[] = {operation(EXPR_X, 0, 0, 0), constant(y),
                              operation(op, 0, 1, 0)};
    return value_at(nodes, 3, x);
}

static double one(int op, double x)
{
    const ExprNode nodes[] = {operation(EXPR_X, 0, 0, 0), operation(op, 0, 0, 0)};
    return value_at(nodes, 2, x);
}

static double quotient(double x, double y)
{
    return y == 0 ? NAN : x / y;
}
static double sum(double x, double y)
{
    return x + y;
}
static double difference(double x, double y)
{
    return x - y;
}
static double product(double x, double y)
{
    return x * y;
}
static double less(double x, double y)
{
    return x < y;
}
static double at_most(double x, double y)
{
    return x <= y;
}
static double equal(double x, double y)
{
    return x == y;
}
static double unequal(double x, double y)
{
    return x != y;
}
static double smaller(double x, double y)
{
    return y < x ? y : x;
}
static double larger(double x, double y)
{
    return y > x ? y : x;
}
static double first(double x, double y)
{
    return isnan(y) ? y : x;
}

static const struct {
    int op;
    double (*function)(double x, double y);
} BINARIES[] = {
    {ARITH_ADD, sum},      {ARITH_SUB, difference}, {ARITH_MUL, product},
    {ARITH_DIV, quotient}, {ARITH_LT, less},        {ARITH_LE, at_most},
    {ARITH_EQ, equal},     {ARITH_NE, unequal},     {ARITH_MIN, smaller},
    {ARITH_MAX, larger},   {ARITH_CHECK, first},
};
enum { N_BINARIES = sizeof BINARIES / sizeof *BINARIES };

static void arithmetic_is_ieee_but_for_division_by_zero(void **state)
{
    (void)state;
    for (int k = 0; k < N_BINARIES; k++)
        for (int i = 0; i < N_SAMPLES; i++)
            for (int j = 0; j < N_SAMPLES; j++) {
                double x = SAMPLES[i], y = SAMPLES[j];
                double want = limited(BINARIES[k].function(x, y));
                assert_true(same(two(BINARIES[k].op, x, y), want));
            }
}

static void functions_are_libm_s_or_have_no_value(void **state)
{
    (void)state;
    static const struct {
        int op;
        double (*function)(double x);
    } unaries[] = {
        {ARITH_SQRT, sqrt},   {ARITH_EXP, exp},   {ARITH_EXP2, exp2},
        {ARITH_LOG, log},     {ARITH_LOG2, log2}, {ARITH_LOG10, log10},
        {ARITH_SIN, sin},     {ARITH_COS, cos},   {ARITH_TAN, tan},
        {ARITH_ASIN, asin},   {ARITH_ACOS, acos}, {ARITH_ATAN, atan},
        {ARITH_SINH, sinh},   {ARITH_COSH, cosh}, {ARITH_TANH, tanh},
        {ARITH_FLOOR, floor}, {ARITH_CEIL, ceil}, {ARITH_TRUNC, trunc},
        {ARITH_RINT, rint},   {ARITH_ABS, fabs},
    };
    for (size_t k = 0; k < sizeof unaries / sizeof *unaries; k++)
        for (int i = 0; i < N_SAMPLES; i++) {
            double x = SAMPLES[i], want = unaries[k].function(x);
            bool exact = k >= 15; /* rounding and abs know infinities */
            if (!exact && (!isfinite(x) || !isfinite(want)))
                want = NAN;
            assert_true(same(one(unaries[k].op, x), limited(want)));
        }
}

static void powers_follow_python(void **state)
{
    (void)state;
    static const double cases[][3] = {
        {0.0, 0.0, 1.0},      {-0.0, 3.0, -0.0},    {-0.0, 2.0, 0.0},
        {0.0, -1.0, NAN},     {-2.0, 3.0, -8.0},    {-2.0, 2.0, 4.0},
        {-2.0, 0.5, NAN},     {-1.0, 1e300, 1.0},   {-1.0, 3.0, -1.0},
        {1.0, -1e300, 1.0},   {1e300, 2.0, NAN},    {10.0, -400.0, 0.0},
        {2.0, -1074.0, NAN},  {0.3, 1.0, 0.3},      {-0.3, 1.0, -0.3},
        {INFINITY, 2.0, NAN}, {2.0, INFINITY, NAN}, {5e-324, 1.0, 5e-324},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_true(same(two(ARITH_POW, cases[i][0], cases[i][1]), cases[i][2]));
    for (int i = 1; i <= 4096; i++) {
        double x = i / 1024.0;
        assert_true(two(ARITH_POW, x, 1 / 2.2) == pow(x, 1 / 2.2));
        assert_true(two(ARITH_POW, x, 1.0) == pow(x, 1.0));
        assert_true(two(ARITH_POW, -x, -3.0) == -pow(x, -3.0));
    }
}

static void remainders_follow_python(void **state)
{
    (void)state;
    static const double cases[][4] = {
        /* x, y, x // y, x % y */
        {7.0, 3.0, 2.0, 1.0},      {-7.0, 3.0, -3.0, 2.0}, {7.0, -3.0, -3.0, -2.0},
        {-7.0, -3.0, 2.0, -1.0},   {6.0, 3.0, 2.0, 0.0},   {-6.0, 3.0, -2.0, 0.0},
        {6.0, -3.0, -2.0, -0.0},   {0.5, 1.0, 0.0, 0.5},   {-0.5, 1.0, -1.0, 0.5},
        {1.0, 0.0, NAN, NAN},      {-0.0, 2.0, -0.0, 0.0}, {INFINITY, 2.0, NAN, NAN},
        {1.0, INFINITY, NAN, NAN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double x = cases[i][0], y = cases[i][1];
        assert_true(same(two(ARITH_FLOORDIV, x, y), cases[i][2]));
        assert_true(same(two(ARITH_MOD, x, y), cases[i][3]));
    }
    assert_true(two(ARITH_FLOORDIV, 1.0, 0.1) == 9);
}

static void odd_corners_have_no_value(void **state)
{
    (void)state;
    assert_true(same(one(ARITH_INT, -0.0), 0.0));
    assert_true(same(one(ARITH_INT, 0x1p53), NAN));
    assert_true(same(one(ARITH_INT, 0x1p53 - 1), 0x1p53 - 1));
    assert_true(same(two(ARITH_LEAST, 0.0, -0.0), NAN));
    assert_true(same(two(ARITH_MOST, -0.0, 0.0), NAN));
    assert_true(same(two(ARITH_MOST, -1.0, 0.0), 0.0));
    assert_true(same(two(ARITH_LEAST, 3.0, 2.0), 2.0));
    assert_true(same(two(ARITH_ATAN2, 0.0, -1.0), M_PI));
    assert_true(same(two(ARITH_ATAN2, -0.0, -0.0), -M_PI));
    assert_true(same(two(ARITH_ATAN2, 1.0, 0.0), atan2(1, 0)));
}

/* 1 / x where x is not 0: the untaken side has no effect. */
static void a_side_not_taken_may_have_no_value(void **state)
{
    (void)state;
    const ExprNode nodes[] = {operation(EXPR_X, 0, 0, 0),
                              constant(0.0),
                              constant(1.0),
                              operation(ARITH_NE, 0, 1, 0),
                              operation(ARITH_DIV, 2, 0, 0),
                              operation(ARITH_SELECT, 3, 4, 1)};
    Expr *expr = make(nodes, 6);
    double x[1000], y[1000];
    for (int i = 0; i < 1000; i++)
        x[i] = i % 300 < 150 ? 0 : i;
    assert_true(expr_eval(expr, x, y, 1000));
    for (int i = 0; i < 1000; i++)
        assert_true(y[i] == (x[i] != 0 ? 1 / x[i] : 0));
    /* Outside of the select it has. */
    ExprNode strict[7];
    memcpy(strict, nodes, sizeof nodes);
    strict[6] = operation(ARITH_CHECK, 5, 4, 0);
    Expr *checked = make(strict, 7);
    assert_false(expr_eval(checked, x, y, 1000));
    assert_true(expr_eval(checked, x + 150, y, 100));
    expr_unref(&checked);
    expr_unref(&expr);
}

/* A plain walk over the nodes for one input; only the taken side of a select. */
static double walk(const ExprNode *nodes, int at, double x)
{
    const ExprNode *node = &nodes[at];
    if (node->op == EXPR_X)
        return x;
    if (node->op == EXPR_CONST)
        return node->value;
    double a = walk(nodes, node->a, x);
    if (node->op == ARITH_SELECT)
        return isnan(a) ? a : walk(nodes, a != 0 ? node->b : node->c, x);
    if (node->op == ARITH_SQRT)
        return a >= 0 && isfinite(a) ? sqrt(a) : NAN;
    if (node->op == ARITH_NEG)
        return -a;
    double b = walk(nodes, node->b, x);
    if (node->op == ARITH_CHECK)
        return isnan(b) ? b : a;
    if (isnan(a) || isnan(b))
        return NAN;
    for (int k = 0; k < N_BINARIES; k++)
        if (BINARIES[k].op == node->op)
            return BINARIES[k].function(a, b);
    return NAN;
}

static uint32_t draw(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

static bool is_condition(const ExprNode *node)
{
    return node->op >= ARITH_LT && node->op <= ARITH_NE;
}

/* Operands are drawn near the end, so programs become deep; a select needs a
 * comparison. */
static ExprNode random_node(uint32_t *seed, const ExprNode *nodes, int count)
{
    int back = count < 12 ? count : 12;
    int a = count - 1 - (int)draw(seed, (uint32_t)back);
    int b = count - 1 - (int)draw(seed, (uint32_t)count);
    int c = count - 1 - (int)draw(seed, (uint32_t)back);
    uint32_t kind = draw(seed, 10);
    if (kind < 3)
        for (int i = count - 1; i >= 0; i--)
            if (is_condition(&nodes[i]))
                return operation(ARITH_SELECT, i, a, b);
    if (kind == 3)
        return constant(((int)draw(seed, 9) - 4) / 4.0);
    if (kind == 4)
        return operation(draw(seed, 2) ? ARITH_NEG : ARITH_SQRT, a, 0, 0);
    return operation(BINARIES[draw(seed, N_BINARIES)].op, a, c, 0);
}

static int random_program(uint32_t *seed, ExprNode *nodes)
{
    int count = 4 + (int)draw(seed, 36);
    nodes[0] = operation(EXPR_X, 0, 0, 0);
    for (int i = 1; i < count; i++)
        nodes[i] = random_node(seed, nodes, i);
    return count;
}

enum { INPUTS = 700, PROGRAMS = 3000 };

/* Runs of equal inputs, so that some blocks take one side only. */
static void fill_inputs(double x[INPUTS])
{
    for (int i = 0; i < INPUTS; i++)
        x[i] = i < 300 ? -0.75 : (i - 450) / 100.0;
}

static void random_programs_do_what_their_nodes_say(void **state)
{
    (void)state;
    double x[INPUTS], y[INPUTS];
    fill_inputs(x);
    for (uint32_t number = 0; number < PROGRAMS; number++) {
        ExprNode nodes[40];
        uint32_t seed = number;
        int count = random_program(&seed, nodes);
        Expr *expr = make(nodes, count);
        bool good = expr_eval(expr, x, y, INPUTS), all = true;
        for (int i = 0; i < INPUTS; i += i % 3 + 1) {
            double want = limited(walk(nodes, count - 1, x[i]));
            all = all && !isnan(want);
            if (!isnan(want) && !same(y[i], want))
                fail_msg("program %u at %g: %.17g, not %.17g", number, x[i], y[i],
                         want);
        }
        if (good)
            assert_true(all);
        expr_unref(&expr);
    }
}

/* A sum over the results of many programs, for comparing CPU levels. */
static uint64_t checksum(void)
{
    double x[INPUTS], y[INPUTS];
    uint64_t total = 0;
    fill_inputs(x);
    for (uint32_t number = 0; number < PROGRAMS; number++) {
        ExprNode nodes[40];
        uint32_t seed = number;
        int count = random_program(&seed, nodes);
        Expr *expr = make(nodes, count);
        if (expr_eval(expr, x, y, INPUTS))
            for (int i = 0; i < INPUTS; i++) {
                uint64_t bits;
                memcpy(&bits, &y[i], sizeof bits);
                total = total * 31 + bits;
            }
        expr_unref(&expr);
    }
    return total;
}

static uint64_t checksum_at(const char *level)
{
    int ends[2];
    uint64_t total = 0;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        setenv("LUTIST_CPU", level, 1);
        total = checksum();
        bool whole = write(ends[1], &total, sizeof total) == sizeof total;
        _exit(whole ? 0 : 1);
    }
    assert_int_equal(read(ends[0], &total, sizeof total), sizeof total);
    waitpid(child, NULL, 0);
    close(ends[0]);
    close(ends[1]);
    return total;
}

/* Runs before all other tests: a process reads the level once. */
static void every_cpu_level_gives_the_same_bits(void **state)
{
    (void)state;
    uint64_t scalar = checksum_at("scalar");
    assert_true(scalar != 0);
    assert_true(scalar == checksum_at("avx2"));
}

static void any_number_of_inputs_in_place(void **state)
{
    (void)state;
    const ExprNode nodes[] = {operation(EXPR_X, 0, 0, 0), constant(0.25),
                              operation(ARITH_ADD, 0, 1, 0)};
    Expr *expr = make(nodes, 3);
    static const size_t sizes[] = {0, 1, 2, 255, 256, 257, 511, 513, 1000};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        double x[1001];
        for (size_t i = 0; i <= 1000; i++)
            x[i] = (double)i;
        assert_true(expr_eval(expr, x, x, sizes[k]));
        for (size_t i = 0; i <= 1000; i++)
            assert_true(x[i] == (double)i + (i < sizes[k] ? 0.25 : 0));
    }
    expr_unref(&expr);
}

static void constants_and_the_input_can_be_results(void **state)
{
    (void)state;
    const ExprNode identity = operation(EXPR_X, 0, 0, 0), half = constant(0.5);
    Expr *same_again = make(&identity, 1), *fixed = make(&half, 1);
    double x[3] = {1, -2, 3}, y[3];
    assert_true(expr_eval(same_again, x, y, 3));
    assert_memory_equal(x, y, sizeof x);
    assert_true(expr_eval(fixed, x, y, 3));
    assert_true(y[0] == 0.5 && y[1] == 0.5 && y[2] == 0.5);
    assert_int_equal(expr_size(same_again), 0);
    expr_unref(&fixed);
    expr_unref(&same_again);
}

static void what_is_malformed_is_refused(void **state)
{
    (void)state;
    const ExprNode forward[] = {operation(ARITH_NEG, 1, 0, 0),
                                operation(EXPR_X, 0, 0, 0)};
    const ExprNode unknown[] = {operation(EXPR_X, 0, 0, 0),
                                operation(EXPR_OPS, 0, 0, 0)};
    const ExprNode table[] = {operation(EXPR_X, 0, 0, 0),
                              operation(EXPR_TABLE, 0, 0, 0)};
    assert_null(expr_new(forward, 2));
    assert_null(expr_new(unknown, 2));
    assert_null(expr_new(table, 2));
    assert_null(expr_new(forward, 0));
    ExprNode *many = mem_new(EXPR_MOST_NODES + 1, sizeof *many);
    assert_null(expr_new(many, EXPR_MOST_NODES + 1));
    /* A sum of so many different terms, deepest first, needs a register for each. */
    int count = 600;
    for (int i = 1; i < count; i++)
        many[i] = operation(ARITH_ADD, 0, i - 1, 0);
    for (int i = 0; i < count; i++)
        many[count + i] = operation(ARITH_MUL, count + i - 1, count - 1 - i, 0);
    assert_null(expr_new(many, 2 * count));
    mem_free(many);
}

static void equality_goes_by_content(void **state)
{
    (void)state;
    ExprNode nodes[] = {operation(EXPR_X, 0, 0, 0), constant(0.0),
                        operation(ARITH_MUL, 0, 1, 0)};
    Expr *a = make(nodes, 3), *b = make(nodes, 3);
    nodes[1].value = -0.0;
    Expr *c = make(nodes, 3);
    assert_true(expr_equal(a, b));
    assert_false(expr_equal(a, c));
    double table[] = {0, 0.5, 1};
    Expr *t = expr_table(table, 3, NULL), *u = expr_table(table, 3, NULL),
         *v = expr_table(table, 2, NULL);
    table[1] = 0.25;
    Expr *w = expr_table(table, 3, NULL);
    assert_true(expr_equal(t, u));
    assert_false(expr_equal(t, v) || expr_equal(t, w) || expr_equal(t, a));
    double x = 0.5, y;
    assert_true(expr_eval(w, &x, &y, 1) && y == 0.25);
    assert_int_equal(expr_table_size(w), 3);
    Expr *all[] = {a, b, c, t, u, v, w};
    for (int i = 0; i < 7; i++)
        expr_unref(&all[i]);
}

static void every_operation_has_a_name(void **state)
{
    (void)state;
    for (int i = 0; i < EXPR_OPS; i++) {
        assert_non_null(expr_op_name(i));
        for (int k = 0; k < i; k++)
            assert_string_not_equal(expr_op_name(i), expr_op_name(k));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cpu_level_gives_the_same_bits),
        cmocka_unit_test(arithmetic_is_ieee_but_for_division_by_zero),
        cmocka_unit_test(functions_are_libm_s_or_have_no_value),
        cmocka_unit_test(powers_follow_python),
        cmocka_unit_test(remainders_follow_python),
        cmocka_unit_test(odd_corners_have_no_value),
        cmocka_unit_test(a_side_not_taken_may_have_no_value),
        cmocka_unit_test(random_programs_do_what_their_nodes_say),
        cmocka_unit_test(any_number_of_inputs_in_place),
        cmocka_unit_test(constants_and_the_input_can_be_results),
        cmocka_unit_test(what_is_malformed_is_refused),
        cmocka_unit_test(equality_goes_by_content),
        cmocka_unit_test(every_operation_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
