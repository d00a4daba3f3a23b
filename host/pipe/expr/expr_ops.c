#include "pipe/expr/expr.h"

static const struct {
    const char *name;
    int operands;
} OPS[EXPR_OPS] = {
    [EXPR_X] = {"x", 0},           [EXPR_CONST] = {"const", 0},
    [EXPR_TABLE] = {"table", 1},   [EXPR_ADD] = {"add", 2},
    [EXPR_SUB] = {"sub", 2},       [EXPR_MUL] = {"mul", 2},
    [EXPR_DIV] = {"div", 2},       [EXPR_FLOORDIV] = {"floordiv", 2},
    [EXPR_MOD] = {"mod", 2},       [EXPR_POW] = {"pow", 2},
    [EXPR_NEG] = {"neg", 1},       [EXPR_ABS] = {"abs", 1},
    [EXPR_LT] = {"lt", 2},         [EXPR_LE] = {"le", 2},
    [EXPR_EQ] = {"eq", 2},         [EXPR_NE] = {"ne", 2},
    [EXPR_SELECT] = {"select", 3}, [EXPR_CHECK] = {"check", 2},
    [EXPR_MIN] = {"min", 2},       [EXPR_MAX] = {"max", 2},
    [EXPR_LEAST] = {"least", 2},   [EXPR_MOST] = {"most", 2},
    [EXPR_FLOOR] = {"floor", 1},   [EXPR_CEIL] = {"ceil", 1},
    [EXPR_TRUNC] = {"trunc", 1},   [EXPR_RINT] = {"rint", 1},
    [EXPR_INT] = {"int", 1},       [EXPR_SQRT] = {"sqrt", 1},
    [EXPR_EXP] = {"exp", 1},       [EXPR_EXP2] = {"exp2", 1},
    [EXPR_LOG] = {"log", 1},       [EXPR_LOG2] = {"log2", 1},
    [EXPR_LOG10] = {"log10", 1},   [EXPR_SIN] = {"sin", 1},
    [EXPR_COS] = {"cos", 1},       [EXPR_TAN] = {"tan", 1},
    [EXPR_ASIN] = {"asin", 1},     [EXPR_ACOS] = {"acos", 1},
    [EXPR_ATAN] = {"atan", 1},     [EXPR_ATAN2] = {"atan2", 2},
    [EXPR_SINH] = {"sinh", 1},     [EXPR_COSH] = {"cosh", 1},
    [EXPR_TANH] = {"tanh", 1},
};

const char *expr_op_name(ExprOp op)
{
    return OPS[op].name;
}

int expr_op_operands(ExprOp op)
{
    return OPS[op].operands;
}
