#include "pipe/expr/expr_code.h"

#include <string.h>

#include "base/mem.h"

enum { NOWHERE = -1, WHOLE = 0 };

/* Nodes that are evaluated together: the whole, or one side of a select. */
typedef struct Region {
    int parent; /* NOWHERE for the whole */
    int depth;
} Region;

typedef struct Coder {
    const ExprNode *nodes;
    int count;
    Region *regions;
    int n_regions;
    int *region;  /* the region of each node; NOWHERE: unused */
    int *sides;   /* of each select: its first of two regions */
    bool *filled; /* a constant that must fill a register */
    ExprProgram *program;
    int *last; /* the last instruction that uses a node */
} Coder;

static int common(const Coder *coder, int one, int other)
{
    const Region *regions = coder->regions;
    while (one != other)
        if (regions[one].depth > regions[other].depth)
            one = regions[one].parent;
        else
            other = regions[other].parent;
    return one;
}

static int new_region(Coder *coder, int parent)
{
    Region region = {parent, parent == NOWHERE ? 0 : coder->regions[parent].depth + 1};
    coder->regions =
        mem_more(coder->regions, (size_t)coder->n_regions, 1, sizeof region);
    coder->regions[coder->n_regions] = region;
    return coder->n_regions++;
}

static void need(Coder *coder, int node, int where)
{
    int *region = &coder->region[node];
    *region = *region == NOWHERE ? where : common(coder, *region, where);
}

/* A node belongs to the innermost region that contains all its users. Users stand after
 * their operands, so going backwards each node's users are known. */
static void find_regions(Coder *coder)
{
    for (int i = 0; i < coder->count; i++)
        coder->region[i] = NOWHERE;
    need(coder, coder->count - 1, new_region(coder, NOWHERE));
    for (int i = coder->count - 1; i >= 0; i--) {
        const ExprNode *node = &coder->nodes[i];
        int here = coder->region[i], operands = expr_op_operands(node->op);
        if (here == NOWHERE)
            continue;
        bool lazy = node->op == ARITH_SELECT;
        if (lazy)
            coder->sides[i] = new_region(coder, here);
        if (lazy)
            new_region(coder, here);
        if (operands > 0)
            need(coder, node->a, here);
        if (operands > 1)
            need(coder, node->b, lazy ? coder->sides[i] : here);
        if (operands > 2)
            need(coder, node->c, lazy ? coder->sides[i] + 1 : here);
    }
}

/* Operands of an instruction are node numbers until registers are allocated. */
static int emit(Coder *coder, uint16_t op, int node, int a, int b, int c)
{
    ExprProgram *program = coder->program;
    program->code =
        mem_more(program->code, (size_t)program->count, 1, sizeof *program->code);
    program->code[program->count] = (ExprCode){
        .op = op,
        .r = (uint16_t)node,
        .a = (uint16_t)a,
        .b = (uint16_t)b,
        .c = (uint16_t)c,
    };
    return program->count++;
}

static bool is_constant(const Coder *coder, int node)
{
    return coder->nodes[node].op == EXPR_CONST;
}

/* Find the constants that a block's loop needs as full registers. */
static void find_filled(Coder *coder)
{
    if (is_constant(coder, coder->count - 1))
        coder->filled[coder->count - 1] = true;
    for (int i = 0; i < coder->count; i++) {
        const ExprNode *node = &coder->nodes[i];
        int operands = expr_op_operands(node->op);
        bool both = operands == 2 && is_constant(coder, node->b);
        if ((operands == 1 || operands == 3 || both) && is_constant(coder, node->a))
            coder->filled[node->a] = true;
    }
}

static bool is_single(const Coder *coder, int node)
{
    return is_constant(coder, node) && !coder->filled[node];
}

static bool is_loaded(const Coder *coder, int node)
{
    return coder->nodes[node].op == EXPR_X || is_single(coder, node);
}

static unsigned single_bits(const Coder *coder, const ExprNode *node)
{
    const uint16_t operand[3] = {node->a, node->b, node->c};
    unsigned bits = 0;
    for (int k = 0; k < 3 && k < expr_op_operands(node->op); k++)
        bits |= (unsigned)is_single(coder, operand[k]) << k;
    return bits;
}

static void emit_region(Coder *coder, int region);

static void emit_side(Coder *coder, uint16_t jump, int condition, int region)
{
    int at = emit(coder, jump, condition, condition, condition, condition);
    emit_region(coder, region);
    if (coder->program->count == at + 1)
        coder->program->count = at;
    else
        coder->program->code[at].target = (uint16_t)coder->program->count;
}

