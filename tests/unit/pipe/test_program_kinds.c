/* The kinds of programs: which plans become which, and what a bare matrix gives. */
#include "cm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "pipe/program/compile.h"
#include "pipe/program/run.h"

static const double saturate[3][4] = {{1.2362, -0.2146, -0.0217, 0},
                                      {-0.0638, 1.0854, -0.0217, 0.05},
                                      {-0.0638, -0.2146, 1.2783, -0.02}};
static const double turn[3][4] = {{0, 0, 1}, {1}, {0, 1}};
static const double enormous[3][4] = {{40, -39}, {0, 1}, {0, 0, 1}};

static bool eval_half(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)context, (void)err;
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] / 2;
    return true;
}

static const Curve half = {eval_half, NULL};

static Program *compile_matrix_of(const double rows[3][4], bool tone, int depth,
                                  int channels)
{
    Stage stages[2] = {{.kind = STAGE_MATRIX},
                       {.kind = STAGE_TONE, .tone = {&half, &half, &half}}};
    memcpy(stages[0].matrix, rows, sizeof stages[0].matrix);
    Plan *plan = plan_new(stages, tone ? 2 : 1, depth, NULL);
    Program *program = compile_plan(plan, channels, NULL);
    plan_unref(&plan);
    return program;
}

static void expect_kind(const double rows[3][4], bool tone, int depth, int channels,
                        ProgramKind kind)
{
    Program *program = compile_matrix_of(rows, tone, depth, channels);
    assert_int_equal(program->kind, kind);
    assert_true(program_describe(program)[0]);
    program_unref(&program);
}

static void a_bare_matrix_of_8_bits_has_its_own_kind(void **state)
{
    (void)state;
    expect_kind(saturate, false, 8, 3, PROGRAM_MATRIX);
    expect_kind(saturate, false, 8, 4, PROGRAM_MATRIX);
    expect_kind(saturate, false, 8, 1, PROGRAM_TABLES);
    expect_kind(saturate, true, 8, 3, PROGRAM_MIXER);
    Program *others[] = {compile_matrix_of(enormous, false, 8, 3),
                         compile_matrix_of(saturate, false, 16, 3)};
    for (int i = 0; i < 2; i++) {
        assert_int_not_equal(others[i]->kind, PROGRAM_MATRIX);
        program_unref(&others[i]);
    }
}

static Image *noise(int width, int height, int channels)
{
    Image *image = image_new((ImageInfo){width, height, channels, 8}, NULL);
    uint32_t seed = 1;
    for (int y = 0; y < height; y++)
        for (int i = 0; i < width * channels; i++) {
            seed = seed * 1664525 + 1013904223;
            image_row(image, y)[i] = (uint8_t)(seed >> 24);
        }
    return image;
}

static int rounded(const double row[4], const uint8_t *pixel)
{
    double sum = row[3];
    for (int k = 0; k < 3; k++)
        sum += row[k] * (pixel[k] / 255.0);
    return (int)floor(fmin(fmax(sum, 0), 1) * 255 + 0.5);
}

/* The most steps between the result and double precision; alpha must stay. */
static int worst_of(const Image *src, const Image *dst, const double rows[3][4])
{
    int worst = 0, channels = src->info.channels;
    for (int y = 0; y < src->info.height; y++)
        for (int x = 0; x < src->info.width; x++) {
            const uint8_t *from = image_row(src, y) + (ptrdiff_t)x * channels;
            const uint8_t *to = image_row(dst, y) + (ptrdiff_t)x * channels;
            for (int c = 0; c < 3; c++) {
                int off = abs(rounded(rows[c], from) - to[c]);
                worst = off > worst ? off : worst;
            }
            assert_true(channels == 3 || to[3] == from[3]);
        }
    return worst;
}

static int worst_for(const double rows[3][4], int width, int height, int channels)
{
    Program *program = compile_matrix_of(rows, false, 8, channels);
    assert_int_equal(program->kind, PROGRAM_MATRIX);
    Image *src = noise(width, height, channels);
    Image *dst = image_new(src->info, NULL);
    Pool *pool = pool_new(2, NULL);
    assert_true(run_image(program, src, dst, pool, NULL));
    int worst = worst_of(src, dst, rows);
    pool_free(pool);
    image_unref(&src);
    image_unref(&dst);
    program_unref(&program);
    return worst;
}

/* The larger picture is more than the caches hold. */
static void a_bare_matrix_is_within_a_step(void **state)
{
    (void)state;
    for (int channels = 3; channels <= 4; channels++) {
        assert_in_range(worst_for(saturate, 301, 77, channels), 0, 1);
        assert_in_range(worst_for(saturate, 2003, 1501, channels), 0, 1);
    }
}

static void a_permutation_is_exact(void **state)
{
    (void)state;
    for (int channels = 3; channels <= 4; channels++)
        assert_int_equal(worst_for(turn, 301, 77, channels), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bare_matrix_of_8_bits_has_its_own_kind),
        cmocka_unit_test(a_bare_matrix_is_within_a_step),
        cmocka_unit_test(a_permutation_is_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
