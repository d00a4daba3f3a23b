#include "pipe/program/program.h"

#include "base/mem.h"

Program *program_ref(Program *program)
{
    atomic_fetch_add(&program->refs, 1);
    return program;
}

void program_unref(Program **program)
{
    Program *old = *program;
    *program = NULL;
    if (!old || atomic_fetch_sub(&old->refs, 1) > 1)
        return;
    plan_unref(&old->plan);
    mem_free(old->tables[0]);
    mem_free(old->matrix);
    mem_free(old->mixer);
    cube_u8_free(old->cube);
    float_steps_free(old->floats);
    mem_free(old);
}

ImageInfo program_output(const Program *program, ImageInfo in)
{
    ImageInfo out = in;
    if (program->kind == PROGRAM_TABLES && in.channels <= 2)
        out.channels = in.channels + 2;
    return out;
}

static bool has_cube(const Plan *plan)
{
    for (int s = 0; s < plan->n_steps; s++)
        if (plan->steps[s].cube)
            return true;
    return false;
}

const char *program_describe(const Program *program)
{
    switch (program->kind) {
    case PROGRAM_IDENTITY:
        return "identity";
    case PROGRAM_TABLE:
        return "one table for all channels";
    case PROGRAM_TABLES:
        return program->gray ? "a table a channel, gray becomes RGB"
                             : "a table a channel";
    case PROGRAM_MATRIX:
        return "a matrix in whole numbers";
    case PROGRAM_MIXER:
        return "tone, matrix and tone in tables";
    case PROGRAM_CUBE:
        return "a 3D table in whole numbers";
    case PROGRAM_FLOATS:
        return has_cube(program->plan) ? "tones, matrices and cubes in single precision"
                                       : "tones and matrices in single precision";
    case PROGRAM_NONE:
    case PROGRAM_PLANES:
        break;
    }
    return has_cube(program->plan) ? "tones, matrices and cubes in double precision"
                                   : "tones and matrices in double precision";
}
