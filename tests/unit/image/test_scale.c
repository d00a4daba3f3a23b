/* scale against plain double-precision references. */
#include "test_image.h"

#include <math.h>

#include "pipe/convert/halve_image.h"
#include "pipe/scale/scale.h"

static double sample(const Image *image, int x, int y, int c)
{
    size_t at = (size_t)x * (size_t)image->info.channels + (size_t)c;
    const uint8_t *row = image_row(image, y);
    return image->info.depth == 8 ? row[at] : ((const uint16_t *)(const void *)row)[at];
}

static Image *none; /* no spare memory */

static void set_noise(Image *image)
{
    uint32_t noise = 7;
    for (int y = 0; y < image->info.height; y++)
        for (size_t i = 0; i < image_row_bytes(image->info); i++)
            image_row(image, y)[i] =
                (uint8_t)((noise = noise * 1664525 + 1013904223) >> 24);
}

static Image *scaled(const Image *image, ScaleArea area, int width, int height,
                     Pool *pool)
{
    Err err = {0};
    Image *out = scale_area(image, area, width, height, pool, NULL, &err);
    assert_non_null(out);
    assert_int_equal(out->info.width, width);
    assert_int_equal(out->info.height, height);
    assert_int_equal(out->info.channels, image->info.channels);
    assert_int_equal(out->info.depth, image->info.depth);
    return out;
}

static ScaleArea all_of(const Image *image)
{
    return (ScaleArea){0, 0, image->info.width, image->info.height};
}

/* The Catmull-Rom spline, as the cubic with slope -1/2 at 1. */
static double spline(double x)
{
    const double slope = -0.5;
    x = fabs(x);
    if (x <= 1)
        return (slope + 2) * x * x * x - (slope + 3) * x * x + 1;
    if (x < 2)
        return slope * (x * x * x - 5 * x * x + 8 * x - 4);
    return 0;
}

/* The picture goes on as its mirror. */
static int inside(int at, int size)
{
    while (at < 0 || at >= size)
        at = at < 0 ? -1 - at : 2 * size - 1 - at;
    return at;
}

/* Around (x, y), stretched by the two pitches; colours weighed by alpha. */
static double weighted(const Image *image, double x, double y, double across,
                       double down, int c)
{
    double sum = 0, total = 0;
    bool alpha = image_has_alpha(image->info);
    int last = image->info.channels - 1;
    for (int sy = (int)(y - 2 * down) - 2; sy <= y + 2 * down + 2; sy++)
        for (int sx = (int)(x - 2 * across) - 2; sx <= x + 2 * across + 2; sx++) {
            int ix = inside(sx, image->info.width), iy = inside(sy, image->info.height);
            double weight =
                spline((sx + 0.5 - x) / across) * spline((sy + 0.5 - y) / down);
            if (alpha && c < last)
                weight *= sample(image, ix, iy, last);
            sum += weight * sample(image, ix, iy, c);
            total += weight;
        }
    return total > 0 ? sum / total : 0;
}

/* A pixel of which so little is to be seen that its colour is not worth an exact one.
 */
static bool is_faint(const Image *out, int x, int y, int c)
{
    int last = out->info.channels - 1;
    return image_has_alpha(out->info) && c < last &&
           sample(out, x, y, last) < (out->info.depth == 8 ? 2 : 500);
}

static void check_area(const Image *image, ScaleArea area, int width, int height)
{
    Image *out = scaled(image, area, width, height, NULL);
    double tolerance = image->info.depth == 8 ? 0.52 : 0.7;
    double max = image->info.depth == 8 ? 255 : 65535;
    double across = area.width / width, down = area.height / height;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            for (int c = 0; c < image->info.channels; c++) {
                double wanted = weighted(image, area.x + (x + 0.5) * across,
                                         area.y + (y + 0.5) * down, fmax(across, 1),
                                         fmax(down, 1), c);
                wanted = fmin(fmax(wanted, 0), max);
                assert_true(is_faint(out, x, y, c) ||
                            fabs(sample(out, x, y, c) - wanted) < tolerance);
            }
    image_unref(&out);
}

