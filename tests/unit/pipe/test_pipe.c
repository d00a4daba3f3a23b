/* From stages to pixels: plans, programs and runs against plain double precision. */
#include "cm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "pipe/convert/convert_image_depth.h"
#include "pipe/expr/table_lookup.h"
#include "pipe/program/compile.h"
#include "pipe/program/run.h"

typedef double (*formula_fn)(double x);

static double brighten(double x)
{
    return x * exp2(0.5);
}
static double lift(double x)
{
    return x > 0 ? pow(x, 1 / 1.3) : 0;
}
static double square(double x)
{
    return x * x;
}
static double step_up(double x)
{
    return x >= 0.5 ? 1 : 0;
}
static double posterize(double x)
{
    return floor(fmin(fmax(x, 0), 1) * 3 + 0.5) / 3;
}
static double beyond(double x)
{
    return x > 1 ? x * 1e3 : x < 1e-3 ? -5 : 0.5;
}
static double eighths(double x)
{
    return floor(fmin(fmax(x, 0), 1) * 8 + 0.5) / 8;
}
static double steep(double x)
{
    return x > 0 ? pow(x, 0.05) : 0;
}

static atomic_int evaluations;

static bool eval(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)err;
    formula_fn formula = *(formula_fn *)context;
    atomic_fetch_add(&evaluations, 1);
    for (size_t i = 0; i < n; i++)
        y[i] = formula(x[i]);
    return true;
}

static bool refuse(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)context, (void)x, (void)y, (void)n;
    return err_set(err, ERR_SCRIPT, "no such value");
}

static formula_fn formulas[] = {brighten,  lift,   square, step_up,
                                posterize, beyond, steep,  eighths};
static const Curve brighten_curve = {eval, &formulas[0]},
                   lift_curve = {eval, &formulas[1]},
                   square_curve = {eval, &formulas[2]},
                   step_curve = {eval, &formulas[3]},
                   posterize_curve = {eval, &formulas[4]},
                   beyond_curve = {eval, &formulas[5]},
                   steep_curve = {eval, &formulas[6]},
                   eighths_curve = {eval, &formulas[7]}, bad_curve = {refuse, NULL};

static Stage tone(const Curve *red, const Curve *green, const Curve *blue)
{
    return (Stage){.kind = STAGE_TONE, .tone = {red, green, blue}};
}

static const Stage half_red = {
    .kind = STAGE_MATRIX,
    .matrix = {{0.5, 0.25, 0.25, 0}, {0.1, 0.8, 0.1, 0}, {-0.2, 0.2, 1, 0.05}},
};

static Image *noise(int width, int height, int channels, int depth)
{
    Image *image = image_new((ImageInfo){width, height, channels, depth}, NULL);
    uint32_t state = 99;
    for (size_t i = 0; i < image->stride * (size_t)height; i++) {
        state = state * 1664525u + 1013904223u;
        image->data[i] = (uint8_t)(state >> 24);
    }
    return image;
}

static unsigned at(const Image *image, int x, int y, int c)
{
    size_t i = (size_t)x * (size_t)image->info.channels + (size_t)c;
    const uint8_t *row = image_row(image, y);
    return image->info.depth == 8 ? row[i] : ((const uint16_t *)(const void *)row)[i];
}

static unsigned rounded(double value, double most)
{
    return (unsigned)floor(fmin(fmax(value, 0), 1) * most + 0.5);
}

static Image *apply(const Stage *stages, int count, Image *src, Pool *pool)
{
    Err err;
    Plan *plan = plan_new(stages, count, src->info.depth, &err);
    assert_non_null(plan);
    Program *program = compile_plan(plan, src->info.channels, &err);
    plan_unref(&plan);
    assert_non_null(program);
    Image *spare = NULL;
    Image *dst = run_new(program, src, &spare, pool, NULL, &err);
    assert_non_null(dst);
    program_unref(&program);
    return dst;
}

