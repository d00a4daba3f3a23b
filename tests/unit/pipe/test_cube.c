/* Cubes in plans: exact, without copies, and dropped where they change nothing. */
#include "cm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "pipe/program/compile.h"
#include "pipe/program/run.h"

enum { SIZE = 9 };

static Cube *cube_of(int size, void (*color)(double v[3]))
{
    double *v = cube_values_new(size, NULL), *at = v;
    for (int b = 0; b < size; b++)
        for (int g = 0; g < size; g++)
            for (int r = 0; r < size; r++, at += 3) {
                const double last = size - 1;
                at[0] = r / last;
                at[1] = g / last;
                at[2] = b / last;
                color(at);
            }
    return cube_take(v, size, (double[3]){0, 0, 0}, (double[3]){1, 1, 1});
}

static void same(double v[3])
{
    (void)v;
}
static void warm(double v[3])
{
    double luma = 0.3 * v[0] + 0.6 * v[1] + 0.1 * v[2];
    v[0] = v[0] * v[0] * 1.3 - 0.1 * luma;
    v[1] = sqrt(v[1]) - 0.2 * v[2];
    v[2] = luma > 0.5 ? 1.2 : v[2] * 0.5;
}

static void faded(double v[3])
{
    double luma = 0.3 * v[0] + 0.6 * v[1] + 0.1 * v[2];
    for (int c = 0; c < 3; c++)
        v[c] = 0.1 + 0.7 * v[c] * v[c] + 0.4 * luma;
}

static bool step_up(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)context, (void)err;
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] >= 0.55 ? 1 : 0;
    return true;
}
static bool lift(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)context, (void)err;
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] > 0 ? pow(x[i], 1 / 1.3) : 0;
    return true;
}
/* Steep at black, and steep in the middle. */
static bool root(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)context, (void)err;
    for (size_t i = 0; i < n; i++)
        y[i] = cbrt(x[i]);
    return true;
}
static bool contrast(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)context, (void)err;
    for (size_t i = 0; i < n; i++)
        y[i] = 0.5 + 0.6 * tanh(12 * (x[i] - 0.4));
    return true;
}
static const Curve step_curve = {step_up}, lift_curve = {lift}, root_curve = {root},
                   contrast_curve = {contrast};
static const Stage jump = {.kind = STAGE_TONE, {&step_curve, &step_curve, &step_curve}},
                   bend = {.kind = STAGE_TONE, {&lift_curve, &lift_curve, &lift_curve}},
                   steep_tones = {.kind = STAGE_TONE,
                                  {&root_curve, NULL, &contrast_curve}},
                   mixing = {.kind = STAGE_MATRIX,
                             .matrix = {{0.5, 0.25, 0.25, 0},
                                        {0.1, 0.8, 0.1, 0},
                                        {-0.2, 0.2, 1, 0.05}}};

static Stage cube_stage(const Cube *cube, double mix)
{
    return (Stage){.kind = STAGE_CUBE, .cube = cube, .mix = mix};
}

/* As the definition has it, with plain arithmetic: the axes sorted by their fractions.
 */
static void look_up(const Cube *cube, double mix, double v[3])
{
    size_t size = (size_t)cube->table.size, at = 0;
    size_t stride[3] = {3, 3 * size, 3 * size * size};
    double part[3], in[3] = {v[0], v[1], v[2]}, out[3];
    int order[3] = {0, 1, 2};
    for (int c = 0; c < 3; c++) {
        double place = fmin(fmax(v[c], 0), 1) * (double)(size - 1);
        size_t cell = place < (double)(size - 1) ? (size_t)place : size - 2;
        part[c] = place - (double)cell;
        at += cell * stride[c];
    }
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 2; k++)
            if (part[order[k]] < part[order[k + 1]]) {
                int swap = order[k];
                order[k] = order[k + 1];
                order[k + 1] = swap;
            }
    memcpy(out, cube->values + at, sizeof out);
    for (int k = 0; k < 3; k++) {
        size_t next = at + stride[order[k]];
        for (size_t c = 0; c < 3; c++)
            out[c] += part[order[k]] * (cube->values[next + c] - cube->values[at + c]);
        at = next;
    }
    for (int c = 0; c < 3; c++)
        v[c] = in[c] + mix * (out[c] - in[c]);
}

