#include "pipe/expr/expr_interval.h"

#include <math.h>

#include "base/mem.h"
#include "pipe/expr/table_lookup.h"

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
static ExprInterval interval_of(double lo, double hi, double jump)
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
    return interval_of(fmin(one, other), fmax(one, other), jumps ? INFINITY : 0);
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
    return interval_of(fmin(fmin(p, q), fmin(r, s)), fmax(fmax(p, q), fmax(r, s)),
                       jump);
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
    return is_known(a) ? interval_of(lo, hi, lo == hi ? 0 : a.jump + 1)
                       : unknown(false);
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

/* The remainder of a division whose quotient `whole` makes a whole number of. */
static ExprInterval rest(double (*whole)(double), ExprInterval a, ExprInterval b)
{
    if (!is_constant(b) || b.lo == 0 || !is_known(a))
        return unknown(false);
    ExprInterval quotient = widened(divide(a, b));
    double first = whole(quotient.lo), last = whole(quotient.hi), most = fabs(b.lo);
    if (first == last)
        return between(a.lo - first * b.lo, a.hi - first * b.lo, a.jump > 0);
    return between(-most, most, true);
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
    return interval_of(through ? 0 : fmin(fabs(a.lo), fabs(a.hi)), size_of(a), a.jump);
}

static ExprInterval hypotenuse(ExprInterval a, ExprInterval b)
{
    ExprInterval x = magnitude(a), y = magnitude(b);
    return between(hypot(x.lo, y.lo), hypot(x.hi, y.hi), a.jump > 0 || b.jump > 0);
}

/* -0.0 is below no number, so a sign counts as unknown at 0. */
static ExprInterval with_sign(ExprInterval a, ExprInterval b)
{
    ExprInterval size = magnitude(a);
    if (b.lo > 0)
        return size;
    if (b.hi < 0)
        return (ExprInterval){-size.hi, -size.lo, size.jump};
    return between(-size.hi, size.hi, true);
}

/* To a constant number of decimals. Slightly wider, because scaling rounds. */
static ExprInterval rounded_to(ExprInterval a, ExprInterval decimals)
{
    double power = pow(10, decimals.lo);
    ExprInterval wide = widened(a);
    double lo = rint(wide.lo * power) / power, hi = rint(wide.hi * power) / power;
    if (!is_constant(decimals) || !is_known(a))
        return unknown(false);
    return interval_of(lo, hi, lo == hi ? 0 : a.jump + 1 / power);
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
    return interval_of(fmin(b.lo, c.lo), fmax(b.hi, c.hi), jump);
}

/* A sine or cosine: its slope is at most 1. */
static ExprInterval wave(double (*function)(double), ExprInterval a)
{
    double middle = function(a.lo + (a.hi - a.lo) / 2), half = (a.hi - a.lo) / 2;
    if (!is_known(a))
        return (ExprInterval){-1, 1, 0};
    return between(fmax(middle - half, -1), fmin(middle + half, 1), a.jump > 0);
}

/* The range of the entries [begin, end]. */
static ExprInterval range_of(const double *table, size_t begin, size_t end, bool jumps)
{
    double lo = table[begin], hi = lo;
    for (size_t i = begin; i <= end; i++) {
        lo = fmin(lo, table[i]);
        hi = fmax(hi, table[i]);
    }
    return between(lo, hi, jumps);
}

static ExprInterval look_up(const Expr *expr, ExprInterval a)
{
    double last = (double)expr_table_size(expr) - 1;
    size_t begin = (size_t)fmin(fmax(floor(a.lo * last), 0), last);
    size_t end = (size_t)fmin(fmax(ceil(a.hi * last), 0), last);
    return range_of(expr_table_values(expr), begin, end, a.jump > 0);
}

/* An index beyond the table has no value. */
static ExprInterval indexed(const double *table, double n, ExprInterval a)
{
    double lo = fmax(ceil(a.lo), -n), hi = fmin(floor(a.hi), n - 1);
    if (lo > hi)
        return unknown(false);
    if (lo < 0 && hi >= 0)
        return range_of(table, 0, (size_t)n - 1, true);
    double from = lo < 0 ? n : 0;
    return range_of(table, (size_t)(lo + from), (size_t)(hi + from), true);
}

static ExprInterval bisected(const double *table, size_t n, ExprInterval a, bool left)
{
    return is_known(a) ? between(table_bisect(table, n, a.lo, left),
                                 table_bisect(table, n, a.hi, left), true)
                       : (ExprInterval){0, (double)n, (double)n};
}

/* Two points with the same x are a jump; so are the ends, whose values beyond may
 * differ. A lower and an upper neighbour count too. */
static ExprInterval interpolated(const double *xs, size_t n, ExprInterval a)
{
    const double *ys = xs + n;
    size_t begin = (size_t)table_bisect(xs, n, a.lo, true),
           end = (size_t)table_bisect(xs, n, a.hi, false);
    bool below = begin == 0, above = end == n, jumps = a.jump > 0;
    begin -= !below;
    end -= above;
    for (size_t i = begin; i < end; i++)
        jumps = jumps || xs[i] == xs[i + 1];
    jumps = jumps || (below && ys[n] != ys[0]) || (above && ys[n + 1] != ys[n - 1]);
    ExprInterval range = range_of(ys, begin, end, jumps);
    double lo = fmin(range.lo, below ? ys[n] : range.lo);
    double hi = fmax(range.hi, below ? ys[n] : range.hi);
    return widened(interval_of(fmin(lo, above ? ys[n + 1] : lo),
                               fmax(hi, above ? ys[n + 1] : hi), jumps ? INFINITY : 0));
}