static void no_stages_are_the_identity(void **state)
{
    (void)state;
    for (int channels = 1; channels <= 4; channels++) {
        Image *src = noise(67, 13, channels, channels % 2 ? 8 : 16);
        Image *dst = apply(NULL, 0, src, NULL);
        assert_int_equal(dst->info.channels, channels);
        for (int y = 0; y < 13; y++)
            assert_memory_equal(image_row(src, y), image_row(dst, y),
                                image_row_bytes(src->info));
        image_unref(&src);
        image_unref(&dst);
    }
}

/* One rounding at the end of a chain, in every layout and depth, whatever the pool. */
static void a_chain_of_tones_is_exact(void **state)
{
    (void)state;
    const Stage chain[] = {tone(&brighten_curve, &brighten_curve, &brighten_curve),
                           tone(&lift_curve, &lift_curve, &lift_curve)};
    Pool *pool = pool_new(3, NULL);
    for (int depth = 8; depth <= 16; depth += 8)
        for (int channels = 1; channels <= 4; channels++) {
            Image *src = noise(301, 1000, channels, depth);
            Image *dst = apply(chain, 2, src, pool);
            Image *alone = apply(chain, 2, src, NULL);
            double most = (1 << depth) - 1;
            for (int y = 0; y < 1000; y += 7)
                for (int x = 0; x < 301; x++)
                    for (int c = 0; c < channels; c++) {
                        bool alpha = c == channels - 1 && channels % 2 == 0;
                        unsigned in = at(src, x, y, c);
                        unsigned want =
                            alpha ? in : rounded(lift(brighten(in / most)), most);
                        assert_int_equal(at(dst, x, y, c), want);
                        assert_int_equal(at(alone, x, y, c), want);
                    }
            image_unref(&src);
            image_unref(&dst);
            image_unref(&alone);
        }
    pool_free(pool);
}

static void a_shared_curve_is_evaluated_once(void **state)
{
    (void)state;
    const Stage one = tone(&lift_curve, &lift_curve, &lift_curve);
    evaluations = 0;
    Plan *plan = plan_new(&one, 1, 8, NULL);
    assert_int_equal(evaluations, 1);
    assert_ptr_equal(plan->tone[0], plan->tone[2]);
    plan_unref(&plan);
}

static void gray_becomes_rgb_only_when_it_must(void **state)
{
    (void)state;
    Image *gray = noise(40, 9, 2, 8);
    const Stage same = tone(&lift_curve, &lift_curve, &lift_curve);
    const Stage differing = tone(&lift_curve, NULL, &square_curve);
    Image *one = apply(&same, 1, gray, NULL);
    Image *three = apply(&differing, 1, gray, NULL);
    assert_int_equal(one->info.channels, 2);
    assert_int_equal(three->info.channels, 4);
    for (int x = 0; x < 40; x++) {
        double in = at(gray, x, 3, 0) / 255.0;
        assert_int_equal(at(three, x, 3, 0), rounded(lift(in), 255));
        assert_int_equal(at(three, x, 3, 1), at(gray, x, 3, 0));
        assert_int_equal(at(three, x, 3, 2), rounded(square(in), 255));
        assert_int_equal(at(three, x, 3, 3), at(gray, x, 3, 1));
    }
    image_unref(&gray);
    image_unref(&one);
    image_unref(&three);
}

static double with_matrix(const double in[3], int row)
{
    double v[3];
    for (int c = 0; c < 3; c++)
        v[c] = brighten(in[c]);
    const double *m = half_red.matrix[row];
    return lift(m[0] * v[0] + m[1] * v[1] + m[2] * v[2] + m[3]);
}

static void matrices_between_tones_stay_within_bounds(void **state)
{
    (void)state;
    const Stage chain[] = {tone(&brighten_curve, &brighten_curve, &brighten_curve),
                           half_red, tone(&lift_curve, &lift_curve, &lift_curve)};
    Image *src = noise(500, 200, 4, 8);
    Image *dst = apply(chain, 3, src, NULL);
    for (int y = 0; y < 200; y++)
        for (int x = 0; x < 500; x++) {
            double in[3];
            for (int c = 0; c < 3; c++)
                in[c] = at(src, x, y, c) / 255.0;
            for (int c = 0; c < 3; c++) {
                int want = (int)rounded(with_matrix(in, c), 255);
                int got = (int)at(dst, x, y, c);
                assert_in_range(got - want + 1, 0, 2);
            }
            assert_int_equal(at(dst, x, y, 3), at(src, x, y, 3));
        }
    image_unref(&src);
    image_unref(&dst);
}

