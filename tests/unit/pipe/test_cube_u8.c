/* A cube at 8 bits in whole numbers: which plans become one, and what it gives. */
#include "cm.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "pipe/program/compile.h"
#include "pipe/program/run.h"

enum { SIZE = 17, PIXELS = 5003 };

typedef struct Scene {
    Stage stages[4];
    int count;
} Scene;

/* Entries from -0.2 * gain to 1.2 * gain, over a domain. */
static Cube *cube_over(double lo, double hi, double gain)
{
    double *v = cube_values_new(SIZE, NULL), *at = v;
    for (int b = 0; b < SIZE; b++)
        for (int g = 0; g < SIZE; g++)
            for (int r = 0; r < SIZE; r++, at += 3) {
                double x = r / 16.0, y = g / 16.0, z = b / 16.0;
                at[0] = gain * (1.4 * x * x - 0.2 * y * z);
                at[1] = gain * (1.2 * sqrt(y) - 0.1 * x);
                at[2] = gain * (1 - z * (0.5 + 0.5 * x));
            }
    return cube_take(v, SIZE, (double[3]){lo, lo, lo}, (double[3]){hi, hi, hi});
}

static bool lift(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)context, (void)err;
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] > 0 ? 1.3 * pow(x[i], 1 / 1.3) : 0;
    return true;
}

static const Curve lift_curve = {lift, NULL};
static const Stage bend = {.kind = STAGE_TONE, {&lift_curve, NULL, &lift_curve}},
                   mixing = {.kind = STAGE_MATRIX,
                             .matrix = {{0.5, 0.25, 0.25, 0},
                                        {0.1, 0.8, 0.1, 0},
                                        {-0.2, 0.2, 1, 0.05}}};

static Stage cube_stage(const Cube *cube, double mix)
{
    return (Stage){.kind = STAGE_CUBE, .cube = cube, .mix = mix};
}

static Program *program_of(const Stage *stages, int count, int depth)
{
    Plan *plan = plan_new(stages, count, depth, NULL);
    Program *program = compile_plan(plan, 3, NULL);
    plan_unref(&plan);
    return program;
}

static ProgramKind kind_of(const Stage *stages, int count, int depth)
{
    Program *program = program_of(stages, count, depth);
    ProgramKind kind = program->kind;
    program_unref(&program);
    return kind;
}

/* Stage by stage in double precision. */
static void in_double(const Scene *scene, const uint8_t *s, double v[3])
{
    for (int c = 0; c < 3; c++)
        v[c] = s[c] / 255.0;
    for (int i = 0; i < scene->count; i++) {
        const Stage *stage = &scene->stages[i];
        double x[3] = {v[0], v[1], v[2]};
        for (int c = 0; c < 3; c++) {
            if (stage->kind == STAGE_TONE && stage->tone[c])
                lift(NULL, &x[c], &v[c], 1, NULL);
            if (stage->kind == STAGE_MATRIX)
                v[c] = stage->matrix[c][0] * x[0] + stage->matrix[c][1] * x[1] +
                       stage->matrix[c][2] * x[2] + stage->matrix[c][3];
        }
        if (stage->kind == STAGE_CUBE)
            cube_eval(stage->cube, stage->mix, kernels_at(CPU_SCALAR),
                      (double *const[3]){&v[0], &v[1], &v[2]}, 1);
    }
}

/* A result may be a quarter of a step off before it is rounded. */
static void check_pixels(const Program *program, const Scene *scene, int channels)
{
    static uint8_t from[PIXELS * 4], to[PIXELS * 4];
    size_t bytes = PIXELS * (size_t)channels;
    uint32_t seed = 7;
    for (size_t i = 0; i < bytes; i++) {
        seed = seed * 1664525 + 1013904223;
        from[i] = (uint8_t)(i < 48 ? (i & 1) * 255 : seed >> 24);
    }
    run_rows(program, (ImageInfo){PIXELS, 1, channels, 8}, from, bytes, to, bytes, 1);
    for (int i = 0; i < PIXELS; i++) {
        const uint8_t *s = from + i * channels, *d = to + i * channels;
        double v[3];
        in_double(scene, s, v);
        for (int c = 0; c < 3; c++) {
            double want = fmin(fmax(v[c], 0), 1) * 255;
            if (fabs(d[c] - want) > 0.75)
                fail_msg("%d %d %d: %d, not %g", s[0], s[1], s[2], d[c], want);
        }
        assert_true(channels == 3 || d[3] == s[3]);
    }
}

static void check_scene(const Scene *scene)
{
    Program *program = program_of(scene->stages, scene->count, 8);
    assert_int_equal(program->kind, PROGRAM_CUBE);
    for (int level = CPU_SCALAR; level <= (int)cpu_best(); level++) {
        program->kernels = kernels_at((CpuLevel)level);
        check_pixels(program, scene, 3);
        check_pixels(program, scene, 4);
    }
    program_unref(&program);
}

