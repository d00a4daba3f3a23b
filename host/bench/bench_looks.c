#include "bench/bench_looks.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "bench/bench_cube.h"

enum { MOST_STAGES = 32 };

const BenchLook bench_looks_all[] = {
    {"lut1d", "u8x1", 1, 8, 1, 1},
    {"lut1d", "u8x3", 3, 8, 1, 1},
    {"lut1d", "u8x3", 3, 8, 3, 1},
    {"lut1d", "u8x4", 4, 8, 3, 1},
    {"lut1d", "u16x3", 3, 16, 1, 1},
    {"lut1d", "u16x3", 3, 16, 3, 1},
    {"lut1d", "u16x4", 4, 16, 3, 1},
    {"lut1d_noise", "u16x3", 3, 16, 3, 1, .noise = true},
    {"lut1d_chain20", "u8x3", 3, 8, 1, 20},
    {"matrix", "u8x3", 3, 8, 0, 0},
    {"matrix", "u8x4", 4, 8, 0, 0},
    {"matrix", "u16x3", 3, 16, 0, 0},
    {"tone_matrix_tone", "u8x3", 3, 8, 0, 1},
    {"tone_matrix_tone", "u8x4", 4, 8, 0, 1},
    {"tone_matrix_tone", "u16x3", 3, 16, 0, 1},
    {"tone_matrix_tone", "u16x4", 4, 16, 0, 1},
    {"matrix_jump", "u8x3", 3, 8, 0, 0, .jump = true},
    {"matrix_jump", "u16x3", 3, 16, 0, 0, .jump = true},
    {"lut3d", "u8x3", 3, 8, 0, 0, .cube = true},
    {"lut3d", "u8x4", 4, 8, 0, 0, .cube = true},
    {"lut3d", "u16x3", 3, 16, 0, 0, .cube = true},
    {"tone_lut3d", "u8x3", 3, 8, 0, 1, .cube = true},
    {"tone_lut3d", "u16x3", 3, 16, 0, 1, .cube = true},
    {"tone_lut3d_tone", "u8x3", 3, 8, 0, 1, .cube = true, .toned = true},
    {"tone_lut3d_tone", "u16x3", 3, 16, 0, 1, .cube = true, .toned = true},
    {"tone_matrix_lut3d", "u8x3", 3, 8, 0, 1, .cube = true, .mixed = true},
};
const int bench_looks_count = sizeof bench_looks_all / sizeof *bench_looks_all;

/* Exposure +0.5 EV and gamma 1.3, a little different in each channel. */
static double formula(int channel, double x)
{
    double gain = exp2(0.5 + 0.1 * channel);
    return x > 0 ? pow(x * gain, 1 / 1.3) : 0;
}

/* For chains: after twenty of them the picture is still visible. */
static double gentle(double x)
{
    return x + 0.02 * x * (1 - x);
}

/* Four levels: a sample on the wrong side of a step is off by a third of the range. */
static double posterize(double x)
{
    return floor(fmin(fmax(x, 0), 1) * 3 + 0.5) / 3;
}

static const double saturate[3][4] = {{1.2362, -0.2146, -0.0217, 0},
                                      {-0.0638, 1.0854, -0.0217, 0},
                                      {-0.0638, -0.2146, 1.2783, 0}};

static bool eval_formula(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)err;
    int channel = (int)(intptr_t)context;
    for (size_t i = 0; i < n; i++)
        y[i] = formula(channel, x[i]);
    return true;
}

static bool eval_gentle(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)context;
    (void)err;
    for (size_t i = 0; i < n; i++)
        y[i] = gentle(x[i]);
    return true;
}

static bool eval_posterize(void *context, const double *x, double *y, size_t n,
                           Err *err)
{
    (void)context;
    (void)err;
    for (size_t i = 0; i < n; i++)
        y[i] = posterize(x[i]);
    return true;
}

static const Curve formulas[3] = {
    {eval_formula, (void *)0}, {eval_formula, (void *)1}, {eval_formula, (void *)2}};
static const Curve gentle_curve = {eval_gentle, NULL};
static const Curve posterize_curve = {eval_posterize, NULL};

static Stage tone_stage(const BenchLook *one)
{
    Stage stage = {.kind = STAGE_TONE};
    for (int c = 0; c < 3; c++)
        stage.tone[c] =
            one->chain > 1 ? &gentle_curve : &formulas[one->tables == 3 ? c : 0];
    return stage;
}

static bool has_matrix(const BenchLook *one)
{
    return one->tables == 0 && (!one->cube || one->mixed);
}

static int add_tones(const BenchLook *one, Stage *stages)
{
    for (int i = 0; i < one->chain; i++)
        stages[i] = tone_stage(one);
    return one->chain;
}

/* The stages, then a cube, which the plan holds, and the tones after it. */
static Plan *plan_with_cube(const BenchLook *one, Stage *stages, int count, Err *err)
{
    Cube *cube = bench_cube_new(err);
    if (!cube)
        return NULL;
    stages[count++] = (Stage){.kind = STAGE_CUBE, .cube = cube, .mix = 1};
    if (one->toned)
        count += add_tones(one, &stages[count]);
    Plan *plan = plan_new(stages, count, one->depth, err);
    cube_unref(&cube);
    return plan;
}

Plan *bench_looks_plan(const BenchLook *one, Err *err)
{
    Stage stages[MOST_STAGES];
    int count = add_tones(one, stages);
    if (has_matrix(one)) {
        stages[count] = (Stage){.kind = STAGE_MATRIX};
        memcpy(stages[count++].matrix, saturate, sizeof saturate);
    }
    if (one->cube)
        return plan_with_cube(one, stages, count, err);
    if (has_matrix(one))
        count += add_tones(one, &stages[count]);
    if (one->jump)
        stages[count++] =
            (Stage){STAGE_TONE, {&posterize_curve, &posterize_curve, &posterize_curve}};
    return plan_new(stages, count, one->depth, err);
}

static void reference_tones(const BenchLook *one, double v[3])
{
    for (int i = 0; i < one->chain; i++)
        for (int c = 0; c < 3; c++)
            v[c] =
                one->chain > 1 ? gentle(v[c]) : formula(one->tables == 3 ? c : 0, v[c]);
}

static void reference_matrix(double v[3])
{
    const double x[3] = {v[0], v[1], v[2]};
    for (int r = 0; r < 3; r++)
        v[r] = saturate[r][0] * x[0] + saturate[r][1] * x[1] + saturate[r][2] * x[2];
}

void bench_looks_reference(const BenchLook *one, const double in[3], double out[3])
{
    double v[3] = {in[0], in[1], in[2]};
    reference_tones(one, v);
    if (has_matrix(one))
        reference_matrix(v);
    if (one->cube)
        bench_cube_reference(v, out);
    else
        memcpy(out, v, sizeof v);
    if (one->cube ? one->toned : has_matrix(one))
        reference_tones(one, out);
    for (int c = 0; one->jump && c < 3; c++)
        out[c] = posterize(out[c]);
}
