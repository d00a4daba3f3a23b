/* A plan of one matrix without tones, at 8 bits, as the weights of its kernel. A matrix
 * too large for them is left to the other kinds; so is one that keeps gray where their
 * rounding would not. */
#include "base/mem.h"
#include "pipe/plan/step_matrices.h"
#include "pipe/program/kinds.h"

static bool is_bare_matrix(const Plan *plan)
{
    if (plan->n_steps != 1 || plan->steps[0].cube)
        return false;
    for (int c = 0; c < 3; c++)
        if (plan->tone[c] || plan->steps[0].tone[c].table.pieces)
            return false;
    return true;
}

/* Does gray stay gray, or need not? Where the sums of rows are 1 it always does. */
static bool suits_grays(const Program *program, const MatrixU8 *weights)
{
    enum { GRAYS = 256 };
    uint8_t in[3 * GRAYS], out[3 * GRAYS];
    if (!step_matrices_keeps_gray((const double(*)[4])program->plan->steps[0].matrix))
        return true;
    for (size_t i = 0; i < sizeof in; i++)
        in[i] = (uint8_t)(i / 3);
    program->kernels->matrix_u8.pixels[0](out, in, GRAYS, weights);
    for (size_t i = 0; i < sizeof out; i++)
        if (out[i] != out[i / 3 * 3])
            return false;
    return true;
}

bool compile_matrix(Program *program, Err *err)
{
    const Plan *plan = program->plan;
    MatrixU8 weights;
    (void)err;
    if (plan->depth != 8 || !is_bare_matrix(plan) ||
        !matrix_u8_weights(plan->steps[0].matrix, &weights) ||
        !suits_grays(program, &weights))
        return true;
    program->kind = PROGRAM_MATRIX;
    program->matrix = mem_new(1, sizeof weights);
    *program->matrix = weights;
    program->table_bytes = sizeof weights;
    return true;
}
