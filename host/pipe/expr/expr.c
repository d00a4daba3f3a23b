#include "pipe/expr/expr.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "base/mem.h"
#include "pipe/expr/expr_code.h"
#include "pipe/expr/table_lookup.h"

struct Expr {
    /* immutable after new */
    ExprNode *nodes;
    int count;
    double *table; /* EXPR_TABLE's entries, or all tables of the other nodes; or NULL */
    size_t n_table;
    uint64_t hash;
    ExprProgram program;
    /* atomic */
    atomic_int refs;
};

static bool ascends(const double *entries, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (!(entries[i - 1] <= entries[i]))
            return false;
    return !isnan(entries[0]);
}

/* Is the node's table inside of the tables, and can it be searched? */
static bool has_table(const ExprNode *node, const double *tables, size_t n_tables)
{
    double room = (double)n_tables, at = node->value;
    if (!(at >= 0 && at < room) || at != floor(at))
        return false;
    const double *table = tables + (size_t)at;
    double n = *table, size = node->op == EXPR_INTERP ? 2 * n + 2 : n;
    return n >= 1 && n == floor(n) && at + size < room &&
           (node->op == EXPR_INDEX || ascends(table + 1, (size_t)n));
}

static bool is_well_formed(const ExprNode *nodes, int count, const double *tables,
                           size_t n_tables)
{
    if (count < 1 || count > EXPR_MOST_NODES)
        return false;
    for (int i = 0; i < count; i++) {
        if (nodes[i].op >= EXPR_OPS)
            return false;
        const uint16_t operand[3] = {nodes[i].a, nodes[i].b, nodes[i].c};
        for (int k = 0; k < expr_op_operands(nodes[i].op); k++)
            if (operand[k] >= i)
                return false;
        if (expr_op_has_table(nodes[i].op) && !has_table(&nodes[i], tables, n_tables))
            return false;
    }
    return true;
}

static uint64_t hash_of(uint64_t hash, const void *data, size_t bytes)
{
    const unsigned char *byte = data;
    for (size_t i = 0; i + 8 <= bytes; i += 8) {
        uint64_t word;
        memcpy(&word, byte + i, sizeof word);
        hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 29;
    }
    return hash;
}

static Expr *make(const ExprNode *nodes, int count)
{
    size_t bytes = (size_t)count * sizeof *nodes;
    Expr *expr = mem_new(1, sizeof *expr);
    atomic_init(&expr->refs, 1);
    expr->count = count;
    expr->nodes = mem_new((size_t)count, sizeof *nodes);
    memcpy(expr->nodes, nodes, bytes);
    expr->hash = hash_of(0, nodes, bytes);
    if (!expr_program_init(&expr->program, nodes, count))
        expr_unref(&expr);
    return expr;
}

static Expr *make_with(const ExprNode *nodes, int count, const double *values, size_t n,
                       Err *err)
{
    size_t bytes = n * sizeof *values;
    double *table = mem_alloc(bytes, err);
    if (!table)
        return NULL;
    memcpy(table, values, bytes);
    Expr *expr = make(nodes, count);
    if (!expr) {
        mem_free(table);
        return NULL;
    }
    expr->table = table;
    expr->n_table = n;
    expr->hash = hash_of(expr->hash, table, bytes);
    return expr;
}

Expr *expr_new_with(const ExprNode *nodes, int count, const double *tables,
                    size_t n_tables, Err *err)
{
    if (!is_well_formed(nodes, count, tables, n_tables))
        return NULL;
    for (int i = 0; i < count; i++)
        if (nodes[i].op == EXPR_TABLE)
            return NULL;
    return n_tables ? make_with(nodes, count, tables, n_tables, err)
                    : make(nodes, count);
}

Expr *expr_new(const ExprNode *nodes, int count)
{
    return expr_new_with(nodes, count, NULL, 0, NULL);
}

Expr *expr_with_table(const ExprNode *nodes, int count, const double *values, size_t n,
                      Err *err)
{
    REQUIRE(n >= 2);
    return is_well_formed(nodes, count, NULL, 0)
               ? make_with(nodes, count, values, n, err)
               : NULL;
}

Expr *expr_table(const double *values, size_t n, Err *err)
{
    const ExprNode nodes[] = {{.op = EXPR_X}, {.op = EXPR_TABLE}};
    REQUIRE(n >= 2);
    return make_with(nodes, 2, values, n, err);
}

Expr *expr_table_over(const double *values, size_t n, double lo, double hi, double mix,
                      Err *err)
{
    enum { X, LO, ABOVE, WIDTH, PLACE, MADE, CHANGE, MIX, PART, SUM, COUNT };
    const ExprNode nodes[COUNT] = {
        [X] = {.op = EXPR_X},
        [LO] = {.op = EXPR_CONST, .value = lo},
        [ABOVE] = {.op = ARITH_SUB, .a = X, .b = LO},
        [WIDTH] = {.op = EXPR_CONST, .value = hi - lo},
        [PLACE] = {.op = ARITH_DIV, .a = ABOVE, .b = WIDTH},
        [MADE] = {.op = EXPR_TABLE, .a = PLACE},
        [CHANGE] = {.op = ARITH_SUB, .a = MADE, .b = X},
        [MIX] = {.op = EXPR_CONST, .value = mix},
        [PART] = {.op = ARITH_MUL, .a = MIX, .b = CHANGE},
        [SUM] = {.op = ARITH_ADD, .a = X, .b = PART},
    };
    REQUIRE(n >= 2);
    return make_with(nodes, mix == 1 ? MADE + 1 : COUNT, values, n, err);
}

