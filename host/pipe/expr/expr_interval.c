#include "pipe/expr/expr_interval.h"

#include <math.h>

#include "base/mem.h"

static bool is_known(ExprInterval s)
{
    return s.lo > -INFINITY && s.hi < INFINITY;
}

static bool is_constant(ExprInterval s)
{
    return s.lo == s.hi;
}

static double size_of(ExprInterval s)
{
    return fmax(fabs(s.lo), fabs(s.hi));
}

static ExprInterval unknown(bool jumps)
{
    return (ExprInterval){-INFINITY, INFINITY, jumps ? INFINITY : 0};
}

/* No jump is larger than the range. A NaN, or an infinity at the wrong end, makes the
 * range unknown. */
static ExprInterval span_of(double lo, double hi, double jump)
{
    if (!(lo <= hi) || lo == INFINITY || hi == -INFINITY || isnan(jump))
        return unknown(jump > 0);
    return (ExprInterval){lo, hi, fmin(jump, hi - lo)};
}

/* The range between two values (fmin and fmax would ignore a NaN). A jump of the input
 * may become any jump that fits. */
static ExprInterval between(double one, double other, bool jumps)
{
    if (isnan(one) || isnan(other))
        return unknown(jumps);
    return span_of(fmin(one, other), fmax(one, other), jumps ? INFINITY : 0);
}

/* jump * factor, where 0 times infinity is 0. */
static double scaled(double jump, double factor)
{
    return jump > 0 ? jump * factor : 0;
}

/* The range of an operation that is monotone in each operand, from its values at the
 * ends. */
static ExprInterval corners(double p, double q, double r, double s, double jump)
{
    if (isnan(p + q + r + s))
        return unknown(jump > 0);
    return span_of(fmin(fmin(p, q), fmin(r, s)), fmax(fmax(p, q), fmax(r, s)), jump);
}

static ExprInterval multiply(ExprInterval a, ExprInterval b)
{
    double jump = scaled(a.jump, size_of(b)) + scaled(b.jump, size_of(a));
    return corners(a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi, jump);
}

static ExprInterval divide(ExprInterval a, ExprInterval b)
{
    if (!(b.lo > 0 || b.hi < 0))
        return unknown(false);
    double jump = scaled(a.jump, 1 / fmin(fabs(b.lo), fabs(b.hi))) +
                  scaled(b.jump, (double)INFINITY);
    return corners(a.lo / b.lo, a.lo / b.hi, a.hi / b.lo, a.hi / b.hi, jump);
}

/* Slightly wider, because a quotient is rounded, and Python's // is not the floor of
 * the rounded quotient. */
static ExprInterval widened(ExprInterval a)
{
    double by = 0x1p-50 * size_of(a);
    return (ExprInterval){a.lo - by, a.hi + by, a.jump};
}

/* A function that rounds to whole numbers. */
static ExprInterval rounded(double (*function)(double), ExprInterval a)
{
    double lo = function(a.lo), hi = function(a.hi);
    return is_known(a) ? span_of(lo, hi, lo == hi ? 0 : a.jump + 1) : unknown(false);
}

static ExprInterval modulo(ExprInterval a, ExprInterval b)
{
    if (!is_constant(b) || b.lo == 0 || !is_known(a))
        return unknown(false);
    ExprInterval quotient = widened(divide(a, b));
    double first = floor(quotient.lo), last = floor(quotient.hi);
    if (first == last)
        return between(a.lo - first * b.lo, a.hi - first * b.lo, a.jump > 0);
    return between(0, b.lo, true);
}

static ExprInterval power(ExprInterval a, ExprInterval b)
{
    bool jumps = a.jump > 0 || b.jump > 0;
    if (a.lo >= 0 && (b.lo >= 0 || a.lo > 0))
        return corners(pow(a.lo, b.lo), pow(a.lo, b.hi), pow(a.hi, b.lo),
                       pow(a.hi, b.hi), jumps ? INFINITY : 0);
    if (!is_constant(b) || b.lo < 0 || b.lo != floor(b.lo))
        return unknown(false);
    if (fmod(b.lo, 2) != 0)
        return between(pow(a.lo, b.lo), pow(a.hi, b.lo), jumps);
    double nearest = a.hi < 0 ? a.hi : 0;
    return between(pow(nearest, b.lo), pow(size_of(a), b.lo), jumps);
}

static ExprInterval magnitude(ExprInterval a)
{
    bool through = a.lo < 0 && a.hi > 0;
    return span_of(through ? 0 : fmin(fabs(a.lo), fabs(a.hi)), size_of(a), a.jump);
}

/* A comparison: 1, 0 or both. If an operand is unknown, so is the jump. */
static ExprInterval decided(bool always, bool never, ExprInterval a, ExprInterval b)
{
    bool known = is_known(a) && is_known(b);
    if (known && (always || never))
        return (ExprInterval){always, always, 0};
    return (ExprInterval){0, 1, known};
}

static ExprInterval compare(uint16_t op, ExprInterval a, ExprInterval b)
{
    bool apart = a.hi < b.lo || b.hi < a.lo;
    bool same = is_constant(a) && is_constant(b) && a.lo == b.lo;
    switch (op) {
    case ARITH_LT:
        return decided(a.hi < b.lo, a.lo >= b.hi, a, b);
    case ARITH_LE:
        return decided(a.hi <= b.lo, a.lo > b.hi, a, b);
    case ARITH_EQ:
        return decided(same, apart, a, b);
    default:
        return decided(apart, same, a, b);
    }
}

