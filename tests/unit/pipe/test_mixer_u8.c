/* The 8-bit mixer: which last tones become straight pieces, and their results. */
#include "cm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pipe/program/compile.h"
#include "pipe/program/run.h"

typedef double (*formula_fn)(double);

static double soft(double x)
{
    return x > 0 ? pow(1.4 * x, 1 / 1.3) : 0;
}

static double inverse(double x)
{
    return 1 - x;
}

static double root(double x)
{
    return x > 0 ? pow(x, 1 / 2.4) : 0;
}

static double posterize(double x)
{
    return floor(fmin(fmax(x, 0), 1) * 3 + 0.5) / 3;
}

static double steep(double x)
{
    return 1 / (1 + exp(-80 * (x - 0.4)));
}

static double same(double x)
{
    return x;
}

static const formula_fn formulas[] = {soft, inverse, root, posterize, steep, same};
enum { SOFT, INVERSE, ROOT, POSTERIZE, STEEP, SAME, FORMULAS };

static bool eval(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)err;
    formula_fn formula = formulas[(size_t)context];
    for (size_t i = 0; i < n; i++)
        y[i] = formula(x[i]);
    return true;
}

static const Curve curves[FORMULAS] = {{eval, (void *)0}, {eval, (void *)1},
                                       {eval, (void *)2}, {eval, (void *)3},
                                       {eval, (void *)4}, {eval, (void *)5}};

static const double saturate[3][4] = {{1.2362, -0.2146, -0.0217, 0},
                                      {-0.0638, 1.0854, -0.0217, 0.05},
                                      {-0.0638, -0.2146, 1.2783, -0.02}};
static const double apart[3][4] = {{0.1}, {0, 0.1, 0, 0.4}, {0, 0, 0.1, 0.8}};

typedef struct Look {
    const double (*matrix)[4];
    int tones[3]; /* the last ones */
    bool curve;   /* expected */
} Look;

static const Look looks[] = {
    {saturate, {SOFT, SOFT, SOFT}, true},
    {saturate, {INVERSE, INVERSE, INVERSE}, true},
    {saturate, {SAME, SAME, SAME}, true},
    {saturate, {SOFT, SOFT, INVERSE}, false}, /* one curve serves all channels */
    {saturate, {ROOT, ROOT, ROOT}, false},
    {saturate, {POSTERIZE, POSTERIZE, POSTERIZE}, false},
    {saturate, {STEEP, STEEP, STEEP}, false},
    {apart, {SOFT, SOFT, SOFT}, false},
};

static Program *compile_look(const Look *look)
{
    Stage stages[3] = {
        {.kind = STAGE_TONE}, {.kind = STAGE_MATRIX}, {.kind = STAGE_TONE}};
    for (int c = 0; c < 3; c++) {
        stages[0].tone[c] = &curves[SOFT];
        stages[2].tone[c] = &curves[look->tones[c]];
    }
    memcpy(stages[1].matrix, look->matrix, sizeof stages[1].matrix);
    Plan *plan = plan_new(stages, 3, 8, NULL);
    Program *program = compile_plan(plan, 3, NULL);
    plan_unref(&plan);
    return program;
}

/* In steps, not rounded. */
static double exact(const Look *look, const uint8_t *pixel, int c)
{
    const double *row = look->matrix[c];
    double sum = row[3];
    for (int k = 0; k < 3; k++)
        sum += row[k] * soft(pixel[k] / 255.0);
    return fmin(fmax(formulas[look->tones[c]](sum), 0), 1) * 255;
}

/* Grays, then colours of each channel with all others. */
static Image *colours(int channels)
{
    enum { WIDTH = 256, HEIGHT = 65 };
    Image *image = image_new((ImageInfo){WIDTH, HEIGHT, channels, 8}, NULL);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            uint8_t *to = image_row(image, y) + (ptrdiff_t)x * channels;
            to[0] = (uint8_t)(y ? (y - 1) % 8 * 36 : x);
            to[1] = (uint8_t)(y ? (y - 1) / 8 * 36 : x);
            to[2] = to[channels - 1] = (uint8_t)x;
        }
    return image;
}

static void expect_close(const Look *look, const Program *program, int channels)
{
    Image *src = colours(channels), *dst = image_new(src->info, NULL);
    Pool *pool = pool_new(2, NULL);
    assert_true(run_image(program, src, dst, pool, NULL));
    pool_free(pool);
    for (int y = 0; y < src->info.height; y++)
        for (int x = 0; x < src->info.width; x++) {
            const uint8_t *from = image_row(src, y) + (ptrdiff_t)x * channels;
            const uint8_t *to = image_row(dst, y) + (ptrdiff_t)x * channels;
            for (int c = 0; c < 3; c++)
                assert_true(abs(to[c] - (int)floor(exact(look, from, c) + 0.5)) <= 1);
            assert_true(channels == 3 || to[3] == from[3]);
        }
    image_unref(&src);
    image_unref(&dst);
}

static void smooth_tones_that_all_channels_share_become_pieces(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        Program *program = compile_look(&looks[i]);
        bool curve = program->kind == PROGRAM_MIXER && program->mixer->curve;
        if (curve != looks[i].curve)
            fail_msg("look %zu: %d", i, curve);
        expect_close(&looks[i], program, 3);
        expect_close(&looks[i], program, 4);
        program_unref(&program);
    }
}

static void pieces_equal_their_entries_at_every_sum(void **state)
{
    (void)state;
    Program *program = compile_look(&looks[0]);
    const MixerTables *tables = program->mixer;
    const MixerCurve *curve = tables->curve;
    for (int sum = 0; sum < 1 << 16; sum++) {
        unsigned x = sum > curve->zero ? (unsigned)sum - curve->zero : 0;
        int value = mixer_curve_value(curve, x) >> MIXER_FRACTION;
        assert_int_equal(tables->out[0][sum], value < 0     ? 0
                                              : value > 255 ? 255
                                                            : value);
    }
    assert_ptr_equal(tables->out[0], tables->out[2]);
    program_unref(&program);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(smooth_tones_that_all_channels_share_become_pieces),
        cmocka_unit_test(pieces_equal_their_entries_at_every_sum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
