#include <string.h>

#include "base/mem.h"
#include "pipe/program/kinds.h"
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

bool compile_tables(Program *program, Err *err)
{
    if (program->plan->n_steps > 0 && !program->gray)
        return true;
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
