#include "pipe/compile.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "pipe/rounding.h"

static uint16_t quantise(double value, int levels)
{
    double most = levels - 1;
    return (uint16_t)floor(fmin(fmax(value, 0.0), 1.0) * most + 0.5);
}

static void put(Program *program, int channel, int at, uint16_t value)
{
    if (program->depth == 8)
        ((uint8_t *)program->tables[channel])[at] = (uint8_t)value;
    else
        ((uint16_t *)program->tables[channel])[at] = value;
}

static uint16_t get(const Program *program, int channel, int at)
{
    if (program->depth == 8)
        return ((const uint8_t *)program->tables[channel])[at];
    return ((const uint16_t *)program->tables[channel])[at];
}

/* Without matrices each channel is its tone. */
static void fill_from_tones(Program *program)
{
    const Plan *plan = program->plan;
    size_t bytes = (size_t)plan->levels * (size_t)program->depth / 8;
    for (int c = 0; c < 3; c++)
        if (c > 0 && plan->tone[c] == plan->tone[c - 1])
            memcpy(program->tables[c], program->tables[c - 1], bytes);
        else if (program->depth == 8)
            rounding_bytes(plan->tone[c], plan->levels, program->tables[c]);
        else
            rounding_words(plan->tone[c], plan->levels, program->tables[c]);
}

/* Every entry goes through the plan with the same value in all channels: that is what
 * gray is. */
static void fill_tables(Program *program)
{
    int levels = program->plan->levels;
    for (int i = 0; i < levels; i++) {
        uint16_t in[3] = {(uint16_t)i, (uint16_t)i, (uint16_t)i};
        double out[3];
        plan_eval(program->plan, in, out);
        for (int c = 0; c < 3; c++)
            put(program, c, i, quantise(out[c], levels));
    }
}

static bool is_identity(const Program *program)
{
    for (int i = 0; i < program->plan->levels; i++)
        if (get(program, 0, i) != i)
            return false;
    return true;
}

/* Three tables, or fewer where they turn out equal. */
static bool make_tables(Program *program, Err *err)
{
    size_t bytes = (size_t)program->plan->levels * (size_t)program->depth / 8;
    uint8_t *data = mem_alloc(3 * bytes, err);
    if (!data)
        return false;
    for (int c = 0; c < 3; c++)
        program->tables[c] = data + (size_t)c * bytes;
    if (program->plan->n_steps == 0)
        fill_from_tones(program);
    else
        fill_tables(program);
    bool one = memcmp(data, data + bytes, bytes) == 0 &&
               memcmp(data, data + 2 * bytes, bytes) == 0;
    program->table_bytes = one ? bytes : 3 * bytes;
    program->kind = !one                   ? PROGRAM_TABLES
                    : is_identity(program) ? PROGRAM_IDENTITY
                                           : PROGRAM_TABLE;
    if (one)
        program->tables[1] = program->tables[2] = program->tables[0];
    return true;
}

Program *compile_plan(Plan *plan, int channels, Err *err)
{
    Program *program = mem_new(1, sizeof *program);
    atomic_init(&program->refs, 1);
    program->depth = plan->depth;
    program->gray = channels <= 2;
    program->plan = plan_ref(plan);
    program->kind = PROGRAM_FLOAT;
    kernels_fill(&program->kernels, cpu_level());
    bool tables = plan->n_steps == 0 || program->gray;
    if (tables && !make_tables(program, err))
        program_unref(&program);
    return program;
}

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
    mem_free(old);
}

ImageInfo program_output(const Program *program, ImageInfo in)
{
    ImageInfo out = in;
    if (program->kind == PROGRAM_TABLES && in.channels <= 2)
        out.channels = in.channels + 2;
    return out;
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
    case PROGRAM_FLOAT:
        break;
    }
    return "tones and matrices in double precision";
}