Expr *expr_ref(const Expr *expr)
{
    Expr *own = (Expr *)expr;
    atomic_fetch_add(&own->refs, 1);
    return own;
}

void expr_unref(Expr **expr)
{
    Expr *old = *expr;
    *expr = NULL;
    if (!old || atomic_fetch_sub(&old->refs, 1) > 1)
        return;
    expr_program_term(&old->program);
    mem_free(old->nodes);
    mem_free(old->table);
    mem_free(old);
}

bool expr_equal(const Expr *a, const Expr *b)
{
    if (a == b)
        return true;
    return a->hash == b->hash && a->count == b->count && a->n_table == b->n_table &&
           memcmp(a->nodes, b->nodes, (size_t)a->count * sizeof *a->nodes) == 0 &&
           (!a->table ||
            memcmp(a->table, b->table, a->n_table * sizeof *a->table) == 0);
}

static double look_up_one(const Expr *expr, const ExprCode *code, double x)
{
    if (code->op == EXPR_TABLE)
        return table_lookup(expr->table, expr->n_table, x);
    const double *table = expr->table + code->table;
    size_t n = (size_t)*table++;
    if (code->op == EXPR_INDEX)
        return table_index(table, n, x);
    if (code->op == EXPR_INTERP)
        return table_interp(table, n, x);
    return table_bisect(table, n, x, code->op == EXPR_BISECT_LEFT);
}

static void look_up(const Expr *expr, const ExprCode *code, const double *x, double *y,
                    size_t n)
{
    for (size_t i = 0; i < n; i++)
        y[i] = look_up_one(expr, code, x[i]);
}

static void fill(double *y, double value, size_t n)
{
    for (size_t i = 0; i < n; i++)
        y[i] = value;
}

/* Registers, and the kernels that work on them. */
typedef struct Machine {
    const Expr *expr;
    const ArithKernels *arith;
    double *registers[EXPR_MOST_REGISTERS];
} Machine;

static bool jumps(const Machine *machine, const ExprCode *code, size_t n)
{
    const double *condition = machine->registers[code->a];
    return code->op == CODE_UNLESS_TRUE ? !machine->arith->any_true(condition, n)
                                        : !machine->arith->any_false(condition, n);
}

static void run_code(const Machine *machine, const ExprCode *code, size_t n)
{
    double *const *at = machine->registers;
    if (code->op == EXPR_CONST)
        fill(at[code->r], *at[code->a], n);
    else if (code->op < ARITH_OPS)
        machine->arith->op[code->op](at[code->r], at[code->a], at[code->b], at[code->c],
                                     n, code->single);
    else
        look_up(machine->expr, code, at[code->a], at[code->r], n);
}

static void run_block(const Machine *machine, size_t n)
{
    const ExprProgram *program = &machine->expr->program;
    for (int at = 0; at < program->count; at++) {
        const ExprCode *code = &program->code[at];
        if (code->op < EXPR_OPS)
            run_code(machine, code, n);
        else if (jumps(machine, code, n))
            at = code->target - 1;
    }
}

/* Registers of `width` values, aligned for vectors; register 0 is set for each block.
 * The caller frees the memory. */
static double *prepare(Machine *machine, size_t width)
{
    enum { LINE = 64 / sizeof(double) };
    const ExprProgram *program = &machine->expr->program;
    size_t size = (size_t)(program->registers - program->first) * width;
    double *scratch = mem_grow(NULL, size + LINE, sizeof *scratch); /* not cleared */
    size_t past = (uintptr_t)scratch / sizeof *scratch % LINE;
    double *next = scratch + LINE - past;
    for (int i = 1; i < program->first; i++)
        machine->registers[i] = &program->constants[i - 1];
    for (int i = program->first; i < program->registers; i++, next += width)
        machine->registers[i] = next;
    return scratch;
}

bool expr_eval(const Expr *expr, const double *x, double *y, size_t n)
{
    Machine machine = {.expr = expr, .arith = &kernels_at(cpu_level())->arith};
    size_t width = n < EXPR_BLOCK ? n : EXPR_BLOCK;
    double *scratch = prepare(&machine, width);
    bool good = true;
    for (size_t i = 0; i < n; i += width) {
        size_t size = n - i < width ? n - i : width;
        machine.registers[0] = (double *)x + i;
        run_block(&machine, size);
        const double *result = machine.registers[expr->program.result];
        good = machine.arith->limit(y + i, result, size, EXPR_HUGE) && good;
    }
    mem_free(scratch);
    return good;
}

int expr_size(const Expr *expr)
{
    int size = 0;
    for (int i = 0; i < expr->count; i++)
        size += expr->nodes[i].op != EXPR_X && expr->nodes[i].op != EXPR_CONST;
    return size;
}

size_t expr_table_size(const Expr *expr)
{
    for (int i = 0; i < expr->count; i++)
        if (expr->nodes[i].op == EXPR_TABLE)
            return expr->n_table;
    return 0;
}

size_t expr_tables_size(const Expr *expr)
{
    return expr->n_table;
}

const double *expr_table_values(const Expr *expr)
{
    return expr->table;
}

const ExprNode *expr_nodes(const Expr *expr, int *count)
{
    *count = expr->count;
    return expr->nodes;
}
