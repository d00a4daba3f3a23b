/* The rough picture of a large JPEG file: its shape, its colours, and when there is
 * none. */
#include "cm.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "image/reader.h"
#include "image/writer.h"
#include "test_folder.h"
#include "viewer/load/first_look.h"

/* Odd in both directions, just large enough to be worth it. */
enum { WIDTH = 3505, HEIGHT = 2291 };

static Image *smooth(int width, int height)
{
    Err err;
    Image *image = image_new((ImageInfo){width, height, 3, 8}, &err);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            uint8_t *pixel = image_row(image, y) + 3 * x;
            pixel[0] = (uint8_t)(255 * x / width);
            pixel[1] = (uint8_t)(255 * y / height);
            pixel[2] = 128;
        }
    return image;
}

static const char *save_as(void **state, const char *name, Image *image,
                           bool progressive)
{
    Err err;
    SaveOptions options = {.overwrite = true,
                           .pack = {.progressive = progressive, .compression = "none"}};
    const char *path = in_folder(state, name);
    assert_true(writer_save(image, path, &options, &err));
    image_unref(&image);
    return path;
}

static const char *save(void **state, const char *name, int width, int height)
{
    return save_as(state, name, smooth(width, height), false);
}

/* What a look has given. */
typedef struct Looks {
    Pyramid *last;
    int count;
    bool none;          /* it said so */
    const Image *exact; /* what they are compared with, at a size of the views */
    double differ[20];  /* the mean difference of each from it */
} Looks;

enum { VIEW_WIDTH = 1200, VIEW_HEIGHT = 784 };

static Image *view_all(Pyramid *pyramid)
{
    Err err;
    ImageInfo info = pyramid_info(pyramid);
    return pyramid_view(pyramid, (ScaleArea){0, 0, info.width, info.height}, VIEW_WIDTH,
                        VIEW_HEIGHT, NULL, NULL, &err);
}

static double mean_difference(const Image *a, const Image *b)
{
    double sum = 0;
    for (int y = 0; y < VIEW_HEIGHT; y++)
        for (size_t x = 0; x < 3 * VIEW_WIDTH; x++)
            sum += abs(image_row(a, y)[x] - image_row(b, y)[x]);
    return sum / (3.0 * VIEW_WIDTH * VIEW_HEIGHT);
}

static void take(void *context, Pyramid *rough)
{
    Looks *looks = context;
    looks->none = looks->none || !rough;
    if (!rough)
        return;
    pyramid_unref(&looks->last);
    looks->last = rough;
    assert_true(looks->count < 20);
    if (looks->exact) {
        Image *view = view_all(rough);
        looks->differ[looks->count] = mean_difference(view, looks->exact);
        image_unref(&view);
    }
    looks->count++;
}

static Pyramid *look_at(const char *path, bool expect_large)
{
    Looks looks = {0};
    atomic_bool large = false;
    const ReadOptions options = {0};
    first_look_read(path, &options, UINT64_MAX, &large, take, &looks);
    assert_int_equal(large, expect_large);
    assert_int_equal(looks.count, looks.none ? 0 : 1);
    return looks.last;
}

static void expect_small(const char *path)
{
    Err err;
    Pyramid *rough = look_at(path, true);
    Image *image = reader_load(path, NULL, &err);
    int width = image->info.width;
    assert_non_null(rough);
    assert_null(pyramid_image(rough));
    assert_int_equal(pyramid_info(rough).width, width);
    assert_int_equal(pyramid_info(rough).height, HEIGHT);
    assert_true(pyramid_largest(rough)->info.width < width);
    Pyramid *full = pyramid_new(image);
    image_unref(&image);
    const ScaleArea areas[] = {{0, 0, width, HEIGHT}, {1000, 500, 1500, 1500}};
    for (int i = 0; i < 2; i++) {
        Image *a = pyramid_view(rough, areas[i], 300, 200, NULL, NULL, &err);
        Image *b = pyramid_view(full, areas[i], 300, 200, NULL, NULL, &err);
        for (int y = 0; y < 200; y++)
            for (size_t x = 0; x < 900; x++)
                assert_true(abs(image_row(a, y)[x] - image_row(b, y)[x]) <= 3);
        image_unref(&a);
        image_unref(&b);
    }
    pyramid_unref(&rough);
    pyramid_unref(&full);
}

static void it_is_the_full_picture_made_small(void **state)
{
    expect_small(save(state, "large.jpg", WIDTH, HEIGHT));
    expect_small(save(state, "large.tif", 2 * WIDTH, HEIGHT)); /* a few of its rows */
}

static void a_small_or_broken_file_has_none(void **state)
{
    size_t size;
    assert_null(look_at(save(state, "small.jpg", 800, 600), false));
    assert_null(look_at(save(state, "large.png", WIDTH, HEIGHT), true));
    assert_null(look_at(in_folder(state, "none.jpg"), false));
    uint8_t *bytes = bytes_read(save(state, "large.jpg", WIDTH, HEIGHT), &size);
    bytes_write(in_folder(state, "cut.jpg"), bytes, size / 2);
    assert_null(look_at(in_folder(state, "cut.jpg"), true));
    mem_free(bytes);
}

/* Stripes that the means of 8 pixels cannot show. */
static Image *striped(int width, int height)
{
    Image *image = smooth(width, height);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            if ((x + y) / 6 % 2)
                image_row(image, y)[3 * x + 1] /= 2;
    return image;
}

static void each_scan_makes_it_better(void **state)
{
    Err err;
    const ReadOptions options = {0};
    const char *path = save_as(state, "scans.jpg", striped(WIDTH, HEIGHT), true);
    Image *image = reader_load(path, NULL, &err);
    Pyramid *full = pyramid_new(image);
    Image *exact = view_all(full);
    Looks looks = {.exact = exact};
    atomic_bool large = false;
    first_look_read(path, &options, UINT64_MAX, &large, take, &looks);
    assert_true(looks.count >= 4);
    assert_false(looks.none);
    for (int i = 2; i < looks.count; i++) /* the means alone are smoothed */
        assert_true(looks.differ[i] <= looks.differ[i - 1] + 0.5);
    assert_true(looks.differ[looks.count - 1] < 0.7 * looks.differ[0]);
    pyramid_unref(&looks.last);
    pyramid_unref(&full);
    image_unref(&image);
    image_unref(&exact);
}

static void it_can_be_ended_at_any_time(void **state)
{
    const ReadOptions options = {0};
    const char *paths[] = {
        save(state, "large.jpg", WIDTH, HEIGHT),
        save_as(state, "scans.jpg", smooth(WIDTH, HEIGHT), true),
    };
    for (int i = 0; i < 20; i++) {
        Looks looks = {0};
        atomic_bool large = false;
        FirstLook *look =
            first_look_begin(paths[i % 2], &options, UINT64_MAX, &large, take, &looks);
        assert_non_null(look);
        first_look_end(look);
        pyramid_unref(&looks.last);
    }
    first_look_end(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_the_full_picture_made_small),
        cmocka_unit_test(each_scan_makes_it_better),
        cmocka_unit_test(a_small_or_broken_file_has_none),
        cmocka_unit_test(it_can_be_ended_at_any_time),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
