/* The whole image, mapped and shown smaller: the same bits by every way. */
#include <string.h>

#include "pipe/convert/halve_image.h"
#include "pipe/program/compile.h"
#include "pipe/program/run_halved.h"
#include "test_image.h"
#include "viewer/picture/develop.h"

static bool invert(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)context, (void)err;
    for (size_t i = 0; i < n; i++)
        y[i] = 1 - x[i] * x[i];
    return true;
}

static bool square(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)context, (void)err;
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] * x[i];
    return true;
}

static const Curve curve = {invert, NULL}, other_curve = {square, NULL};
static const Stage one = {.kind = STAGE_TONE, .tone = {&curve, &curve, &curve}};
static const Stage three = {.kind = STAGE_TONE, .tone = {&curve, &other_curve, &curve}};

static Plan *plan_of(int depth, const Stage *stage)
{
    Err err = {0};
    Plan *plan = plan_new(stage, 1, depth, &err);
    assert_non_null(plan);
    return plan;
}

static Program *program_of(int depth, int channels, const Stage *stage)
{
    Err err = {0};
    Plan *plan = plan_of(depth, stage);
    Program *program = compile_plan(plan, channels, &err);
    assert_non_null(program);
    plan_unref(&plan);
    return program;
}

static Image *mapped(const Program *program, Image *image)
{
    Err err = {0};
    Image *none = NULL, *out = run_new(program, image, &none, NULL, NULL, &err);
    assert_non_null(out);
    return out;
}

static Image *halved(Image *image)
{
    Err err = {0};
    Image *none = NULL, *half = halve_image(image, &none, NULL, NULL, &err);
    assert_non_null(half);
    image_unref(&image);
    return half;
}

static void check_halved(Image *image, const Stage *stage, Pool *pool)
{
    Err err = {0};
    Program *program = program_of(image->info.depth, image->info.channels, stage);
    Image *wanted = mapped(program, image);
    for (int halvings = 0; halvings <= RUN_HALVED_MOST; halvings++) {
        Image *out = image_new(wanted->info, &err);
        assert_true(run_image_halved(program, image, out, halvings, pool, NULL));
        assert_same_pixels(out, wanted);
        image_unref(&out);
        wanted = halved(wanted);
    }
    image_unref(&wanted);
    program_unref(&program);
}

static void it_is_mapped_then_halved(void **state)
{
    (void)state;
    static const int sizes[][2] = {{1, 1},  {2, 3},     {7, 1000},
                                   {1, 40}, {3001, 37}, {640, 401}};
    Err err = {0};
    Pool *pool = pool_new(3, &err);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (int depth = 8; depth <= 16; depth += 8)
            for (int channels = 1; channels <= 4; channels++) {
                Image *image = picture(sizes[i][0], sizes[i][1], channels, depth);
                check_halved(image, &one, i % 2 ? pool : NULL);
                check_halved(image, &three, i % 2 ? pool : NULL);
                image_unref(&image);
            }
    pool_free(pool);
}

static void a_cancelled_run_says_so(void **state)
{
    (void)state;
    Err err = {0};
    Cancel cancel = {0};
    cancel_set(&cancel, CANCEL_STOPPED);
    Image *image = picture(400, 300, 3, 8);
    Image *out = image_new(halve_image_info(image->info), &err);
    Program *program = program_of(8, 3, &one);
    assert_false(run_image_halved(program, image, out, 1, NULL, &cancel));
    program_unref(&program);
    image_unref(&out);
    image_unref(&image);
}

static View view_of(Pyramid *pyramid, ScaleArea area, int width, int height)
{
    return (View){.pyramid = pyramid,
                  .image = 1,
                  .area = area,
                  .width = width,
                  .height = height,
                  .mode = MODE_PARALLEL,
                  .whole = true};
}

/* Out, in, and out again: sizes that were not kept are made when a view needs them. */
static void the_whole_is_the_same_in_every_order(void **state)
{
    (void)state;
    enum { WIDTH = 1203, HEIGHT = 805 };
    static const View views[] = {
        {.area = {0, 0, WIDTH, HEIGHT}, .width = 120, .height = 80},
        {.area = {10.5, 7, 600, 400}, .width = 120, .height = 80},
        {.area = {100, 100, 200, 150}, .width = 200, .height = 150},
        {.area = {0, 0, WIDTH, HEIGHT}, .width = 20, .height = 12},
        {.area = {0, 0, WIDTH, HEIGHT}, .width = 400, .height = 268},
    };
    Err err = {0};
    Cancel cancel = {0}, leave = {0};
    Develop develop;
    Image *image = picture(WIDTH, HEIGHT, 3, 8);
    Program *program = program_of(8, 3, &one);
    Image *whole = mapped(program, image);
    Pyramid *pyramid = pyramid_new(image), *sizes = pyramid_new(whole);
    Plan *plan = plan_of(8, &one), *other = plan_of(8, &one);
    develop_init(&develop, NULL, &cancel, &leave, NULL);
    for (int i = 0; i < 15; i++) {
        const View *wish = &views[i % 5];
        View view = view_of(pyramid, wish->area, wish->width, wish->height);
        DevelopCost cost;
        const Image *shown =
            develop_view(&develop, &view, i / 5 == 1 ? other : plan, NULL, &cost, &err);
        Image *wanted =
            pyramid_view(sizes, view.area, view.width, view.height, NULL, NULL, &err);
        assert_non_null(shown);
        assert_same_pixels(shown, wanted);
        assert_true(cost.megapixels == WIDTH * HEIGHT / 1e6);
        image_unref(&wanted);
    }
    develop_term(&develop);
    plan_unref(&plan);
    plan_unref(&other);
    pyramid_unref(&pyramid);
    pyramid_unref(&sizes);
    program_unref(&program);
    image_unref(&whole);
    image_unref(&image);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_mapped_then_halved),
        cmocka_unit_test(a_cancelled_run_says_so),
        cmocka_unit_test(the_whole_is_the_same_in_every_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
