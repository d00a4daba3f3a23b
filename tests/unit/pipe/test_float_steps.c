/* Random looks of tones and matrices at 16 bits against plain double precision.
 *
 * LUTIST_SEED and LUTIST_CASES choose the first look and how many there are. */
#include "cm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pipe/program/compile.h"
#include "pipe/program/run.h"

enum { MOST_STAGES = 9, MOST_CURVES = 3 * MOST_STAGES, WIDTH = 83, HEIGHT = 61 };

/* A function of the kinds that looks are made of. */
typedef struct Formula {
    int kind;
    double a, b; /* from 0 to 1 */
} Formula;

typedef struct Look {
    Stage stages[MOST_STAGES];
    int count;
    Formula formulas[MOST_CURVES];
    Curve curves[MOST_CURVES];
    int n_curves;
} Look;

static double limit(double x)
{
    return fmin(fmax(x, 0), 1);
}

enum { FORMULAS = 11 };

static double formula_at(const Formula *f, double x)
{
    switch (f->kind) {
    case 0: /* exposure */
        return x * exp2(4 * f->a - 2);
    case 1: /* gamma */
        return x > 0 ? pow(x, 1 / (0.1 + 1.9 * f->a)) : 0;
    case 2:
        return 1 - x;
    case 3: /* an offset */
        return x + 0.4 * f->a - 0.2;
    case 4: /* an S */
        return limit(x) * limit(x) * (3 - 2 * limit(x));
    case 5: /* steps */
        return floor(limit(x) * (2 + floor(6 * f->a)) + 0.5) / (2 + floor(6 * f->a));
    case 6: /* a threshold */
        return x >= f->a ? 1 : 0;
    case 7: /* hard contrast */
        return 1 / (1 + exp(fmin(fmax((f->a - x) * pow(10, 6 * f->b), -200), 200)));
    case 8: /* levels */
        return (x - f->a / 2) / pow(10, -4 * f->b);
    case 9: /* sRGB, decoded */
        return x <= 0.04045 ? x / 12.92 : pow((x + 0.055) / 1.055, 2.4);
    default: /* sRGB, encoded */
        return x <= 0.0031308 ? x * 12.92 : 1.055 * pow(x, 1 / 2.4) - 0.055;
    }
}

static bool eval(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)err;
    for (size_t i = 0; i < n; i++)
        y[i] = formula_at(context, x[i]);
    return true;
}

static double unit(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) / 16777215.0;
}

static const Curve *random_curve(Look *look, uint32_t *state)
{
    int i = look->n_curves++;
    look->formulas[i] =
        (Formula){(int)(unit(state) * (FORMULAS - 0.001)), unit(state), unit(state)};
    look->curves[i] = (Curve){eval, &look->formulas[i]};
    return &look->curves[i];
}

static void add_tone(Look *look, uint32_t *state)
{
    Stage *stage = &look->stages[look->count++];
    *stage = (Stage){.kind = STAGE_TONE};
    bool same = unit(state) < 0.6;
    for (int c = 0; c < 3; c++)
        if (c > 0 && same)
            stage->tone[c] = stage->tone[0];
        else if (unit(state) < 0.85)
            stage->tone[c] = random_curve(look, state);
}

/* A saturation, a permutation, or anything; half of them with an offset. */
static void add_matrix(Look *look, uint32_t *state)
{
    Stage *stage = &look->stages[look->count++];
    *stage = (Stage){.kind = STAGE_MATRIX};
    double kind = unit(state), amount = 2 * unit(state), shift = unit(state) < 0.5;
    for (int r = 0; r < 3; r++) {
        for (int c = 0; c < 3; c++)
            stage->matrix[r][c] = kind < 0.4   ? (1 - amount) / 3 + amount * (r == c)
                                  : kind < 0.5 ? (r + 1) % 3 == c
                                               : unit(state) * 1.8 - 0.6;
        stage->matrix[r][3] = shift * (unit(state) * 0.2 - 0.1);
    }
}

static void look_make(Look *look, uint32_t *state)
{
    *look = (Look){0};
    int matrices = 1 + (int)(unit(state) * 2.5);
    if (unit(state) < 0.6)
        add_tone(look, state);
    for (int i = 0; i < matrices; i++) {
        add_matrix(look, state);
        if (unit(state) < 0.7)
            add_tone(look, state);
    }
}

/* Bright, dark and gray colours, and areas of black or white. */
static uint16_t sample(int x, int y, uint16_t before, uint32_t *state)
{
    static const double most[] = {65535, 1500, 12};
    double value = unit(state) * most[y % 3] + 0.5;
    if (x > 70)
        return y % 2 ? 65535 : 0;
    return x > 40 ? before : (uint16_t)value;
}

static Image *picture(int channels, uint32_t *state)
{
    Image *image = image_new((ImageInfo){WIDTH, HEIGHT, channels, 16}, NULL);
    for (int y = 0; y < HEIGHT; y++) {
        uint16_t *row = (uint16_t *)(void *)image_row(image, y);
        for (int x = 0; x < WIDTH; x++)
            for (int c = 0; c < channels; c++, row++)
                *row = sample(c ? x : 0, y, c ? row[-1] : 0, state);
    }
    return image;
}

