#include "pipe/program/compile.h"

#include "base/mem.h"
#include "pipe/program/kinds.h"

/* The first kind that the plan is of. */
static bool choose(Program *program, Err *err)
{
    static const compile_fn kinds[] = {compile_tables, compile_matrix, compile_mixer,
                                       compile_cube,   compile_floats, compile_planes};
    for (int i = 0; program->kind == PROGRAM_NONE; i++)
        if (!kinds[i](program, err))
            return false;
    return true;
}

Program *compile_plan(Plan *plan, int channels, Err *err)
{
    Program *program = mem_new(1, sizeof *program);
    atomic_init(&program->refs, 1);
    program->kind = PROGRAM_NONE;
    program->depth = plan->depth;
    program->gray = channels <= 2;
    program->plan = plan_ref(plan);
    program->kernels = kernels_at(cpu_level());
    if (!choose(program, err))
        program_unref(&program);
    return program;
}
