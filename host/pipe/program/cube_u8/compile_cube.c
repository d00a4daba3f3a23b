#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "pipe/program/kinds.h"
#include "pipe/program_floats/cube_fold.h"

enum { SAMPLES = LUT3D_U8_SAMPLES, NUMBERS = 4, WEIGHT_BITS = 14, PLACE_BITS = 16 };

static const double MOST = SAMPLES - 1;
/* How far a result may be off before it is rounded, in samples. A plan for which whole
 * numbers are coarser is left to the other kinds. */
static const double TOLERANCE = 1.0 / 4;
/* How far a place may be off, in cells: what an even one lies below, and the cut. */
static const double OFF_PLACE = 0x1p-16 + 0x1p-14;

typedef struct Making {
    const Program *program;
    const Cube *cube;
    CubeU8 *made;
    double values[3][SAMPLES]; /* that the lattice sees, in units */
    Values range;              /* of these, in samples */
    Folding fold;
} Making;

static bool is_even(const Making *m)
{
    const Plan *plan = m->program->plan;
    const Lut3d *table = &m->cube->table;
    for (int c = 0; c < 3; c++)
        if (plan->tone[c] || m->cube->pieces || table->lo[c] != 0 ||
            table->scale[c] != table->size - 1)
            return false;
    return true;
}

/* What the tones in front and the shaper make of each sample. */
static void take_values(Making *m, int c)
{
    const double *tone = m->program->plan->tone[c];
    double *v = m->values[c];
    for (int s = 0; s < SAMPLES; s++)
        v[s] = tone ? tone[s] : s / MOST;
    if (m->cube->pieces)
        m->program->kernels->planes.curve(v, SAMPLES, &m->cube->shaper[c]);
    m->range.lo[c] = m->range.hi[c] = v[0] * MOST;
    for (int s = 1; s < SAMPLES; s++) {
        m->range.lo[c] = fmin(m->range.lo[c], v[s] * MOST);
        m->range.hi[c] = fmax(m->range.hi[c], v[s] * MOST);
    }
}

/* The nearest places whose fractions are not cut. */
static void take_places(Making *m, int c)
{
    const Lut3d *table = &m->cube->table;
    const int cut = PLACE_BITS - WEIGHT_BITS;
    double last = table->size - 1;
    m->made->table.place[c] = m->made->place[c];
    if (m->made->table.even) {
        lut3d_u8_even(m->made->place[c], table->size);
        return;
    }
    for (int s = 0; s < SAMPLES; s++) {
        double at = (m->values[c][s] - table->lo[c]) * table->scale[c];
        at = fmin(fmax(at, 0), last);
        m->made->place[c][s] = (uint32_t)floor(ldexp(at, WEIGHT_BITS) + 0.5) << cut;
    }
}

/* The most that a channel of the result may be off. */
static double error_of(const Making *m, int channel, int bits)
{
    double error = ldexp(1, -bits - 1);
    for (int c = 0; c < 3; c++)
        error += float_values_edge(m->cube, &m->fold, channel, c) * MOST * OFF_PLACE;
    return error;
}

static bool fits(const Making *m, int bits)
{
    for (int c = 0; c < 3; c++) {
        Range range = float_values_points(m->cube, &m->fold, c);
        double lo = ldexp(range.lo * MOST + 0.5, bits);
        double hi = ldexp(range.hi * MOST + 0.5, bits);
        if (!(lo >= INT16_MIN + 1 && hi <= INT16_MAX - 1 &&
              error_of(m, c, bits) <= TOLERANCE))
            return false;
    }
    return true;
}

/* The finest points; 0: they are too coarse. */
static int find_bits(const Making *m)
{
    for (int bits = LUT3D_U8_MOST_BITS; bits >= LUT3D_U8_LEAST_BITS; bits--)
        if (fits(m, bits))
            return bits;
    return 0;
}

/* fits() has seen that all numbers are within those of 16 bits. */
static void fill_row(const Making *m, int green, int blue, int16_t *to)
{
    const double scale = 1 << m->made->table.bits, half = scale / 2;
    double row[3 * LUT3D_MOST_SIZE];
    cube_fold_row(m->cube, &m->fold, MOST, green, blue, row);
    for (int r = 0; r < m->cube->table.size; r++, to += NUMBERS) {
        for (int c = 0; c < 3; c++) {
            double value = row[3 * r + c] * scale + half;
            to[c] = (int16_t)(value < 0 ? value - 0.5 : value + 0.5);
        }
        to[3] = 0;
    }
}

static void fill(void *data, const void *context)
{
    const Making *m = context;
    size_t size = (size_t)m->cube->table.size, lattice = size * size * size;
    int16_t *points = data;
    for (size_t b = 0; b < size; b++)
        for (size_t g = 0; g < size; g++)
            fill_row(m, (int)g, (int)b, points + NUMBERS * size * (b * size + g));
    size_t behind = lut3d_u8_points((int)size) - lattice;
    memset(points + NUMBERS * lattice, 0, behind * NUMBERS * sizeof *points);
}

static bool take_points(Making *m, Err *err)
{
    CubeU8 *made = m->made;
    size_t count = lut3d_u8_points(m->cube->table.size);
    size_t bytes = count * NUMBERS * sizeof *made->table.points;
    CubePointsKey key = cube_fold_key(&m->fold, MOST, made->table.bits);
    made->points = cube_points_get(m->cube->shelf, &key, bytes, fill, m, err);
    if (!made->points)
        return false;
    made->table.points = made->points->data;
    made->bytes = bytes + sizeof made->place;
    return true;
}

/* The whole plan is tones, this cube, and what is folded into it. */
static bool take_plan(Making *m)
{
    const Plan *plan = m->program->plan;
    int at = 0;
    double mix;
    for (int c = 0; c < 3; c++)
        take_values(m, c);
    if (m->cube->pieces && plan->steps[0].mix != 1)
        return false;
    m->fold = cube_fold_take(plan, &at, &m->range, MOST, &mix);
    return mix == 1 && at == plan->n_steps &&
           !plan_step_has_tones(&plan->steps[at - 1]);
}

bool compile_cube(Program *program, Err *err)
{
    const Plan *plan = program->plan;
    if (plan->depth != 8 || plan->n_steps == 0 || !plan->steps[0].cube)
        return true;
    Making m = {.program = program, .cube = plan->steps[0].cube};
    int bits = take_plan(&m) ? find_bits(&m) : 0;
    if (!bits)
        return true;
    m.made = mem_new(1, sizeof *m.made);
    m.made->table =
        (Lut3dU8){.size = m.cube->table.size, .bits = bits, .even = is_even(&m)};
    for (int c = 0; c < 3; c++)
        take_places(&m, c);
    if (!take_points(&m, err)) {
        cube_u8_free(m.made);
        return false;
    }
    program->kind = PROGRAM_CUBE;
    program->cube = m.made;
    program->table_bytes = m.made->bytes;
    return true;
}

void cube_u8_free(CubeU8 *cube)
{
    if (cube)
        cube_points_unref(&cube->points);
    mem_free(cube);
}
