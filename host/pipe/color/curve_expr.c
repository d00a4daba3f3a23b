#include "pipe/color/curve_expr.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"

enum { MOST_NODES = 32 };

/* Nodes in the making. Node 0 is the input. */
typedef struct Formula {
    ExprNode nodes[MOST_NODES];
    int count;
} Formula;

static uint16_t put(Formula *f, ExprNode node)
{
    REQUIRE(f->count < MOST_NODES);
    f->nodes[f->count] = node;
    return (uint16_t)f->count++;
}

static uint16_t number(Formula *f, double value)
{
    return put(f, (ExprNode){.op = EXPR_CONST, .value = value});
}

static uint16_t apply(Formula *f, int op, uint16_t a, uint16_t b)
{
    return put(f, (ExprNode){.op = (uint16_t)op, .a = a, .b = b});
}

static uint16_t clamp(Formula *f, uint16_t x)
{
    return apply(f, ARITH_MIN, apply(f, ARITH_MAX, x, number(f, 0)), number(f, 1));
}

/* The input, from 0 to 1. */
static uint16_t begin(Formula *f)
{
    f->count = 0;
    return clamp(f, put(f, (ExprNode){.op = EXPR_X}));
}

/* factor * x + offset */
static uint16_t line(Formula *f, uint16_t x, double factor, double offset)
{
    return apply(f, ARITH_ADD, apply(f, ARITH_MUL, x, number(f, factor)),
                 number(f, offset));
}

/* max(x, 0)**power */
static uint16_t power(Formula *f, uint16_t x, double exponent)
{
    return apply(f, ARITH_POW, apply(f, ARITH_MAX, x, number(f, 0)),
                 number(f, exponent));
}

/* x < at ? below : above */
static uint16_t split(Formula *f, uint16_t x, double at, uint16_t below, uint16_t above)
{
    uint16_t test = apply(f, ARITH_LT, x, number(f, at));
    return put(f, (ExprNode){.op = ARITH_SELECT, .a = test, .b = below, .c = above});
}

static Expr *finish(const Formula *f, Err *err)
{
    Expr *expr = expr_new(f->nodes, f->count);
    if (!expr)
        err_set(err, ERR_MEMORY, "out of memory");
    return expr;
}

static Expr *formula_to_light(const ProfileCurve *curve, Err *err)
{
    Formula f;
    uint16_t x = begin(&f);
    uint16_t above =
        curve->a == 1 && curve->b == 0 ? x : line(&f, x, curve->a, curve->b);
    above = power(&f, above, curve->g);
    if (curve->e != 0)
        above = line(&f, above, 1, curve->e);
    if (curve->d > 0)
        split(&f, x, curve->d, line(&f, x, curve->c, curve->f), above);
    return finish(&f, err);
}

/* The light at which the formula's upper part begins. */
static double light_at_joint(const ProfileCurve *curve)
{
    return pow(fmax(curve->a * curve->d + curve->b, 0), curve->g) + curve->e;
}

static Expr *formula_from_light(const ProfileCurve *curve, Err *err)
{
    Formula f;
    uint16_t y = begin(&f);
    uint16_t above = curve->e == 0 ? y : line(&f, y, 1, -curve->e);
    above = power(&f, above, 1 / curve->g);
    if (curve->a != 1 || curve->b != 0)
        above = line(&f, above, 1 / curve->a, -curve->b / curve->a);
    if (curve->d > 0) {
        uint16_t below = curve->c > 0 ? line(&f, y, 1 / curve->c, -curve->f / curve->c)
                                      : number(&f, 0);
        above = split(&f, y, light_at_joint(curve), below, above);
    }
    clamp(&f, above);
    return finish(&f, err);
}

static Expr *table_from_light(const ProfileCurve *curve, Err *err)
{
    static const ExprNode nodes[] = {{.op = EXPR_X},
                                     {.op = EXPR_INTERP, .a = 0, .value = 0}};
    size_t n = curve->size, kept = 0;
    double *table = mem_try(2 * n + 3, sizeof *table, err);
    if (!table)
        return NULL;
    double *xs = table + 1, *ys = xs + n;
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || curve->table[i] > xs[kept - 1]) {
            ys[kept] = (double)i / (double)(n - 1);
            xs[kept++] = curve->table[i];
        }
    memmove(xs + kept, ys, kept * sizeof *ys);
    ys = xs + kept;
    table[0] = (double)kept;
    ys[kept] = ys[0];
    ys[kept + 1] = ys[kept - 1];
    Expr *expr = expr_new_with(nodes, 2, table, 2 * kept + 3, err);
    mem_free(table);
    return expr;
}

Expr *curve_expr_to_light(const ProfileCurve *curve, Err *err)
{
    return curve->table ? expr_table(curve->table, curve->size, err)
                        : formula_to_light(curve, err);
}

Expr *curve_expr_from_light(const ProfileCurve *curve, Err *err)
{
    return curve->table ? table_from_light(curve, err) : formula_from_light(curve, err);
}