static ExprInterval find(const Expr *expr, const ExprNode *node, ExprInterval a)
{
    const double *table = expr_table_values(expr) + (size_t)node->value;
    double n = *table++;
    if (node->op == EXPR_INDEX)
        return indexed(table, n, a);
    if (node->op == EXPR_INTERP)
        return interpolated(table, (size_t)n, a);
    return bisected(table, (size_t)n, a, node->op == EXPR_BISECT_LEFT);
}

/* Functions that are monotone where they are defined. */
static ExprInterval monotone(double (*function)(double), ExprInterval a)
{
    return between(function(a.lo), function(a.hi), a.jump > 0);
}

static double (*const MONOTONE[EXPR_OPS])(double) = {
    [ARITH_SQRT] = sqrt,   [ARITH_EXP] = exp,     [ARITH_EXP2] = exp2,
    [ARITH_LOG] = log,     [ARITH_LOG2] = log2,   [ARITH_LOG10] = log10,
    [ARITH_ASIN] = asin,   [ARITH_ACOS] = acos,   [ARITH_ATAN] = atan,
    [ARITH_SINH] = sinh,   [ARITH_TANH] = tanh,   [ARITH_ASINH] = asinh,
    [ARITH_ACOSH] = acosh, [ARITH_ATANH] = atanh, [ARITH_ERF] = erf,
    [ARITH_ERFC] = erfc,   [ARITH_CBRT] = cbrt,   [ARITH_EXPM1] = expm1,
    [ARITH_LOG1P] = log1p,
};
static double (*const ROUNDED[EXPR_OPS])(double) = {[ARITH_FLOOR] = floor,
                                                    [ARITH_CEIL] = ceil,
                                                    [ARITH_TRUNC] = trunc,
                                                    [ARITH_RINT] = rint};

static ExprInterval sum(ExprInterval a, ExprInterval b)
{
    return interval_of(a.lo + b.lo, a.hi + b.hi, a.jump + b.jump);
}

static ExprInterval negative(ExprInterval a)
{
    return (ExprInterval){-a.hi, -a.lo, a.jump};
}

static ExprInterval difference(ExprInterval a, ExprInterval b)
{
    return sum(a, negative(b));
}

static ExprInterval floor_divide(ExprInterval a, ExprInterval b)
{
    return rounded(floor, widened(divide(a, b)));
}

static ExprInterval fmod_rest(ExprInterval a, ExprInterval b)
{
    return rest(trunc, a, b);
}

static ExprInterval nearest_rest(ExprInterval a, ExprInterval b)
{
    return rest(rint, a, b);
}

static ExprInterval smaller(ExprInterval a, ExprInterval b)
{
    return interval_of(fmin(a.lo, b.lo), fmin(a.hi, b.hi), fmax(a.jump, b.jump));
}

static ExprInterval larger(ExprInterval a, ExprInterval b)
{
    return interval_of(fmax(a.lo, b.lo), fmax(a.hi, b.hi), fmax(a.jump, b.jump));
}

static ExprInterval (*const OF_TWO[EXPR_OPS])(ExprInterval, ExprInterval) = {
    [ARITH_ADD] = sum,
    [ARITH_SUB] = difference,
    [ARITH_MUL] = multiply,
    [ARITH_DIV] = divide,
    [ARITH_FLOORDIV] = floor_divide,
    [ARITH_MOD] = modulo,
    [ARITH_FMOD] = fmod_rest,
    [ARITH_REMAINDER] = nearest_rest,
    [ARITH_POW] = power,
    [ARITH_ROUND] = rounded_to,
    [ARITH_HYPOT] = hypotenuse,
    [ARITH_COPYSIGN] = with_sign,
    [ARITH_MIN] = smaller,
    [ARITH_LEAST] = smaller,
    [ARITH_MAX] = larger,
    [ARITH_MOST] = larger,
};

static ExprInterval apply(const Expr *expr, const ExprNode *node, ExprInterval a,
                          ExprInterval b, ExprInterval c)
{
    uint16_t op = node->op;
    if (expr_op_has_table(op))
        return find(expr, node, a);
    if (MONOTONE[op])
        return monotone(MONOTONE[op], a);
    if (ROUNDED[op])
        return rounded(ROUNDED[op], a);
    if (OF_TWO[op])
        return OF_TWO[op](a, b);
    switch (op) {
    case EXPR_TABLE:
        return look_up(expr, a);
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
    ExprInterval *intervals = mem_new((size_t)count, sizeof *intervals);
    for (int i = 0; i < count; i++) {
        const ExprNode *node = &nodes[i];
        if (node->op == EXPR_X)
            intervals[i] = input;
        else if (node->op == EXPR_CONST)
            intervals[i] = interval_of(node->value, node->value, 0);
        else
            intervals[i] = apply(expr, node, intervals[node->a], intervals[node->b],
                                 intervals[node->c]);
    }
    ExprInterval result = intervals[count - 1];
    mem_free(intervals);
    if (!is_known(result)) {
        result.lo = fmin(result.lo, EXPR_HUGE);
        result.hi = fmax(result.hi, -EXPR_HUGE);
        return result;
    }
    return interval_of(fmin(fmax(result.lo, -EXPR_HUGE), EXPR_HUGE),
                       fmin(fmax(result.hi, -EXPR_HUGE), EXPR_HUGE), result.jump);
}
