#include "pipe/program/compile.h"

#include <string.h>

#include "base/mem.h"
#include "pipe/program/mixer_tables.h"
#include "pipe/program/rounding.h"

enum { BLOCK = 256 };

static size_t sample_bytes(const Program *program)
{
    return (size_t)program->depth / 8;
}

/* Values [begin, begin + n) of all channels, after the first tone. */
static void first_tone(const Plan *plan, int begin, int n, double *const planes[3])
{
    for (int c = 0; c < 3; c++)
        for (int i = 0; i < n; i++) {
            const double *tone = plan->tone[c];
            planes[c][i] = tone ? tone[begin + i] : (begin + i) / (plan->levels - 1.0);
        }
}

/* The number of tables: one if all channels are the same. */
static int table_count(const Plan *plan)
{
    bool one = plan->n_steps == 0 && plan->tone[1] == plan->tone[0] &&
               plan->tone[2] == plan->tone[0];
    return one ? 1 : 3;
}

/* Without matrices each channel is its tone. */
static void fill_from_tones(Program *program, int count)
{
    const Plan *plan = program->plan;
    for (int c = 0; c < count; c++)
        if (program->depth == 8)
            rounding_bytes(plan->tone[c], plan->levels, program->tables[c]);
        else
            rounding_words(plan->tone[c], plan->levels, program->tables[c]);
}

/* Entry i is the plan's result for i in all channels, because a gray pixel has three
 * equal samples. */
static void fill_tables(Program *program)
{
    const Kernels *k = program->kernels;
    size_t bytes = sample_bytes(program);
    double red[BLOCK], green[BLOCK], blue[BLOCK];
    double *const planes[3] = {red, green, blue};
    for (int begin = 0; begin < program->plan->levels; begin += BLOCK) {
        uint8_t pixels[sizeof(uint16_t) * 3 * BLOCK];
        first_tone(program->plan, begin, BLOCK, planes);
        plan_eval(program->plan, k, planes, BLOCK);
        k->planes.store[program->depth == 16](pixels, (const double *const *)planes,
                                              BLOCK, 3, NULL);
        for (size_t i = 0; i < (size_t)BLOCK * 3; i++)
            memcpy((uint8_t *)program->tables[i % 3] + ((size_t)begin + i / 3) * bytes,
                   pixels + i * bytes, bytes);
    }
}

static bool is_identity(const Program *program)
{
    const uint8_t *bytes = program->tables[0];
    const uint16_t *words = program->tables[0];
    for (int i = 0; i < program->plan->levels; i++)
        if ((program->depth == 8 ? bytes[i] : words[i]) != i)
            return false;
    return true;
}

/* Are the three tables equal? Then they count as one. */
static bool are_equal(const Program *program, size_t bytes)
{
    return memcmp(program->tables[0], program->tables[1], bytes) == 0 &&
           memcmp(program->tables[0], program->tables[2], bytes) == 0;
}

static bool make_tables(Program *program, Err *err)
{
    size_t bytes = (size_t)program->plan->levels * sample_bytes(program);
    int count = table_count(program->plan);
    uint8_t *data = mem_alloc((size_t)count * bytes, err);
    if (!data)
        return false;
    for (int c = 0; c < 3; c++)
        program->tables[c] = data + (size_t)(c % count) * bytes;
    if (program->plan->n_steps == 0)
        fill_from_tones(program, count);
    else
        fill_tables(program);
    bool one = count == 1 || are_equal(program, bytes);
    program->table_bytes = one ? bytes : 3 * bytes;
    program->kind = !one                   ? PROGRAM_TABLES
                    : is_identity(program) ? PROGRAM_IDENTITY
                                           : PROGRAM_TABLE;
    if (one)
        program->tables[1] = program->tables[2] = program->tables[0];
    return true;
}

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

static bool make_matrix(Program *program, Err *err)
{
    if (!mixer_tables_new(program->plan, program->kernels, &program->mixer,
                          &program->table_bytes, err))
        return false;
    program->kind = program->mixer ? PROGRAM_MIXER : PROGRAM_PLANES;
    if (!program->mixer)
        program->table_bytes = plan_bytes(program->plan);
    return true;
}

Program *compile_plan(Plan *plan, int channels, Err *err)
{
    Program *program = mem_new(1, sizeof *program);
    atomic_init(&program->refs, 1);
    program->depth = plan->depth;
    program->gray = channels <= 2;
    program->plan = plan_ref(plan);
    program->kernels = kernels_at(cpu_level());
    bool tables = plan->n_steps == 0 || program->gray;
    if (!(tables ? make_tables(program, err) : make_matrix(program, err)))
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
    mem_free(old->mixer);
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
    case PROGRAM_MIXER:
        return "tone, matrix and tone in tables";
    case PROGRAM_PLANES:
        break;
    }
    return has_cube(program->plan) ? "tones, matrices and cubes in double precision"
                                   : "tones and matrices in double precision";
}
