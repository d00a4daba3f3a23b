#include "pipe/expr/expr_op.h"

static const struct {
    const char *name;
    int operands;
} OPS[EXPR_OPS] = {
    [EXPR_X] = {"x", 0},
    [EXPR_CONST] = {"const", 0},
    [EXPR_TABLE] = {"table", 1},
    [EXPR_INDEX] = {"index", 1},
    [EXPR_INTERP] = {"interp", 1},
    [EXPR_BISECT_LEFT] = {"bisect_left", 1},
    [EXPR_BISECT] = {"bisect", 1},
    [ARITH_ADD] = {"add", 2},
    [ARITH_SUB] = {"sub", 2},
    [ARITH_MUL] = {"mul", 2},
    [ARITH_DIV] = {"div", 2},
    [ARITH_FLOORDIV] = {"floordiv", 2},
    [ARITH_MOD] = {"mod", 2},
    [ARITH_FMOD] = {"fmod", 2},
    [ARITH_REMAINDER] = {"remainder", 2},
    [ARITH_POW] = {"pow", 2},
    [ARITH_NEG] = {"neg", 1},
    [ARITH_ABS] = {"abs", 1},
    [ARITH_COPYSIGN] = {"copysign", 2},
    [ARITH_LT] = {"lt", 2},
    [ARITH_LE] = {"le", 2},
    [ARITH_EQ] = {"eq", 2},
    [ARITH_NE] = {"ne", 2},
    [ARITH_SELECT] = {"select", 3},
    [ARITH_CHECK] = {"check", 2},
    [ARITH_MIN] = {"min", 2},
    [ARITH_MAX] = {"max", 2},
    [ARITH_LEAST] = {"least", 2},
    [ARITH_MOST] = {"most", 2},
    [ARITH_FLOOR] = {"floor", 1},
    [ARITH_CEIL] = {"ceil", 1},
    [ARITH_TRUNC] = {"trunc", 1},
    [ARITH_RINT] = {"rint", 1},
    [ARITH_ROUND] = {"round", 2},
    [ARITH_INT] = {"int", 1},
    [ARITH_SQRT] = {"sqrt", 1},
    [ARITH_CBRT] = {"cbrt", 1},
    [ARITH_HYPOT] = {"hypot", 2},
    [ARITH_EXP] = {"exp", 1},
    [ARITH_EXP2] = {"exp2", 1},
    [ARITH_EXPM1] = {"expm1", 1},
    [ARITH_LOG] = {"log", 1},
    [ARITH_LOG1P] = {"log1p", 1},
    [ARITH_LOG2] = {"log2", 1},
    [ARITH_LOG10] = {"log10", 1},
    [ARITH_SIN] = {"sin", 1},
    [ARITH_COS] = {"cos", 1},
    [ARITH_TAN] = {"tan", 1},
    [ARITH_ASIN] = {"asin", 1},
    [ARITH_ACOS] = {"acos", 1},
    [ARITH_ATAN] = {"atan", 1},
    [ARITH_ATAN2] = {"atan2", 2},
    [ARITH_SINH] = {"sinh", 1},
    [ARITH_COSH] = {"cosh", 1},
    [ARITH_TANH] = {"tanh", 1},
    [ARITH_ASINH] = {"asinh", 1},
    [ARITH_ACOSH] = {"acosh", 1},
    [ARITH_ATANH] = {"atanh", 1},
    [ARITH_ERF] = {"erf", 1},
    [ARITH_ERFC] = {"erfc", 1},
};

const char *expr_op_name(int op)
{
    return OPS[op].name;
}

bool expr_op_has_table(int op)
{
    return op >= EXPR_INDEX && op < EXPR_OPS;
}

int expr_op_operands(int op)
{
    return OPS[op].operands;
}