static ExprInterval select_side(ExprInterval condition, ExprInterval b, ExprInterval c)
{
    if (is_constant(condition))
        return condition.lo != 0 ? b : c;
    double jump = fmax(b.jump, c.jump);
    if (condition.jump > 0)
        jump = fmax(jump, fmax(b.hi - c.lo, c.hi - b.lo));
    return span_of(fmin(b.lo, c.lo), fmax(b.hi, c.hi), jump);
}

/* A sine or cosine: its slope is at most 1. */
static ExprInterval wave(double (*function)(double), ExprInterval a)
{
    double middle = function(a.lo + (a.hi - a.lo) / 2), half = (a.hi - a.lo) / 2;
    if (!is_known(a))
        return (ExprInterval){-1, 1, 0};
    return between(fmax(middle - half, -1), fmin(middle + half, 1), a.jump > 0);
}

static ExprInterval look_up(const Expr *expr, ExprInterval a)
{
    const double *table = expr_table_values(expr);
    double last = (double)expr_table_size(expr) - 1;
    size_t begin = (size_t)fmin(fmax(floor(a.lo * last), 0), last);
    size_t end = (size_t)fmin(fmax(ceil(a.hi * last), 0), last);
    double lo = table[begin], hi = lo;
    for (size_t i = begin; i <= end; i++) {
        lo = fmin(lo, table[i]);
        hi = fmax(hi, table[i]);
    }
    return between(lo, hi, a.jump > 0);
}

/* Functions that are monotone where they are defined. */
static ExprInterval monotone(double (*function)(double), ExprInterval a)
{
    return between(function(a.lo), function(a.hi), a.jump > 0);
}

static double (*const MONOTONE[EXPR_OPS])(double) = {
    [ARITH_SQRT] = sqrt, [ARITH_EXP] = exp,   [ARITH_EXP2] = exp2,
    [ARITH_LOG] = log,   [ARITH_LOG2] = log2, [ARITH_LOG10] = log10,
    [ARITH_ASIN] = asin, [ARITH_ACOS] = acos, [ARITH_ATAN] = atan,
    [ARITH_SINH] = sinh, [ARITH_TANH] = tanh,
};
static double (*const ROUNDED[EXPR_OPS])(double) = {[ARITH_FLOOR] = floor,
                                                    [ARITH_CEIL] = ceil,
                                                    [ARITH_TRUNC] = trunc,
                                                    [ARITH_RINT] = rint};

static ExprInterval sum(ExprInterval a, ExprInterval b)
{
    return span_of(a.lo + b.lo, a.hi + b.hi, a.jump + b.jump);
}

static ExprInterval negative(ExprInterval a)
{
    return (ExprInterval){-a.hi, -a.lo, a.jump};
}

static ExprInterval apply(const Expr *expr, uint16_t op, ExprInterval a, ExprInterval b,
                          ExprInterval c)
{
    if (MONOTONE[op])
        return monotone(MONOTONE[op], a);
    if (ROUNDED[op])
        return rounded(ROUNDED[op], a);
    switch (op) {
    case EXPR_TABLE:
        return look_up(expr, a);
    case ARITH_ADD:
        return sum(a, b);
    case ARITH_SUB:
        return sum(a, negative(b));
    case ARITH_MUL:
        return multiply(a, b);
    case ARITH_DIV:
        return divide(a, b);
    case ARITH_FLOORDIV:
        return rounded(floor, widened(divide(a, b)));
    case ARITH_MOD:
        return modulo(a, b);
    case ARITH_POW:
        return power(a, b);
    case ARITH_NEG:
        return negative(a);
    case ARITH_ABS:
        return magnitude(a);
    case ARITH_LT:
    case ARITH_LE:
    case ARITH_EQ:
    case ARITH_NE:
        return compare(op, a, b);
    case ARITH_SELECT:
        return select_side(a, b, c);
    case ARITH_CHECK:
    case ARITH_INT:
        return a;
    case ARITH_MIN:
    case ARITH_LEAST:
        return span_of(fmin(a.lo, b.lo), fmin(a.hi, b.hi), fmax(a.jump, b.jump));
    case ARITH_MAX:
    case ARITH_MOST:
        return span_of(fmax(a.lo, b.lo), fmax(a.hi, b.hi), fmax(a.jump, b.jump));
    case ARITH_SIN:
        return wave(sin, a);
    case ARITH_COS:
        return wave(cos, a);
    default:
        return unknown(false);
    }
}

ExprInterval expr_interval(const Expr *expr, ExprInterval input)
{
    int count;
    const ExprNode *nodes = expr_nodes(expr, &count);
    ExprInterval *spans = mem_new((size_t)count, sizeof *spans);
    for (int i = 0; i < count; i++) {
        const ExprNode *node = &nodes[i];
        if (node->op == EXPR_X)
            spans[i] = input;
        else if (node->op == EXPR_CONST)
            spans[i] = span_of(node->value, node->value, 0);
        else
            spans[i] =
                apply(expr, node->op, spans[node->a], spans[node->b], spans[node->c]);
    }
    ExprInterval result = spans[count - 1];
    mem_free(spans);
    if (!is_known(result))
        return result;
    return span_of(fmin(fmax(result.lo, -EXPR_HUGE), EXPR_HUGE),
                   fmin(fmax(result.hi, -EXPR_HUGE), EXPR_HUGE), result.jump);
}
