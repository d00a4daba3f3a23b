/* expr_code — an expression's nodes as instructions over blocks of values.
 *
 * Private to expr*.c. Each instruction works on whole registers of EXPR_BLOCK values.
 * Nodes of one side of a select are skipped if no value of the block takes that side,
 * so a piecewise curve costs as much as one of its pieces.
 * Threads: immutable after expr_code_new.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_EXPR_EXPR_CODE_H
#define LUTIST_PIPE_EXPR_EXPR_CODE_H

#include <stdbool.h>

#include "pipe/expr/expr_op.h"

enum { EXPR_BLOCK = 256, EXPR_MOST_REGISTERS = 512 };

/* Beside the operations: jump to `target` if no value of register a is true (false). */
enum { CODE_UNLESS_TRUE = EXPR_OPS, CODE_UNLESS_FALSE };

typedef struct ExprCode {
    uint16_t op;
    uint16_t r, a, b, c; /* registers: result and operands */
    uint16_t single;     /* bit k: operand k is one value for the whole block */
    uint16_t target;     /* of a jump: the next instruction */
    uint32_t table;      /* the place of its table */
} ExprCode;

typedef struct ExprProgram {
    ExprCode *code; /* owned */
    int count;
    int registers;     /* 0 is the input, then come the constants, single values */
    int first;         /* the first register after those */
    double *constants; /* owned; first - 1 of them */
    int result;        /* a register that is not single */
} ExprProgram;

/* False: it needs too many registers; nothing is owned then. */
bool expr_program_init(ExprProgram *program, const ExprNode *nodes, int count);
void expr_program_term(ExprProgram *program);

#endif
