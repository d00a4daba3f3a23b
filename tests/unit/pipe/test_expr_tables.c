/* Tables in expressions: looked up, interpolated and searched. */
#include "cm.h"

#include <math.h>

#include "pipe/expr/expr.h"

static double looked_up(int op, const double *tables, size_t n, double place, double x)
{
    const ExprNode nodes[] = {{.op = EXPR_X}, {.op = (uint16_t)op, .value = place}};
    Expr *expr = expr_new_with(nodes, 2, tables, n, NULL);
    double y = NAN;
    assert_non_null(expr);
    assert_int_equal(expr_table_size(expr), 0);
    bool good = expr_eval(expr, &x, &y, 1);
    expr_unref(&expr);
    return good ? y : (double)NAN;
}

static void tables_are_looked_up_as_python_does(void **state)
{
    (void)state;
    const double tables[] = {3, 0.5, 0.25, 0.75, /* at 4: two points and the ends */
                             2, 0,   1,    10,   20, -1, -2};
    enum { N = sizeof tables / sizeof *tables };
    assert_true(looked_up(EXPR_INDEX, tables, N, 0, 0) == 0.5);
    assert_true(looked_up(EXPR_INDEX, tables, N, 0, 2) == 0.75);
    assert_true(looked_up(EXPR_INDEX, tables, N, 0, -3) == 0.5);
    assert_true(isnan(looked_up(EXPR_INDEX, tables, N, 0, 3)));
    assert_true(isnan(looked_up(EXPR_INDEX, tables, N, 0, -4)));
    assert_true(looked_up(EXPR_INTERP, tables, N, 4, 0.25) == 12.5);
    assert_true(looked_up(EXPR_INTERP, tables, N, 4, 1) == 20);
    assert_true(looked_up(EXPR_INTERP, tables, N, 4, -0.1) == -1);
    assert_true(looked_up(EXPR_INTERP, tables, N, 4, 1.1) == -2);
    assert_true(looked_up(EXPR_BISECT, tables, N, 4, 0) == 1);
    assert_true(looked_up(EXPR_BISECT_LEFT, tables, N, 4, 0) == 0);
    assert_true(looked_up(EXPR_BISECT, tables, N, 4, INFINITY) == 2);
    assert_true(isnan(looked_up(EXPR_BISECT, tables, N, 4, NAN)));
}

/* A point at infinity, where the slope from the left gives no number. */
static void interpolation_meets_infinities_as_numpy_does(void **state)
{
    (void)state;
    const double tables[] = {2, 0, INFINITY, 3, 3, 3, 3};
    const double heights[] = {2, 0, 1, -INFINITY, 1, 0, 0};
    assert_true(looked_up(EXPR_INTERP, tables, 7, 0, 5) == 3);
    assert_true(looked_up(EXPR_INTERP, heights, 7, 0, 0.5) == -EXPR_HUGE);
}

static void a_table_lies_inside_the_tables(void **state)
{
    (void)state;
    const double tables[] = {2, 0.5, 1};
    const struct {
        int op;
        double place;
        size_t n;
    } bad[] = {{EXPR_INDEX, 0, 0},    {EXPR_INDEX, 0, 2},  {EXPR_INDEX, 1, 3},
               {EXPR_INDEX, -1, 3},   {EXPR_INDEX, 3, 3},  {EXPR_INDEX, 0.5, 3},
               {EXPR_INDEX, NAN, 3},  {EXPR_INTERP, 0, 3}, {EXPR_BISECT, 2, 3},
               {EXPR_INDEX, 1e300, 3}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const ExprNode nodes[] = {{.op = EXPR_X},
                                  {.op = (uint16_t)bad[i].op, .value = bad[i].place}};
        assert_null(expr_new_with(nodes, 2, tables, bad[i].n, NULL));
    }
}

static void what_is_searched_ascends(void **state)
{
    (void)state;
    const double tables[][7] = {
        {2, NAN, NAN}, {2, 0, NAN}, {2, NAN, 1}, {2, 1, 0}, {1, NAN}};
    const int searched[] = {EXPR_INTERP, EXPR_BISECT, EXPR_BISECT_LEFT};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        for (size_t k = 0; k < sizeof searched / sizeof *searched; k++) {
            const ExprNode nodes[] = {{.op = EXPR_X}, {.op = (uint16_t)searched[k]}};
            assert_null(expr_new_with(nodes, 2, tables[i], 7, NULL));
        }
        assert_true(isnan(looked_up(EXPR_INDEX, tables[i], 7, 0, 2)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_looked_up_as_python_does),
        cmocka_unit_test(interpolation_meets_infinities_as_numpy_does),
        cmocka_unit_test(a_table_lies_inside_the_tables),
        cmocka_unit_test(what_is_searched_ascends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
