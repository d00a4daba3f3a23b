/* Spans: they contain every value of the expression and tell its jumps. */
#include "cm.h"

#include <math.h>
#include <stdint.h>

#include "pipe/expr/expr_interval.h"

static double random_unit(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) / 16777216.0;
}

static double random_number(uint32_t *state)
{
    static const double special[] = {0, 1, 0.5, -1, 2, 3, -0.25};
    double pick = random_unit(state);
    if (pick < 0.3)
        return special[(int)(pick / 0.3 * 7)];
    return (random_unit(state) - 0.5) * (pick < 0.6 ? 2 : 20);
}

static ExprNode node(int op, int a, int b, int c)
{
    return (ExprNode){(uint16_t)op, (uint16_t)a, (uint16_t)b, (uint16_t)c, 0};
}

/* The same entries serve an index, a search and, as points and ends, an interpolation.
 */
static const double TABLES[] = {5, -2, -0.25, 0, 0, 3, 2, 0.5, 0.25, 1, -4, 7, 0.125};
enum { N_TABLES = sizeof TABLES / sizeof *TABLES };

/* Operations on x, on two constants, on each other and in the table. */
static Expr *random_expr(uint32_t *state)
{
    ExprNode nodes[9] = {node(EXPR_X, 0, 0, 0)};
    for (int i = 1; i < 3; i++)
        nodes[i] = (ExprNode){.op = EXPR_CONST, .value = random_number(state)};
    int count = 4 + (int)(random_unit(state) * 5);
    for (int i = 3; i < count; i++) {
        int op = (int)(random_unit(state) * (ARITH_OPS + 4));
        if (op >= ARITH_OPS)
            op += EXPR_INDEX - ARITH_OPS;
        nodes[i] = node(op, (int)(random_unit(state) * i),
                        (int)(random_unit(state) * i), (int)(random_unit(state) * i));
        if (expr_op_operands(op) < 3)
            nodes[i].c = 0;
        if (expr_op_operands(op) < 2)
            nodes[i].b = 0;
    }
    return expr_new_with(nodes, count, TABLES, N_TABLES, NULL);
}

static void every_value_is_in_its_range(void **state)
{
    (void)state;
    uint32_t seed = 4;
    int known = 0;
    for (int round = 0; round < 20000; round++) {
        Expr *expr = random_expr(&seed);
        double lo = random_number(&seed), width = exp2(-20 * random_unit(&seed)) * 4;
        ExprInterval span = expr_interval(expr, (ExprInterval){lo, lo + width, 0});
        assert_true(span.lo <= span.hi && span.jump >= 0);
        known += span.hi < INFINITY;
        for (int i = 0; i <= 20; i++) {
            double x = lo + width * i / 20, y;
            if (!expr_eval(expr, &x, &y, 1))
                continue;
            double slack = 1e-12 * (1 + fabs(y));
            if (!(y >= span.lo - slack && y <= span.hi + slack))
                fail_msg("round %d: %g at %g is not in %g to %g", round, y, x, span.lo,
                         span.hi);
        }
        expr_unref(&expr);
    }
    assert_true(known > 10000);
}

/* high if lo < x < lo + width else low, as a recording. */
static Expr *band(double lo, double width)
{
    const ExprNode nodes[] = {{.op = EXPR_X},
                              {.op = EXPR_CONST, .value = lo},
                              {.op = EXPR_CONST, .value = lo + width},
                              node(ARITH_LT, 1, 0, 0),
                              node(ARITH_LT, 0, 2, 0),
                              {.op = EXPR_CONST, .value = 0.75},
                              {.op = EXPR_CONST, .value = 0.25},
                              node(ARITH_SELECT, 4, 5, 6),
                              node(ARITH_SELECT, 3, 7, 6)};
    return expr_new(nodes, 9);
}

