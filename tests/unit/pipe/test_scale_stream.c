/* A picture made smaller row by row: the same pixels as at once, in any portions. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/thread/pool.h"
#include "cm.h"
#include "pipe/scale/fit_size.h"
#include "pipe/scale/scale.h"
#include "pipe/scale/scale_stream.h"

static Image *noise(int width, int height, int channels, int depth)
{
    Image *image = image_new((ImageInfo){width, height, channels, depth}, NULL);
    srand((unsigned)(width + height + channels));
    for (int y = 0; y < height; y++)
        for (size_t i = 0; i < image_row_bytes(image->info); i++)
            image_row(image, y)[i] = (uint8_t)rand();
    return image;
}

typedef struct Taken {
    Image *image;
    int rows;
} Taken;

static bool take(void *context, const uint8_t *rows, size_t stride, int count, Err *err)
{
    Taken *taken = context;
    (void)err;
    for (int i = 0; i < count; i++)
        memcpy(image_row(taken->image, taken->rows++), rows + (size_t)i * stride,
               image_row_bytes(taken->image->info));
    return true;
}

/* The rows come in portions of `portion`. */
static Image *stream(const Image *source, int width, int height, bool linear,
                     int portion)
{
    ImageInfo out = source->info;
    out.width = width;
    out.height = height;
    Taken taken = {image_new(out, NULL), 0};
    ScaleStream *scale = scale_stream_new(source->info, out, linear, NULL);
    assert_non_null(scale);
    for (int y = 0; y < source->info.height; y += portion) {
        int left = source->info.height - y;
        assert_true(scale_stream_push(scale, image_row(source, y), source->stride,
                                      left < portion ? left : portion, take, &taken,
                                      NULL));
    }
    scale_stream_free(scale);
    assert_int_equal(taken.rows, height);
    return taken.image;
}

static void assert_same(const Image *a, const Image *b)
{
    for (int y = 0; y < a->info.height; y++)
        assert_memory_equal(image_row(a, y), image_row(b, y), image_row_bytes(a->info));
}

static void rows_come_out_as_from_the_whole(void **state)
{
    (void)state;
    static const int sizes[][4] = {{97, 61, 40, 25}, {97, 61, 96, 61}, {97, 61, 1, 1},
                                   {97, 61, 97, 1},  {8, 300, 8, 7},   {1, 9, 1, 3},
                                   {200, 3, 33, 1}};
    Pool *pool = pool_new(1, NULL);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (int channels = 1; channels <= 4; channels++)
            for (int depth = 8; depth <= 16; depth += 8) {
                const int *size = sizes[i];
                Image *source = noise(size[0], size[1], channels, depth);
                ScaleArea all = {0, 0, size[0], size[1]};
                Image *whole =
                    scale_area(source, all, size[2], size[3], pool, NULL, NULL);
                Image *rows = stream(source, size[2], size[3], false, 1 + (int)i * 5);
                assert_same(whole, rows);
                image_unref(&whole);
                image_unref(&rows);
                image_unref(&source);
            }
    pool_free(pool);
}

/* Every other pixel is white: half of the light, which is 188 in sRGB. */
static void linear_light_is_halved(void **state)
{
    (void)state;
    for (int depth = 8; depth <= 16; depth += 8) {
        Image *source = noise(64, 64, 3, depth);
        size_t pixel = 3 * (size_t)depth / 8;
        for (int y = 0; y < 64; y++)
            for (int x = 0; x < 64; x++)
                memset(image_row(source, y) + (size_t)x * pixel, (x + y) % 2 ? 255 : 0,
                       pixel);
        Image *plain = stream(source, 4, 4, false, 7);
        Image *linear = stream(source, 4, 4, true, 7);
        size_t middle = 2 * pixel + pixel - 1; /* the high byte */
        assert_in_range(image_row(plain, 2)[middle], 127, 128);
        assert_in_range(image_row(linear, 2)[middle], 187, 188);
        image_unref(&plain);
        image_unref(&linear);
        image_unref(&source);
    }
}

/* One value stays the value that it was, in linear light too. */
static void one_colour_stays(void **state)
{
    (void)state;
    for (int value = 0; value < 256; value++) {
        Image *source = noise(9, 9, 4, 8);
        for (int y = 0; y < 9; y++)
            memset(image_row(source, y), value, image_row_bytes(source->info));
        Image *linear = stream(source, 4, 3, true, 2);
        for (int y = 0; y < 3; y++)
            for (int i = 0; i < 16; i++) {
                bool unseen = value == 0 && i % 4 < 3; /* without alpha: black */
                assert_int_equal(image_row(linear, y)[i], unseen ? 0 : value);
            }
        image_unref(&linear);
        image_unref(&source);
    }
}

static void assert_fit(const char *text, int width, int height, int to_width,
                       int to_height)
{
    FitSize fit;
    assert_true(fit_size_parse(text, &fit, NULL));
    ImageInfo info = fit_size_of(&fit, (ImageInfo){width, height, 3, 8});
    assert_int_equal(info.width, to_width);
    assert_int_equal(info.height, to_height);
}

static void sizes_are_read(void **state)
{
    (void)state;
    assert_fit("1920x1080", 6000, 4000, 1620, 1080);
    assert_fit("1920x1080", 4000, 6000, 720, 1080);
    assert_fit("1920x1080", 1000, 500, 1000, 500);
    assert_fit("long-edge 2000", 6000, 4000, 2000, 1333);
    assert_fit("long-edge=2000", 4000, 6000, 1333, 2000);
    assert_fit("long-edge:2000", 1999, 1, 1999, 1);
    assert_fit("50%", 101, 51, 51, 26);
    assert_fit("12.5%", 80, 8, 10, 1);
    assert_fit("100%", 80, 8, 80, 8);
    assert_fit("0.001%", 80, 8, 1, 1);
    assert_fit("1x1", 1000000, 3, 1, 1);
}

static void other_words_are_refused(void **state)
{
    (void)state;
    static const char *const words[] = {"",
                                        "x",
                                        "100",
                                        "0x10",
                                        "10x0",
                                        "10x",
                                        "10x10x",
                                        "-5x5",
                                        "1e3x10",
                                        "101%",
                                        "0%",
                                        "%",
                                        ".%",
                                        "50",
                                        "50 %",
                                        "long-edge",
                                        "long-edge ",
                                        "long-edge 0",
                                        "edge 5",
                                        "long-edge 5x",
                                        "99999999999999999999x1",
                                        "nan%",
                                        "1000001x1"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        FitSize fit = {0};
        Err err;
        assert_false(fit_size_parse(words[i], &fit, &err));
        assert_int_equal(err.kind, ERR_USAGE);
        assert_int_equal(fit.width, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_out_as_from_the_whole),
        cmocka_unit_test(linear_light_is_halved),
        cmocka_unit_test(one_colour_stays),
        cmocka_unit_test(sizes_are_read),
        cmocka_unit_test(other_words_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