static void neutral_and_neighbouring_matrices_join(void **state)
{
    (void)state;
    Stage nothing = {.kind = STAGE_MATRIX};
    for (int i = 0; i < 3; i++)
        nothing.matrix[i][i] = 1;
    const Stage tones[] = {tone(&brighten_curve, &brighten_curve, &brighten_curve),
                           nothing, tone(&lift_curve, &lift_curve, &lift_curve)};
    Plan *plan = plan_new(tones, 3, 8, NULL);
    assert_int_equal(plan->n_steps, 0);
    plan_unref(&plan);
    const Stage pair[] = {half_red, half_red, nothing};
    plan = plan_new(pair, 3, 8, NULL);
    assert_int_equal(plan->n_steps, 1);
    assert_true(fabs(plan->steps[0].matrix[0][0] - (0.25 + 0.025 - 0.05)) < 1e-15);
    assert_true(fabs(plan->steps[0].matrix[2][3] - (0.05 + 0.05)) < 1e-15);
    plan_unref(&plan);
}

static const Stage gray_of_colors = {
    .kind = STAGE_MATRIX,
    .matrix = {{0.2126, 0.7152, 0.0722},
               {0.2126, 0.7152, 0.0722},
               {0.2126, 0.7152, 0.0722}},
};

/* The pixel's gray is 0.16666666666666669, and posterize jumps at 1/6. */
static void a_sample_at_a_jump_falls_on_the_right_side(void **state)
{
    (void)state;
    const Stage chain[] = {gray_of_colors,
                           tone(&posterize_curve, &posterize_curve, &posterize_curve)};
    static const uint8_t pixel[3] = {17, 36, 182};
    for (int depth = 8; depth <= 16; depth += 8) {
        Image *src = image_new((ImageInfo){1, 1, 3, depth}, NULL);
        for (int c = 0; c < 3; c++)
            if (depth == 8)
                src->data[c] = pixel[c];
            else
                ((uint16_t *)(void *)src->data)[c] = (uint16_t)(257 * pixel[c]);
        Image *dst = apply(chain, 2, src, NULL);
        for (int c = 0; c < 3; c++)
            assert_int_equal(at(dst, 0, 0, c), depth == 8 ? 85 : 21845);
        image_unref(&src);
        image_unref(&dst);
    }
}

/* As Python computes it: stage by stage, on one pixel. */
static void by_hand(const Stage *stages, int count, double v[3])
{
    for (int s = 0; s < count; s++) {
        double in[3] = {v[0], v[1], v[2]};
        for (int c = 0; c < 3; c++) {
            const double *m = stages[s].matrix[c];
            v[c] = stages[s].kind == STAGE_MATRIX
                       ? m[0] * in[0] + m[1] * in[1] + m[2] * in[2] + m[3]
                   : stages[s].tone[c]
                       ? (*(formula_fn *)stages[s].tone[c]->context)(in[c])
                       : in[c];
        }
    }
}

static void check_chain(const Stage *stages, int count, int depth, const char *name)
{
    Image *src = noise(200, 100, 3, depth);
    for (int x = 0; x < 200; x++) /* black and gray ones, too */
        memset(image_row(src, x / 2), x, x % 2 ? 300 : 0);
    Image *dst = apply(stages, count, src, NULL);
    double most = (1 << depth) - 1;
    for (int y = 0; y < 100; y++)
        for (int x = 0; x < 200; x++) {
            double v[3];
            for (int c = 0; c < 3; c++)
                v[c] = at(src, x, y, c) / most;
            by_hand(stages, count, v);
            for (int c = 0; c < 3; c++) {
                int off = (int)at(dst, x, y, c) - (int)rounded(v[c], most);
                if (abs(off) > (depth == 8 ? 1 : 2))
                    fail_msg("%s, %d bits: off by %d at %d, %d", name, depth, off, x,
                             y);
            }
        }
    image_unref(&src);
    image_unref(&dst);
}