static void expected(const Look *look, const uint16_t *pixel, double v[3])
{
    for (int c = 0; c < 3; c++)
        v[c] = pixel[c] / 65535.0;
    for (int s = 0; s < look->count; s++) {
        const Stage *stage = &look->stages[s];
        const double(*m)[4] = stage->matrix;
        double r = v[0], g = v[1], b = v[2];
        for (int c = 0; c < 3; c++)
            if (stage->kind == STAGE_MATRIX)
                v[c] = m[c][0] * r + m[c][1] * g + m[c][2] * b + m[c][3];
            else if (stage->tone[c])
                v[c] = formula_at(stage->tone[c]->context, v[c]);
    }
}

/* The largest difference, in steps. */
static int worst_error(const Look *look, const Image *src, const Image *dst)
{
    int worst = 0, channels = src->info.channels;
    for (int y = 0; y < HEIGHT; y++) {
        const uint16_t *s = (const uint16_t *)(const void *)image_row(src, y);
        const uint16_t *d = (const uint16_t *)(const void *)image_row(dst, y);
        for (int x = 0; x < WIDTH; x++, s += channels, d += channels) {
            double v[3];
            expected(look, s, v);
            for (int c = 0; c < 3; c++) {
                int off = abs((int)floor(limit(v[c]) * 65535 + 0.5) - d[c]);
                worst = off > worst ? off : worst;
            }
            assert_true(channels == 3 || d[3] == s[3]);
        }
    }
    return worst;
}

static uint64_t digest(const Image *image)
{
    uint64_t hash = 1469598103934665603u;
    for (int y = 0; y < image->info.height; y++)
        for (size_t i = 0; i < image_row_bytes(image->info); i++)
            hash = (hash ^ image_row(image, y)[i]) * 1099511628211u;
    return hash;
}

/* The same bits with 1, 2, 3 and 7 threads. */
static void map_with_threads(const Program *program, const Image *src, Image *dst,
                             unsigned seed)
{
    static const int threads[] = {1, 2, 3, 7};
    uint64_t first = 0;
    for (int i = 0; i < 4; i++) {
        Pool *pool = pool_new(threads[i], NULL);
        run_image(program, src, dst, pool, NULL);
        pool_free(pool);
        first = i ? first : digest(dst);
        if (digest(dst) != first)
            fail_msg("seed %u: %d threads give other bits", seed, threads[i]);
    }
}

static void check_program(const Program *program, const Look *look, int channels,
                          unsigned seed, uint32_t *state)
{
    Image *src = picture(channels, state), *dst = image_new(src->info, NULL);
    map_with_threads(program, src, dst, seed);
    int worst = worst_error(look, src, dst);
    if (worst > 2)
        fail_msg("seed %u, %d channels: off by %d steps", seed, channels, worst);
    image_unref(&src);
    image_unref(&dst);
}

/* One look on RGB and on RGBA, in single precision or the planes. False: the planes,
 * or no matrix. */
static bool check_look(const Look *look, unsigned seed, uint32_t *state)
{
    Err err = {0};
    Plan *plan = plan_new(look->stages, look->count, 16, &err);
    if (!plan)
        fail_msg("seed %u: %s", seed, err.text);
    bool floats = false;
    for (int channels = 3; channels <= 4 && plan && plan->n_steps > 0; channels++) {
        Program *program = compile_plan(plan, channels, NULL);
        floats = program->kind == PROGRAM_FLOATS;
        assert_true(floats || program->kind == PROGRAM_PLANES);
        check_program(program, look, channels, seed, state);
        program_unref(&program);
    }
    plan_unref(&plan);
    return floats;
}

static unsigned number(const char *name, unsigned otherwise)
{
    const char *text = getenv(name);
    return text ? (unsigned)strtoul(text, NULL, 10) : otherwise;
}

static bool check_seed(unsigned seed)
{
    uint32_t random = seed * 2654435761u;
    Look look;
    look_make(&look, &random);
    return check_look(&look, seed, &random);
}

static void random_looks_agree_with_double_precision(void **state)
{
    (void)state;
    unsigned first = number("LUTIST_SEED", 1), cases = number("LUTIST_CASES", 24);
    unsigned floats = 0;
    for (unsigned seed = first; seed < first + cases; seed++)
        floats += check_seed(seed);
    print_message("seeds %u to %u: %u looks in single precision\n", first,
                  first + cases - 1, floats);
    assert_true(floats * 2 > cases);
}

/* Looks whose curves between matrices are too steep for single precision. */
static void steep_looks_agree_with_double_precision(void **state)
{
    (void)state;
    static const unsigned seeds[] = {256, 1176, 1269, 1356, 1454, 1498};
    for (int i = 0; i < 6; i++)
        assert_false(check_seed(seeds[i]));
}