static void a_narrow_band_is_told(void **state)
{
    (void)state;
    Expr *expr = band(0.3, 1e-9);
    ExprInterval wide = expr_interval(expr, (ExprInterval){0, 1, 0});
    assert_true(wide.lo == 0.25 && wide.hi == 0.75 && wide.jump == 0.5);
    ExprInterval beside = expr_interval(expr, (ExprInterval){0.31, 1, 0});
    assert_true(beside.lo == 0.25 && beside.hi == 0.25 && beside.jump == 0);
    ExprInterval inside =
        expr_interval(expr, (ExprInterval){0.3 + 1e-10, 0.3 + 2e-10, 0});
    assert_true(inside.lo == 0.75 && inside.jump == 0);
    expr_unref(&expr);
}

/* floor(x * 1000) / 1000: many jumps, none of them large. */
static void the_size_of_a_jump_is_kept(void **state)
{
    (void)state;
    const ExprNode nodes[] = {{.op = EXPR_X},
                              {.op = EXPR_CONST, .value = 1000},
                              node(ARITH_MUL, 0, 1, 0),
                              node(ARITH_FLOOR, 2, 0, 0),
                              node(ARITH_DIV, 3, 1, 0)};
    Expr *expr = expr_new(nodes, 5);
    ExprInterval span = expr_interval(expr, (ExprInterval){0, 1, 0});
    assert_true(fabs(span.jump - 1e-3) < 1e-12);
    assert_true(expr_interval(expr, (ExprInterval){0.5001, 0.5002, 0}).jump == 0);
    expr_unref(&expr);
}

static void a_table_does_not_jump(void **state)
{
    (void)state;
    const double values[] = {0, 1, -2, 3, 0.5};
    Expr *expr = expr_table(values, 5, NULL);
    ExprInterval span = expr_interval(expr, (ExprInterval){0.3, 0.6, 0});
    assert_true(span.lo == -2 && span.hi == 3 && span.jump == 0);
    ExprInterval outside = expr_interval(expr, (ExprInterval){-3, -1, 0});
    assert_true(outside.lo == 0 && outside.hi == 0);
    expr_unref(&expr);
}

static ExprInterval found(int op, double lo, double hi)
{
    const ExprNode nodes[] = {{.op = EXPR_X}, node(op, 0, 0, 0)};
    Expr *expr = expr_new_with(nodes, 2, TABLES, N_TABLES, NULL);
    ExprInterval span = expr_interval(expr, (ExprInterval){lo, hi, 0});
    expr_unref(&expr);
    return span;
}

static void lookups_tell_their_jumps(void **state)
{
    (void)state;
    assert_true(found(EXPR_INDEX, 2, 3).jump == 0 && found(EXPR_INDEX, 3, 4).jump == 3);
    assert_true(found(EXPR_INDEX, -2, -1.5).hi == 0);
    assert_true(found(EXPR_BISECT, 0.5, 2).jump == 0);
    assert_true(found(EXPR_BISECT, 0.5, 4).jump == 1);
    assert_true(found(EXPR_INTERP, -1, -0.5).jump == 0);
    assert_true(found(EXPR_INTERP, -0.125, 0.5).jump > 0); /* two points at 0 */
    ExprInterval slope = found(EXPR_INTERP, 1, 2);
    assert_true(slope.jump == 0 && slope.lo <= -4 && slope.hi >= 1);
}

/* round(x, 2): steps of 0.01. */
static void rounding_jumps_by_its_last_decimal(void **state)
{
    (void)state;
    const ExprNode nodes[] = {
        {.op = EXPR_X}, {.op = EXPR_CONST, .value = 2}, node(ARITH_ROUND, 0, 1, 0)};
    Expr *expr = expr_new(nodes, 3);
    assert_true(fabs(expr_interval(expr, (ExprInterval){0, 1, 0}).jump - 0.01) < 1e-12);
    assert_true(expr_interval(expr, (ExprInterval){0.301, 0.304, 0}).jump == 0);
    expr_unref(&expr);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_value_is_in_its_range),
        cmocka_unit_test(a_narrow_band_is_told),
        cmocka_unit_test(the_size_of_a_jump_is_kept),
        cmocka_unit_test(a_table_does_not_jump),
        cmocka_unit_test(lookups_tell_their_jumps),
        cmocka_unit_test(rounding_jumps_by_its_last_decimal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