static void one_cube_behind_tones_is_whole_numbers(void **state)
{
    (void)state;
    static const double rows[] = {0.1, 0, 0, 0.3, 0.5, 0.2, 0.6, 0.6, 0.9, 1.2, 1, 1};
    Cube *cube = cube_over(0, 1, 1), *wide = cube_over(-0.25, 1.5, 1);
    Cube *shaped =
        cube_shaped(cube, rows, 4, (double[3]){0}, (double[3]){3, 3, 3}, NULL);
    const Scene scenes[] = {
        {{cube_stage(cube, 1)}, 1},
        {{bend, cube_stage(cube, 1)}, 2},
        {{cube_stage(wide, 1)}, 1},
        {{bend, cube_stage(wide, 0.5), mixing}, 3},
        {{cube_stage(cube, -0.7), mixing, mixing}, 3},
        {{cube_stage(shaped, 1)}, 1},
        {{bend, cube_stage(shaped, 1), mixing}, 3},
    };
    for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++)
        check_scene(&scenes[i]);
    cube_unref(&cube);
    cube_unref(&wide);
    cube_unref(&shaped);
}

/* The range of the values decides how fine the points are. */
static void wide_values_have_coarser_points(void **state)
{
    (void)state;
    static const struct {
        double gain;
        int bits;
    } cases[] = {{0.7, 7}, {1.1, 6}, {2.5, 5}, {3, 4}, {6, 3}, {12, 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Cube *cube = cube_over(0, 1, cases[i].gain);
        const Scene scene = {{cube_stage(cube, 1)}, 1};
        Program *program = program_of(scene.stages, 1, 8);
        if (program->kind != PROGRAM_CUBE || program->cube->table.bits != cases[i].bits)
            fail_msg("gain %g: %s", cases[i].gain, program_describe(program));
        program_unref(&program);
        check_scene(&scene);
        cube_unref(&cube);
    }
}

/* Another tone in front needs no other points; another mix does. Both depths stay, and
 * what the cube lets go stays with its program. */
static void points_are_kept_with_the_cube(void **state)
{
    (void)state;
    Cube *cube = cube_over(0, 1, 1);
    const Stage stages[] = {bend, cube_stage(cube, 1)}, part = cube_stage(cube, 0.5);
    Program *first = program_of(stages + 1, 1, 8), *toned = program_of(stages, 2, 8);
    Program *deep = program_of(stages + 1, 1, 16), *again = program_of(stages, 2, 16);
    const CubePoints *points = first->cube->points, *floats = deep->floats->points[0];
    assert_ptr_equal(toned->cube->points, points);
    assert_ptr_equal(again->floats->points[0], floats);
    Program *mixed = program_of(&part, 1, 8), *back = program_of(stages, 2, 8);
    assert_ptr_not_equal(mixed->cube->points, points);
    assert_ptr_not_equal(back->cube->points, points);
    assert_int_equal(points->refs, 2); /* of `first` and `toned` */
    assert_int_equal(floats->refs, 2);
    assert_int_equal(back->cube->points->refs, 2);
    Program *all[] = {first, toned, deep, again, mixed, back};
    cube_unref(&cube);
    for (int i = 0; i < 6; i++)
        program_unref(&all[i]);
}

/* Threads that make and drop programs of one cube. */
static void *make_programs(void *context)
{
    const Cube *cube = context;
    for (int i = 0; i < 60; i++) {
        const Stage stage = cube_stage(cube, i % 7 / 7.0);
        Program *program = program_of(&stage, 1, i % 2 ? 8 : 16);
        program_unref(&program);
    }
    return NULL;
}

static void threads_share_what_is_kept(void **state)
{
    (void)state;
    Cube *cube = cube_over(0, 1, 1);
    pthread_t threads[3];
    for (int i = 0; i < 3; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, make_programs, cube), 0);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    const Scene scene = {{cube_stage(cube, 1)}, 1};
    check_scene(&scene);
    cube_unref(&cube);
}

static void others_are_left_to_single_precision(void **state)
{
    (void)state;
    Cube *cube = cube_over(0, 1, 1), *far = cube_over(0, 1, 200);
    const Stage whole = cube_stage(cube, 1), part = cube_stage(cube, 0.5),
                huge = cube_stage(far, 1);
    assert_int_equal(kind_of(&whole, 1, 16), PROGRAM_FLOATS);
    assert_int_equal(kind_of(&huge, 1, 8), PROGRAM_FLOATS);
    const Scene scenes[] = {{{whole, bend}, 2},
                            {{whole, part}, 2},
                            {{mixing, whole}, 2},
                            {{bend, part}, 2}}; /* its values leave the domain */
    for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++)
        assert_int_equal(kind_of(scenes[i].stages, scenes[i].count, 8), PROGRAM_FLOATS);
    cube_unref(&cube);
    cube_unref(&far);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_cube_behind_tones_is_whole_numbers),
        cmocka_unit_test(wide_values_have_coarser_points),
        cmocka_unit_test(points_are_kept_with_the_cube),
        cmocka_unit_test(threads_share_what_is_kept),
        cmocka_unit_test(others_are_left_to_single_precision),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