static void emit_region(Coder *coder, int region)
{
    for (int i = 0; i < coder->count; i++) {
        const ExprNode *node = &coder->nodes[i];
        if (coder->region[i] != region || is_loaded(coder, i))
            continue;
        if (node->op == ARITH_SELECT) {
            emit_side(coder, CODE_UNLESS_TRUE, node->a, coder->sides[i]);
            emit_side(coder, CODE_UNLESS_FALSE, node->a, coder->sides[i] + 1);
        }
        int at = emit(coder, node->op, i, node->a, node->b, node->c);
        coder->program->code[at].single = (uint16_t)single_bits(coder, node);
        if (expr_op_has_table(node->op))
            coder->program->code[at].table = (uint32_t)node->value;
    }
}

static int code_operands(const ExprCode *code)
{
    return code->op >= EXPR_OPS ? 1 : expr_op_operands(code->op);
}

static void find_last_uses(Coder *coder)
{
    for (int at = 0; at < coder->program->count; at++) {
        const ExprCode *code = &coder->program->code[at];
        const uint16_t operand[3] = {code->a, code->b, code->c};
        for (int k = 0; k < 3 && k < code_operands(code); k++)
            coder->last[operand[k]] = at;
    }
    coder->last[coder->count - 1] = coder->program->count;
}

/* The input and the constants keep their registers throughout; a constant that must
 * fill a register has a single value and a register. */
static void load_registers(Coder *coder, int *place)
{
    ExprProgram *program = coder->program;
    for (int i = 0; i < coder->count; i++) {
        if (!is_constant(coder, i) || coder->region[i] == NOWHERE)
            continue;
        size_t n = (size_t)program->first - 1;
        program->constants = mem_more(program->constants, n, 1, sizeof(double));
        program->constants[n] = coder->nodes[i].value;
        place[i] = program->first++;
    }
    program->registers = program->first;
}

typedef struct FreeList {
    int *free;
    int count;
} FreeList;

static int take_register(FreeList *list, ExprProgram *program)
{
    return list->count ? list->free[--list->count] : program->registers++;
}

static void release(const Coder *coder, FreeList *list, const ExprCode *code, int at,
                    const int *place)
{
    const uint16_t operand[3] = {code->a, code->b, code->c};
    for (int k = 0; k < code_operands(code); k++) {
        bool again = false;
        for (int j = 0; j < k; j++)
            again = again || operand[j] == operand[k];
        if (!again && coder->last[operand[k]] == at && !is_loaded(coder, operand[k]))
            list->free[list->count++] = place[operand[k]];
    }
}

/* In the order of the code: jumps only go forward, so a value lives from one
 * instruction to a later one. A result never shares a register with its operands. */
static void allocate(Coder *coder)
{
    ExprProgram *program = coder->program;
    int *place = mem_new((size_t)coder->count, sizeof *place);
    FreeList list = {mem_new((size_t)coder->count, sizeof *list.free), 0};
    program->first = 1;
    load_registers(coder, place);
    for (int at = 0; at < program->count; at++) {
        ExprCode *code = &program->code[at], old = *code;
        int constant = place[old.r];
        if (code->op < EXPR_OPS)
            place[old.r] = take_register(&list, program);
        release(coder, &list, &old, at, place);
        code->r = (uint16_t)place[old.r];
        code->a = (uint16_t)(old.op == EXPR_CONST ? constant : place[old.a]);
        code->b = (uint16_t)place[old.b];
        code->c = (uint16_t)place[old.c];
    }
    program->result = place[coder->count - 1];
    mem_free(list.free);
    mem_free(place);
}

bool expr_program_init(ExprProgram *program, const ExprNode *nodes, int count)
{
    size_t n = (size_t)count;
    Coder coder = {.nodes = nodes, .count = count, .program = program};
    coder.region = mem_new(n, sizeof *coder.region);
    coder.sides = mem_new(n, sizeof *coder.sides);
    coder.last = mem_new(n, sizeof *coder.last);
    coder.filled = mem_new(n, sizeof *coder.filled);
    *program = (ExprProgram){0};
    find_regions(&coder);
    find_filled(&coder);
    emit_region(&coder, WHOLE);
    find_last_uses(&coder);
    allocate(&coder);
    mem_free(coder.filled);
    mem_free(coder.last);
    mem_free(coder.sides);
    mem_free(coder.region);
    mem_free(coder.regions);
    if (program->registers <= EXPR_MOST_REGISTERS)
        return true;
    expr_program_term(program);
    return false;
}

void expr_program_term(ExprProgram *program)
{
    mem_free(program->code);
    mem_free(program->constants);
    *program = (ExprProgram){0};
}
