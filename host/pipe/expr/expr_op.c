#include "pipe/expr/expr_op.h"

static const struct {
    const char *name;
    int operands;
} OPS[EXPR_OPS] = {
    [EXPR_X] = {"x", 0},
    [EXPR_CONST] = {"const", 0},
    [EXPR_TABLE] = {"table", 1},
    [ARITH_ADD] = {"add", 2},
    [ARITH_SUB] = {"sub", 2},
    [ARITH_MUL] = {"mul", 2},
    [ARITH_DIV] = {"div", 2},
    [ARITH_FLOORDIV] = {"floordiv", 2},
    [ARITH_MOD] = {"mod", 2},
    [ARITH_POW] = {"pow", 2},
    [ARITH_NEG] = {"neg", 1},
    [ARITH_ABS] = {"abs", 1},
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
    [ARITH_INT] = {"int", 1},
    [ARITH_SQRT] = {"sqrt", 1},
    [ARITH_EXP] = {"exp", 1},
    [ARITH_EXP2] = {"exp2", 1},
    [ARITH_LOG] = {"log", 1},
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
};

const char *expr_op_name(int op)
{
    return OPS[op].name;
}

int expr_op_operands(int op)
{
    return OPS[op].operands;
}