static void by_hand(const Stage *stages, int count, double v[3])
{
    for (int s = 0; s < count; s++) {
        const double in[3] = {v[0], v[1], v[2]};
        if (stages[s].kind == STAGE_CUBE)
            look_up(stages[s].cube, stages[s].mix, v);
        for (int c = 0; c < 3 && stages[s].kind == STAGE_MATRIX; c++) {
            const double *m = stages[s].matrix[c];
            v[c] = m[0] * in[0] + m[1] * in[1] + m[2] * in[2] + m[3];
        }
        for (int c = 0; c < 3 && stages[s].kind == STAGE_TONE; c++)
            if (stages[s].tone[c])
                stages[s].tone[c]->eval(NULL, &in[c], &v[c], 1, NULL);
    }
}

/* Pixels near each other and anywhere; the curves' values may be told apart by bits. */
static void check_chain(const Stage *stages, int count, int depth, CpuLevel level)
{
    enum { N = 4096 };
    double most = (1 << depth) - 1;
    static double planes[3][N], before[3][N];
    uint32_t seed = 3;
    for (int i = 0; i < N; i++)
        for (int c = 0; c < 3; c++) {
            seed = seed * 1664525u + 1013904223u;
            before[c][i] = planes[c][i] =
                floor(seed / 4294967296.0 * (most + 1)) / most;
        }
    Plan *plan = plan_new(stages, count, depth, NULL);
    double *const in[3] = {planes[0], planes[1], planes[2]};
    assert_non_null(plan);
    for (int c = 0; c < 3 && plan->tone[c]; c++)
        for (int i = 0; i < N; i++)
            planes[c][i] = plan->tone[c][(int)floor(before[c][i] * most + 0.5)];
    plan_eval(plan, kernels_at(level), in, N);
    for (int i = 0; i < N; i++) {
        double v[3] = {before[0][i], before[1][i], before[2][i]};
        by_hand(stages, count, v);
        for (int c = 0; c < 3; c++) {
            double want = floor(fmin(fmax(v[c], 0), 1) * most + 0.5);
            double got = floor(fmin(fmax(planes[c][i], 0), 1) * most + 0.5);
            if (fabs(want - got) > (depth == 8 ? 1 : 2))
                fail_msg("%d bits, level %d: %g instead of %g at %d", depth, level, got,
                         want, i);
        }
    }
    plan_unref(&plan);
}

static void chains_with_cubes_are_right(void **state)
{
    (void)state;
    Cube *cube = cube_of(SIZE, warm), *half = cube_of(2, warm);
    const Stage whole = cube_stage(cube, 1), part = cube_stage(cube, 0.5),
                beyond = cube_stage(half, -1.5);
    const Stage chains[][6] = {
        {whole},
        {part, jump},
        {bend, whole, bend},
        {mixing, bend, part, jump},
        {beyond, mixing, whole, bend, part, jump},
        {mixing, jump, beyond, bend},
    };
    const int counts[] = {1, 2, 3, 4, 6, 4};
    for (int i = 0; i < 6; i++)
        for (int depth = 8; depth <= 16; depth += 8)
            for (int level = CPU_SCALAR; level <= (int)cpu_best(); level++)
                check_chain(chains[i], counts[i], depth, (CpuLevel)level);
    cube_unref(&cube);
    cube_unref(&half);
}

static void cubes_that_change_nothing_are_dropped(void **state)
{
    (void)state;
    Cube *cube = cube_of(SIZE, warm), *identity = cube_of(SIZE, same);
    assert_true(identity->identity && !cube->identity);
    const Stage none = cube_stage(cube, 0), first = cube_stage(identity, 1),
                far = cube_stage(identity, 2);
    const struct {
        Stage stages[3];
        int steps;
    } cases[] = {
        {{bend, none, jump}, 0}, /* the tones join */
        {{first, bend, first}, 0}, {{far, bend, none}, 0},
        {{bend, first, bend}, 1}, /* it clamps what the first tone made */
        {{bend, bend, far}, 1},   /* 1.5 becomes 0.5 */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Plan *plan = plan_new(cases[i].stages, 3, 8, NULL);
        assert_int_equal(plan->n_steps, cases[i].steps);
        plan_unref(&plan);
    }
    cube_unref(&cube);
    cube_unref(&identity);
}

static void plans_share_a_cube(void **state)
{
    (void)state;
    Cube *cube = cube_of(SIZE, warm);
    const Stage stage = cube_stage(cube, 1);
    Plan *plan = plan_new(&stage, 1, 8, NULL), *again = plan_new(&stage, 1, 16, NULL);
    assert_ptr_equal(plan->steps[0].cube, cube);
    assert_ptr_equal(again->steps[0].cube, cube);
    assert_int_equal(atomic_load(&cube->refs), 3);
    plan_unref(&plan);
    cube_unref(&cube);
    assert_int_equal(atomic_load(&again->steps[0].cube->refs), 1);
    plan_unref(&again);
}