static Program *program_of(const Stage *stages, int count)
{
    Plan *plan = plan_new(stages, count, 16, NULL);
    Program *program = compile_plan(plan, 3, NULL);
    plan_unref(&plan);
    return program;
}

/* A permutation, and a row of whole numbers, are exact. */
static void whole_matrices_are_exact(void **state)
{
    (void)state;
    const Stage stage = {.kind = STAGE_MATRIX,
                         .matrix = {{0, 0, 1, 0}, {1, 0, 0, 0}, {-1, 1, 1, 0}}};
    Program *program = program_of(&stage, 1);
    assert_int_equal(program->kind, PROGRAM_FLOATS);
    for (int v = 0; v < 65536; v++) {
        uint16_t from[3] = {(uint16_t)v, (uint16_t)(v * 7), (uint16_t)(65535 - v)},
                 to[3];
        int sum = from[1] + from[2] - v;
        run_rows(program, (ImageInfo){1, 1, 3, 16}, (uint8_t *)from, sizeof from,
                 (uint8_t *)to, sizeof to, 1);
        assert_int_equal(to[0], from[2]);
        assert_int_equal(to[1], from[0]);
        assert_int_equal(to[2], sum < 0 ? 0 : sum > 65535 ? 65535 : sum);
    }
    program_unref(&program);
}

/* Numbers too large for single precision. */
static void unfit_looks_are_left_to_the_planes(void **state)
{
    (void)state;
    static const double factors[] = {1e5, 1e12, 1e200};
    for (int i = 0; i < 3; i++) {
        Stage stage = {.kind = STAGE_MATRIX,
                       .matrix = {{factors[i], 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0.1}}};
        Program *program = program_of(&stage, 1);
        assert_int_equal(program->kind, PROGRAM_PLANES);
        program_unref(&program);
    }
}

/* A smooth first tone is pieces, one with jumps a table: a jump within a piece is off.
 */
static void first_tones_are_pieces_where_they_are_exact(void **state)
{
    (void)state;
    static const Formula gamma = {1, 0.4, 0}, steps = {5, 0.5, 0};
    const Formula *formulas[] = {&gamma, &steps};
    for (int i = 0; i < 2; i++) {
        const Curve curve = {eval, (void *)(uintptr_t)formulas[i]};
        const Stage stages[] = {{STAGE_TONE, {&curve, &curve, &curve}},
                                {.kind = STAGE_MATRIX,
                                 .matrix = {{1.2, -0.2, 0}, {0, 1, 0}, {0, 0.1, 0.9}}}};
        Program *program = program_of(stages, 2);
        assert_int_equal(program->kind, PROGRAM_FLOATS);
        const Lut3dF32 *chain = &program->floats->chain;
        for (int c = 0; c < 3; c++) {
            assert_true((chain->input[c].piece != NULL) == (i == 0));
            assert_true((chain->tone[c] != NULL) == (i == 1));
        }
        program_unref(&program);
    }
}

/* Two matrices with a tone between them, at 8 bits. */
static void chains_of_8_bits_are_within_a_step(void **state)
{
    (void)state;
    static const Formula gamma = {1, 0.6, 0};
    const Curve curve = {eval, (void *)(uintptr_t)&gamma};
    Look look = {.count = 3,
                 .stages = {{.kind = STAGE_MATRIX,
                             .matrix = {{1.2, -0.2, 0}, {0.1, 0.9, 0}, {0, 0.1, 0.9}}},
                            {STAGE_TONE, {&curve, &curve, &curve}},
                            {.kind = STAGE_MATRIX,
                             .matrix = {{0.7, 0.2, 0.1}, {0, 1.1, 0}, {-0.1, 0, 1}}}}};
    Plan *plan = plan_new(look.stages, look.count, 8, NULL);
    Program *program = compile_plan(plan, 3, NULL);
    assert_int_equal(program->kind, PROGRAM_FLOATS);
    uint32_t random = 77;
    for (int i = 0; i < 5000; i++) {
        uint8_t from[3], to[3];
        uint16_t wide[3];
        double v[3];
        for (int c = 0; c < 3; c++) {
            from[c] = (uint8_t)(unit(&random) * 255.9);
            wide[c] = (uint16_t)(from[c] * 257);
        }
        run_rows(program, (ImageInfo){1, 1, 3, 8}, from, 3, to, 3, 1);
        expected(&look, wide, v);
        for (int c = 0; c < 3; c++)
            assert_true(fabs(to[c] - limit(v[c]) * 255) <= 1);
    }
    program_unref(&program);
    plan_unref(&plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_tones_are_pieces_where_they_are_exact),
        cmocka_unit_test(chains_of_8_bits_are_within_a_step),
        cmocka_unit_test(random_looks_agree_with_double_precision),
        cmocka_unit_test(steep_looks_agree_with_double_precision),
        cmocka_unit_test(whole_matrices_are_exact),
        cmocka_unit_test(unfit_looks_are_left_to_the_planes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
