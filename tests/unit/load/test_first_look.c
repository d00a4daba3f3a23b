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

static const char *save(void **state, const char *name, int width, int height)
{
    Err err;
    Image *image = smooth(width, height);
    SaveOptions options = {.overwrite = true};
    const char *path = in_folder(state, name);
    assert_true(writer_save(image, path, &options, &err));
    image_unref(&image);
    return path;
}

static void it_is_the_full_picture_made_small(void **state)
{
    Err err;
    const ReadOptions options = {0};
    const char *path = save(state, "large.jpg", WIDTH, HEIGHT);
    Pyramid *rough = first_look_read(path, &options, UINT64_MAX);
    assert_non_null(rough);
    assert_null(pyramid_image(rough));
    assert_int_equal(pyramid_info(rough).width, WIDTH);
    assert_int_equal(pyramid_info(rough).height, HEIGHT);
    assert_true(pyramid_largest(rough)->info.width < WIDTH);
    Image *image = reader_load(path, NULL, &err);
    Pyramid *full = pyramid_new(image);
    image_unref(&image);
    const ScaleArea areas[] = {{0, 0, WIDTH, HEIGHT}, {1000, 500, 1500, 1500}};
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

static void a_small_or_broken_file_has_none(void **state)
{
    size_t size;
    const ReadOptions options = {0};
    assert_null(
        first_look_read(save(state, "small.jpg", 800, 600), &options, UINT64_MAX));
    assert_null(
        first_look_read(save(state, "large.png", WIDTH, HEIGHT), &options, UINT64_MAX));
    assert_null(first_look_read(in_folder(state, "none.jpg"), &options, UINT64_MAX));
    uint8_t *bytes = bytes_read(save(state, "large.jpg", WIDTH, HEIGHT), &size);
    bytes_write(in_folder(state, "cut.jpg"), bytes, size / 2);
    assert_null(first_look_read(in_folder(state, "cut.jpg"), &options, UINT64_MAX));
    mem_free(bytes);
}

static void take(void *context, Pyramid *rough)
{
    *(Pyramid **)context = rough;
}

static void it_can_be_ended_at_any_time(void **state)
{
    const ReadOptions options = {0};
    const char *path = save(state, "large.jpg", WIDTH, HEIGHT);
    for (int i = 0; i < 20; i++) {
        Pyramid *rough = NULL;
        FirstLook *look = first_look_begin(path, &options, UINT64_MAX, take, &rough);
        assert_non_null(look);
        first_look_end(look);
        pyramid_unref(&rough);
    }
    first_look_end(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_the_full_picture_made_small),
        cmocka_unit_test(a_small_or_broken_file_has_none),
        cmocka_unit_test(it_can_be_ended_at_any_time),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