static void jumps_and_steep_tones_after_matrices_are_right(void **state)
{
    (void)state;
    const Stage jump = tone(&step_curve, &posterize_curve, &step_curve),
                far = tone(&beyond_curve, &beyond_curve, NULL),
                root = tone(&steep_curve, &steep_curve, &steep_curve),
                bend = tone(&lift_curve, &square_curve, &lift_curve);
    const Stage chains[][6] = {
        {half_red, jump},
        {bend, half_red, bend, gray_of_colors, jump},
        {half_red, jump, half_red, bend},
        {half_red, far, half_red, jump, half_red},
        {half_red, root, half_red, root},
        {root, half_red, root, half_red, root},
    };
    const int counts[] = {2, 5, 4, 5, 4, 5};
    for (int i = 0; i < 6; i++)
        for (int depth = 8; depth <= 16; depth += 8)
            check_chain(chains[i], counts[i], depth, (char[]){'#', (char)('0' + i), 0});
}

static void a_jump_after_a_matrix_is_sharp(void **state)
{
    (void)state;
    const Stage chain[] = {half_red, tone(&step_curve, &step_curve, &step_curve)};
    Plan *plan = plan_new(chain, 2, 8, NULL);
    const Kernels *kernels = kernels_at(CPU_SCALAR);
    for (int i = 0; i < 256; i++) {
        double r = i / 255.0, g = (255 - i) / 255.0, b = r;
        double v = 0.5 * r + 0.25 * g + 0.25 * b;
        plan_eval(plan, kernels, (double *const[3]){&r, &g, &b}, 1);
        assert_true(r == step_up(v));
    }
    plan_unref(&plan);
}

/* Over this range a piece is 1 wide at first, and at its quarters the steps look like a
 * straight line. */
static void steps_that_lie_like_the_samples_are_seen(void **state)
{
    (void)state;
    static const Stage wide = {
        .kind = STAGE_MATRIX,
        .matrix = {{90, -90, 0, 0}, {90, 0, -90, 0}, {0, 90, -90, 0}}};
    const Stage chain[] = {wide, tone(&eighths_curve, &eighths_curve, &eighths_curve)};
    check_chain(chain, 2, 16, "eighths");
    Plan *plan = plan_new(chain, 2, 16, NULL);
    for (int i = 0; i <= 1000; i++) {
        double r = (i + 0.25) / 1000 / 90, g = 0, b = 0;
        plan_eval(plan, kernels_at(CPU_SCALAR), (double *const[3]){&r, &g, &b}, 1);
        assert_true(r == eighths((i + 0.25) / 1000));
    }
    plan_unref(&plan);
}

static void a_failing_curve_fails_the_plan(void **state)
{
    (void)state;
    const Stage chain[] = {half_red, tone(NULL, &bad_curve, NULL)};
    Err err;
    assert_null(plan_new(chain, 2, 8, &err));
    assert_string_equal(err.text, "no such value");
    assert_null(plan_new(chain + 1, 1, 16, &err));
}

static void tables_are_exact_at_their_entries(void **state)
{
    (void)state;
    double table[256];
    for (int i = 0; i < 256; i++)
        table[i] = i * 0.37;
    for (int i = 0; i < 256; i++)
        assert_true(table_lookup(table, 256, i / 255.0) == table[i]);
    assert_true(table_lookup(table, 2, -3) == table[0]);
    assert_true(table_lookup(table, 2, 3) == table[1]);
    assert_true(fabs(table_lookup(table, 2, 0.5) - 0.185) < 1e-15);
}

static void the_identity_copies_nothing(void **state)
{
    (void)state;
    Image *src = noise(64, 48, 3, 16);
    Image *dst = apply(NULL, 0, src, NULL);
    assert_ptr_equal(src, dst);
    image_unref(&src);
    assert_non_null(dst->data);
    image_unref(&dst);
}