enum { PIXELS = 1000, MOST_SAMPLES = 4 * PIXELS };

/* Samples at any depth, as numbers. */
typedef struct Samples {
    uint16_t memory[MOST_SAMPLES];
} Samples;

static double sample_at(const Samples *samples, int i, int depth)
{
    const uint8_t *bytes = (const uint8_t *)samples->memory;
    return depth == 16 ? samples->memory[i] : bytes[i];
}

static void check_sample(double got, double value, int depth)
{
    double most = depth == 16 ? 65535 : 255;
    double want = floor(fmin(fmax(value, 0), 1) * most + 0.5);
    assert_true(fabs(got - want) <= (depth == 16 ? 2 : 1));
}

/* The program's samples are within the bounds of the definition. */
static void check_program(const Program *program, const Stage *stages, int count,
                          int channels)
{
    Samples from, to;
    int depth = program->depth;
    uint32_t seed = 9;
    for (int i = 0; i < MOST_SAMPLES; i++) {
        seed = seed * 1664525u + 1013904223u;
        from.memory[i] = (uint16_t)(seed >> 16);
    }
    size_t stride = (size_t)channels * PIXELS * (size_t)depth / 8;
    run_rows(program, (ImageInfo){PIXELS, 1, channels, depth},
             (const uint8_t *)from.memory, stride, (uint8_t *)to.memory, stride, 1);
    for (int i = 0; i < channels * PIXELS; i += channels) {
        double v[3];
        for (int c = 0; c < 3; c++)
            v[c] = sample_at(&from, i + c, depth) / (depth == 16 ? 65535 : 255);
        by_hand(stages, count, v);
        for (int c = 0; c < 3; c++)
            check_sample(sample_at(&to, i + c, depth), v[c], depth);
        if (channels == 4)
            assert_true(sample_at(&to, i + 3, depth) == sample_at(&from, i + 3, depth));
    }
}