static void below_two_is_a_stretched_cubic(void **state)
{
    (void)state;
    for (int depth = 8; depth <= 16; depth += 8)
        for (int channels = 1; channels <= 4; channels++) {
            Image *image = picture(41, 29, channels, depth);
            set_noise(image);
            check_area(image, all_of(image), 13, 7);
            check_area(image, all_of(image), 1, 1);
            check_area(image, all_of(image), 40, 28);
            check_area(image, all_of(image), 60, 40);
            check_area(image, (ScaleArea){3.25, 1.75, 30.5, 20.125}, 9, 11);
            check_area(image, (ScaleArea){0.5, 0.5, 40, 28}, 40, 28);
            image_unref(&image);
        }
}

static int drawn(uint32_t *state, int low, int high)
{
    *state = *state * 1664525 + 1013904223;
    return low + (int)(*state >> 8) % (high - low + 1);
}

/* A part of any size and place, to any size below twice its own. */
static void any_sizes_follow_the_formula(void **state)
{
    (void)state;
    uint32_t random = 11;
    for (int i = 0; i < 60; i++) {
        int width = drawn(&random, 1, 90), height = drawn(&random, 1, 40);
        Image *image = picture(width, height, 1 + i % 4, i / 4 % 2 ? 16 : 8);
        set_noise(image);
        double x = drawn(&random, 0, 2 * width - 1) / 4.0;
        double y = drawn(&random, 0, 2 * height - 1) / 4.0;
        ScaleArea area = {x, y, width - x, height - y};
        check_area(image, area, drawn(&random, 1, (int)ceil(1.9 * area.width) - 1),
                   drawn(&random, 1, (int)ceil(1.9 * area.height) - 1));
        image_unref(&image);
    }
}

/* How far pixels of `out`, away from its ends, are from `gray` at most. */
static double contrast(const Image *out, double gray)
{
    double most = 0;
    for (int y = 0; y < out->info.height; y++)
        for (int x = 4; x < out->info.width - 4; x++)
            most = fmax(most, fabs(sample(out, x, y, 0) - gray));
    return most;
}

/* Lines too fine for the smaller size become gray, not coarser lines. */
static void too_fine_lines_make_no_moire(void **state)
{
    (void)state;
    Image *image = picture(960, 8, 1, 8);
    for (int tenths = 22; tenths <= 54;
         tenths += 2) { /* of a pixel from line to line */
        for (int y = 0; y < 8; y++)
            for (int x = 0; x < 960; x++)
                image_row(image, y)[x] =
                    (uint8_t)lround(128 + 120 * sin(2 * M_PI * 10 * x / tenths));
        Image *out = scaled(image, all_of(image), 200, 2, NULL);
        assert_true(contrast(out, 128) < 3);
        image_unref(&out);
    }
    image_unref(&image);
}

static void one_to_one_is_exact(void **state)
{
    (void)state;
    Image *image = picture(31, 19, 4, 16);
    set_noise(image);
    Image *out = scaled(image, all_of(image), 31, 19, NULL);
    assert_same_pixels(image, out);
    image_unref(&out);
    out = scaled(image, (ScaleArea){5, 3, 20, 10}, 20, 10, NULL);
    for (int y = 0; y < 10; y++)
        assert_memory_equal(image_row(out, y), image_row(image, y + 3) + 5 * 8, 20 * 8);
    image_unref(&out);
    image_unref(&image);
}

static void up_from_two_is_nearest(void **state)
{
    (void)state;
    for (int channels = 1; channels <= 4; channels++) {
        Image *image = picture(7, 5, channels, channels % 2 ? 8 : 16);
        set_noise(image);
        Image *out = scaled(image, all_of(image), 21, 15, NULL);
        for (int y = 0; y < 15; y++)
            for (int x = 0; x < 21; x++)
                for (int c = 0; c < channels; c++)
                    assert_true(sample(out, x, y, c) == sample(image, x / 3, y / 3, c));
        image_unref(&out);
        image_unref(&image);
    }
}

static void a_flat_image_stays_flat(void **state)
{
    (void)state;
    Image *image = picture(301, 203, 3, 16);
    memset(image->data, 0xFF, image->stride * 203);
    static const int sizes[][2] = {
        {1, 1}, {100, 67}, {300, 202}, {400, 300}, {900, 700}};
    for (int i = 0; i < 5; i++) {
        Image *out = scaled(image, all_of(image), sizes[i][0], sizes[i][1], NULL);
        for (int y = 0; y < sizes[i][1]; y++)
            for (int x = 0; x < sizes[i][0]; x++)
                assert_true(sample(out, x, y, 1) == 65535);
        image_unref(&out);
    }
    image_unref(&image);
}

