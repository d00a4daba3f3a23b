#include "pipe/program/kinds.h"

/* The size of the plan's own tables. */
static size_t plan_bytes(const Plan *plan)
{
    size_t bytes = 0;
    for (int c = 0; c < 3; c++)
        if (plan->tone[c])
            bytes += (size_t)plan->levels * sizeof *plan->tone[c];
    for (int s = 0; s < plan->n_steps; s++) {
        const PlanStep *step = &plan->steps[s];
        bytes += step->cube ? step->cube->bytes : 0;
        for (int c = 0; c < 3; c++)
            bytes += (size_t)step->tone[c].n_pieces * sizeof(CurvePiece);
    }
    return bytes;
}

bool compile_planes(Program *program, Err *err)
{
    (void)err;
    program->kind = PROGRAM_PLANES;
    program->table_bytes = plan_bytes(program->plan);
    return true;
}