/* Matrices behind a cube, and a mix inside of its domain, need no step. */
static void cubes_are_folded(void **state)
{
    (void)state;
    Cube *cube = cube_of(SIZE, faded), *half = cube_of(2, warm);
    const Stage whole = cube_stage(cube, 1), part = cube_stage(cube, 0.5),
                beyond = cube_stage(half, -1.5), gentle = cube_stage(half, 1);
    const struct {
        Stage stages[6];
        int count, steps;
    } cases[] = {
        {{whole}, 1, 1},
        {{bend, part}, 2, 1},
        {{beyond, mixing, mixing}, 3, 1},
        {{mixing, whole, mixing}, 3, 2},
        {{mixing, mixing, part}, 3, 2}, /* its mix cannot be folded */
        {{whole, part, mixing}, 3, 3},  /* nor can this one's, and so its matrix */
        {{bend, beyond, mixing, gentle, mixing}, 5, 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int depth = 8; depth <= 16; depth += 8)
            for (int channels = 3; channels <= 4; channels++) {
                Plan *plan = plan_new(cases[i].stages, cases[i].count, depth, NULL);
                Program *program = compile_plan(plan, channels, NULL);
                bool alone = cases[i].steps == 1 && depth == 8;
                assert_int_equal(program->kind, alone ? PROGRAM_CUBE : PROGRAM_FLOATS);
                if (!alone)
                    assert_int_equal(program->floats->chain.n_steps, cases[i].steps);
                check_program(program, cases[i].stages, cases[i].count, channels);
                program_unref(&program);
                plan_unref(&plan);
            }
    cube_unref(&cube);
    cube_unref(&half);
}

static void middle(double v[3])
{
    v[0] = v[1] = v[2] = 0.55;
}

/* At each CPU level, in single precision. */
static void check_curves(const Stage *stages, int count, int steps, int depth,
                         int channels)
{
    Plan *plan = plan_new(stages, count, depth, NULL);
    Program *program = compile_plan(plan, channels, NULL);
    assert_int_equal(program->kind, PROGRAM_FLOATS);
    assert_int_equal(program->floats->chain.n_steps, steps);
    for (int level = CPU_SCALAR; level <= (int)cpu_best(); level++) {
        program->kernels = kernels_at((CpuLevel)level);
        check_program(program, stages, count, channels);
    }
    program_unref(&program);
    plan_unref(&plan);
}

/* A jump decides by the exact value, also where every pixel lies on it. */
static void tones_behind_cubes_are_straight_pieces(void **state)
{
    (void)state;
    Cube *cube = cube_of(SIZE, faded), *half = cube_of(2, warm),
         *flat = cube_of(3, middle);
    const Stage whole = cube_stage(cube, 1), part = cube_stage(cube, 0.5),
                beyond = cube_stage(half, -1.5), even = cube_stage(flat, 1);
    const struct {
        Stage stages[6];
        int count, steps;
    } cases[] = {
        {{whole, bend}, 2, 1},
        {{bend, whole, bend}, 3, 1},
        {{whole, jump}, 2, 1},
        {{even, jump}, 2, 1},
        {{whole, steep_tones}, 2, 1},
        {{beyond, steep_tones}, 2, 1},
        {{bend, mixing, bend, whole, bend}, 5, 2},
        {{mixing, jump, whole, steep_tones}, 4, 2},
        {{whole, mixing, bend, part, bend}, 5, 2},
        {{mixing, bend, whole, bend, mixing, jump}, 6, 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int depth = 8; depth <= 16; depth += 8)
            for (int channels = 3; channels <= 4; channels++)
                check_curves(cases[i].stages, cases[i].count, cases[i].steps, depth,
                             channels);
    cube_unref(&cube);
    cube_unref(&half);
    cube_unref(&flat);
}

static void steep(double v[3])
{
    v[0] = v[0] > 0.5 ? 1e6 : -1e6;
}

/* Single precision is not exact enough for such a table. */
static void steep_cubes_stay_double(void **state)
{
    (void)state;
    Cube *cube = cube_of(SIZE, steep);
    const Stage stage = cube_stage(cube, 1);
    Plan *plan = plan_new(&stage, 1, 16, NULL);
    Program *program = compile_plan(plan, 3, NULL);
    assert_int_equal(program->kind, PROGRAM_PLANES);
    check_program(program, &stage, 1, 3);
    program_unref(&program);
    plan_unref(&plan);
    cube_unref(&cube);
}

/* The gray axis of `warm` is coloured; that of the identity is not. */
static void gray_stays_gray_where_the_cube_leaves_it(void **state)
{
    (void)state;
    Cube *cube = cube_of(SIZE, warm), *identity = cube_of(SIZE, same);
    const Stage stages[2][2] = {{bend, cube_stage(cube, 1)},
                                {cube_stage(identity, 1.5), bend}};
    for (int i = 0; i < 2; i++) {
        const Stage middle[3] = {mixing, stages[i][0], stages[i][1]};
        Plan *plan = plan_new(i ? stages[i] : middle, i ? 2 : 3, 8, NULL);
        Program *program = compile_plan(plan, 1, NULL);
        ImageInfo out = program_output(program, (ImageInfo){4, 4, 1, 8});
        assert_int_equal(out.channels, i ? 1 : 3);
        program_unref(&program);
        plan_unref(&plan);
    }
    cube_unref(&cube);
    cube_unref(&identity);
}

/* Ranges and slopes are bounds of what the table does. */
static void steps_know_the_range_of_a_cube(void **state)
{
    (void)state;
    Cube *cube = cube_of(SIZE, warm);
    const Stage stages[2] = {cube_stage(cube, 1), mixing};
    Plan *plan = plan_new(stages, 2, 8, NULL);
    uint32_t seed = 4;
    for (int i = 0; i < 20000; i++) {
        double v[3], w[3];
        for (int c = 0; c < 3; c++) {
            seed = seed * 1664525u + 1013904223u;
            v[c] = seed / 4294967296.0;
            w[c] = fmin(v[c] + (i % 3 == c ? 1e-3 : 0), 1);
        }
        int moved = i % 3;
        double by = w[moved] - v[moved];
        look_up(cube, 1, v);
        look_up(cube, 1, w);
        for (int c = 0; c < 3; c++) {
            assert_true(v[c] >= plan->steps[0].range[c].lo - 1e-12);
            assert_true(v[c] <= plan->steps[0].range[c].hi + 1e-12);
            assert_true(fabs(w[c] - v[c]) <= cube->slope[c][moved] * by + 1e-12);
        }
    }
    plan_unref(&plan);
    cube_unref(&cube);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chains_with_cubes_are_right),
        cmocka_unit_test(cubes_that_change_nothing_are_dropped),
        cmocka_unit_test(plans_share_a_cube),
        cmocka_unit_test(cubes_are_folded),
        cmocka_unit_test(tones_behind_cubes_are_straight_pieces),
        cmocka_unit_test(steep_cubes_stay_double),
        cmocka_unit_test(gray_stays_gray_where_the_cube_leaves_it),
        cmocka_unit_test(steps_know_the_range_of_a_cube),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