static void transparent_colours_do_not_show(void **state)
{
    (void)state;
    static const uint8_t pixels[8] = {255, 0, 0, 0, 0, 0, 200, 255};
    static const uint8_t wanted[4] = {0, 0, 200, 128};
    Err err = {0};
    Image *image = image_new((ImageInfo){2, 1, 4, 8}, &err);
    memcpy(image->data, pixels, 8);
    Image *out = scaled(image, all_of(image), 1, 1, NULL);
    assert_memory_equal(out->data, wanted, 4);
    image_unref(&out);
    out = halve_image(image, &none, NULL, NULL, &err);
    assert_memory_equal(out->data, wanted, 4);
    image_unref(&out);
    image_unref(&image);
}

static double half_mean(const Image *image, int x, int y, int c)
{
    double sum = 0, total = 0;
    int last = image->info.channels - 1;
    for (int i = 0; i < 4; i++) {
        int sx = 2 * x + i % 2, sy = 2 * y + i / 2;
        sx = sx < image->info.width ? sx : sx - 1;
        sy = sy < image->info.height ? sy : sy - 1;
        bool weighed = image_has_alpha(image->info) && c < last;
        double weight = weighed ? sample(image, sx, sy, last) : 1;
        sum += weight * sample(image, sx, sy, c);
        total += weight;
    }
    return total > 0 ? sum / total : 0;
}

static void half_is_the_mean_of_four(void **state)
{
    (void)state;
    static const int sizes[][2] = {{1, 1}, {2, 2}, {5, 4}, {64, 70}, {33, 1}};
    for (int i = 0; i < 5 * 8; i++) {
        Err err = {0};
        int channels = i % 4 + 1, depth = i / 4 % 2 ? 16 : 8;
        Image *image = picture(sizes[i / 8][0], sizes[i / 8][1], channels, depth);
        set_noise(image);
        Image *out = halve_image(image, &none, NULL, NULL, &err);
        assert_int_equal(out->info.width, (image->info.width + 1) / 2);
        assert_int_equal(out->info.height, (image->info.height + 1) / 2);
        for (int y = 0; y < out->info.height; y++)
            for (int x = 0; x < out->info.width; x++)
                for (int c = 0; c < channels; c++)
                    assert_true(sample(out, x, y, c) ==
                                floor(half_mean(image, x, y, c) + 0.5));
        image_unref(&out);
        image_unref(&image);
    }
}

static void threads_change_nothing(void **state)
{
    (void)state;
    Err err = {0};
    Pool *pool = pool_new(4, &err);
    Image *image = picture(300, 200, 3, 8);
    set_noise(image);
    static const int sizes[][2] = {{77, 51}, {400, 260}, {650, 450}};
    for (int i = 0; i < 3; i++) {
        Image *one = scaled(image, all_of(image), sizes[i][0], sizes[i][1], NULL);
        Image *many = scaled(image, all_of(image), sizes[i][0], sizes[i][1], pool);
        assert_same_pixels(one, many);
        image_unref(&one);
        image_unref(&many);
    }
    image_unref(&image);
    pool_free(pool);
}

static void a_cancelled_scale_fails(void **state)
{
    (void)state;
    Err err = {0};
    Cancel cancel = {0};
    cancel_set(&cancel, CANCEL_STOPPED);
    Image *image = picture(300, 200, 3, 8);
    assert_null(scale_area(image, all_of(image), 30, 20, NULL, &cancel, &err));
    assert_int_equal(err.kind, ERR_CANCELLED);
    err.kind = ERR_NONE;
    assert_null(halve_image(image, &none, NULL, &cancel, &err));
    assert_int_equal(err.kind, ERR_CANCELLED);
    image_unref(&image);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(below_two_is_a_stretched_cubic),
        cmocka_unit_test(any_sizes_follow_the_formula),
        cmocka_unit_test(too_fine_lines_make_no_moire),
        cmocka_unit_test(one_to_one_is_exact),
        cmocka_unit_test(up_from_two_is_nearest),
        cmocka_unit_test(a_flat_image_stays_flat),
        cmocka_unit_test(transparent_colours_do_not_show),
        cmocka_unit_test(half_is_the_mean_of_four),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(a_cancelled_scale_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