static void depths_come_and_go(void **state)
{
    (void)state;
    Image *src = noise(301, 77, 4, 8);
    Image *deep = convert_image_depth(src, 16, NULL, NULL);
    Image *back = convert_image_depth(deep, 8, NULL, NULL);
    assert_int_equal(deep->info.depth, 16);
    for (int y = 0; y < 77; y++) {
        for (int x = 0; x < 301; x++)
            assert_int_equal(at(deep, x, y, 2), 257 * at(src, x, y, 2));
        assert_memory_equal(image_row(src, y), image_row(back, y),
                            image_row_bytes(src->info));
    }
    image_unref(&src);
    image_unref(&deep);
    image_unref(&back);
}

static void a_cancelled_run_says_so(void **state)
{
    (void)state;
    Err err;
    Cancel cancel = {true};
    Image *src = noise(640, 480, 3, 8);
    const Stage one = tone(&lift_curve, &lift_curve, &lift_curve);
    Plan *plan = plan_new(&one, 1, 8, NULL);
    Program *program = compile_plan(plan, 3, NULL);
    Image *spare = noise(640, 480, 3, 8);
    assert_null(run_new(program, src, &spare, NULL, &cancel, &err));
    assert_int_equal(err.kind, ERR_CANCELLED);
    assert_null(spare);
    program_unref(&program);
    plan_unref(&plan);
    image_unref(&src);
}

/* Each matrix is finite, but not what two of them make. */
static void matrices_beyond_doubles_are_refused(void **state)
{
    (void)state;
    Err err = {0};
    Stage huge = {.kind = STAGE_MATRIX};
    for (int i = 0; i < 3; i++)
        huge.matrix[i][i] = 1e200;
    const Stage tones = tone(&square_curve, NULL, NULL);
    const Stage once[] = {huge, tones}, twice[] = {huge, huge, tones};
    Plan *plan = plan_new(once, 2, 8, &err);
    assert_non_null(plan);
    plan_unref(&plan);
    assert_null(plan_new(twice, 3, 8, &err));
    assert_int_equal(err.kind, ERR_SCRIPT);
    assert_non_null(strstr(err.text, "too large"));
}

/* As far as they go, and so little, or so far off, that a piece of their range has no
 * width. */
static void matrices_at_the_ends_of_doubles_are_fitted(void **state)
{
    static const double ends[][2] = {{1e299, 0},  {-1e299, 0}, {1e-300, 0}, {1e-308, 0},
                                     {5e-324, 0}, {0, 1e20},   {0, -1e299}, {1, 1e16}};
    (void)state;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        Err err = {0};
        Stage matrix = {.kind = STAGE_MATRIX};
        for (int c = 0; c < 3; c++) {
            matrix.matrix[c][c] = ends[i][0];
            matrix.matrix[c][3] = ends[i][1];
        }
        const Stage stages[] = {matrix, tone(&square_curve, NULL, NULL)};
        Plan *plan = plan_new(stages, 2, 8, &err);
        if (!plan)
            fail_msg("%g, %g: %s", ends[i][0], ends[i][1], err.text);
        plan_unref(&plan);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_stages_are_the_identity),
        cmocka_unit_test(a_chain_of_tones_is_exact),
        cmocka_unit_test(a_shared_curve_is_evaluated_once),
        cmocka_unit_test(gray_becomes_rgb_only_when_it_must),
        cmocka_unit_test(matrices_between_tones_stay_within_bounds),
        cmocka_unit_test(neutral_and_neighbouring_matrices_join),
        cmocka_unit_test(a_jump_after_a_matrix_is_sharp),
        cmocka_unit_test(a_sample_at_a_jump_falls_on_the_right_side),
        cmocka_unit_test(jumps_and_steep_tones_after_matrices_are_right),
        cmocka_unit_test(steps_that_lie_like_the_samples_are_seen),
        cmocka_unit_test(a_failing_curve_fails_the_plan),
        cmocka_unit_test(tables_are_exact_at_their_entries),
        cmocka_unit_test(the_identity_copies_nothing),
        cmocka_unit_test(depths_come_and_go),
        cmocka_unit_test(a_cancelled_run_says_so),
        cmocka_unit_test(matrices_beyond_doubles_are_refused),
        cmocka_unit_test(matrices_at_the_ends_of_doubles_are_fitted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
