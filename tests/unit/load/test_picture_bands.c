/* A picture read in bands: the same pixels in every size as one read at once. */
#include "cm.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "image/disk_image.h"
#include "image/writer.h"
#include "pipe/convert/halve_image.h"
#include "test_folder.h"
#include "test_image.h"
#include "viewer/load/picture_bands.h"

/* Odd in both directions, some bands high. */
enum { WIDTH = 2501, HEIGHT = 1701 };

static const char *save(void **state, int channels, int depth)
{
    Err err;
    Image *image = picture(WIDTH, HEIGHT, channels, depth);
    SaveOptions options = {.overwrite = true};
    const char *path = in_folder(state, "large.tif");
    assert_true(writer_save(image, path, &options, &err));
    image_unref(&image);
    return path;
}

static Pyramid *read_picture(const char *path, Cancel *cancel, uint64_t memory,
                             Err *err)
{
    atomic_int done = 0;
    Reader *reader = reader_open(path, NULL, err);
    assert_non_null(reader);
    BandReading how = {.disk = true, .memory = memory, .cancel = cancel, .done = &done};
    Pyramid *pyramid = picture_bands_read(reader, path, &how, err);
    reader_close(reader);
    if (pyramid)
        assert_int_equal(done, 1000);
    return pyramid;
}

static void assert_same(Pyramid *a, Pyramid *b, ScaleArea area, int width, int height)
{
    Err err;
    Image *one = pyramid_view(a, area, width, height, NULL, NULL, &err);
    Image *other = pyramid_view(b, area, width, height, NULL, NULL, &err);
    for (int y = 0; y < height; y++)
        assert_memory_equal(image_row(one, y), image_row(other, y),
                            image_row_bytes(one->info));
    image_unref(&one);
    image_unref(&other);
}

static void every_view_is_that_of_a_picture_in_memory(void **state)
{
    Err err;
    setenv("TMPDIR", *state, 1);
    for (int depth = 8; depth <= 16; depth += 8) {
        const char *path = save(state, 4, depth);
        Pyramid *disk = read_picture(path, NULL, UINT64_MAX, &err);
        assert_true(disk_image_is(pyramid_image(disk)));
        Image *image = reader_load(path, NULL, &err);
        Pyramid *memory = pyramid_new(image);
        image_unref(&image);
        assert_same(disk, memory, (ScaleArea){0, 0, WIDTH, HEIGHT}, 700, 476);
        assert_same(disk, memory, (ScaleArea){0, 0, WIDTH, HEIGHT}, 100, 68);
        assert_same(disk, memory, (ScaleArea){0, 0, WIDTH, HEIGHT}, 2000, 1360);
        assert_same(disk, memory, (ScaleArea){1001, 333, 400, 300}, 400, 300);
        assert_same(disk, memory, (ScaleArea){2401, 1601, 100, 100}, 400, 400);
        pyramid_unref(&disk);
        pyramid_unref(&memory);
        assert_int_equal(folder_count(*state), 1);
    }
}

static void a_spare_picture_is_memory(void **state)
{
    Err err;
    const char *path = save(state, 3, 16);
    Pyramid *spare = NULL, *other = NULL;
    for (int i = 0; i < 3; i++) {
        Reader *reader = reader_open(path, NULL, &err);
        BandReading how = {.spare = spare};
        const uint8_t *memory = spare ? pyramid_image(spare)->data : NULL;
        Image *held = i == 2 ? image_ref(pyramid_image(spare)) : NULL;
        Pyramid *read = picture_bands_read(reader, path, &how, &err);
        reader_close(reader);
        if (i == 1)
            assert_ptr_equal(pyramid_image(read)->data, memory);
        if (i == 2) /* somebody else has the image */
            assert_ptr_not_equal(pyramid_image(read)->data, memory);
        if (other)
            assert_same(read, other, (ScaleArea){0, 0, WIDTH, HEIGHT}, 700, 476);
        image_unref(&held);
        pyramid_unref(&spare);
        pyramid_unref(&other);
        spare = read;
        other = i == 0 ? read_picture(path, NULL, UINT64_MAX, &err) : NULL;
    }
    pyramid_unref(&spare);
}

typedef struct Parts {
    int count;
    Pyramid *last;
} Parts;

static void take_part(void *context, Pyramid *rough)
{
    Parts *parts = context;
    pyramid_unref(&parts->last);
    parts->last = rough;
    parts->count++;
}

/* Seven parts: what has been read, and black below. */
static void parts_can_be_shown_meanwhile(void **state)
{
    Err err;
    Parts parts = {0};
    atomic_int done = 0;
    setenv("TMPDIR", *state, 1);
    const char *path = save(state, 3, 8);
    Reader *reader = reader_open(path, NULL, &err);
    BandReading how = {.disk = true,
                       .memory = 1 << 20,
                       .done = &done,
                       .take = take_part,
                       .context = &parts};
    Pyramid *disk = picture_bands_read(reader, path, &how, &err);
    reader_close(reader);
    assert_int_equal(parts.count, 7);
    assert_int_equal(pyramid_info(parts.last).width, WIDTH);
    assert_null(pyramid_image(parts.last));
    Image *part = pyramid_largest(parts.last), *spare = NULL;
    Image *half = halve_image(pyramid_image(disk), &spare, NULL, NULL, &err);
    assert_memory_equal(&part->info, &half->info, sizeof half->info);
    for (int y = 0; y < part->info.height / 2; y++)
        assert_memory_equal(image_row(part, y), image_row(half, y),
                            image_row_bytes(part->info));
    assert_int_equal(image_row(part, part->info.height - 1)[0], 0);
    image_unref(&half);
    pyramid_unref(&parts.last);
    pyramid_unref(&disk);
}

static void count_call(void *context)
{
    ++*(int *)context;
}

/* Into memory, in small bands that wait for leave: the same pixels. */
static void reading_can_be_put_off_between_bands(void **state)
{
    Err err;
    int calls = 0;
    const char *path = save(state, 3, 16);
    Reader *reader = reader_open(path, NULL, &err);
    BandReading how = {.pause = count_call, .context = &calls};
    Pyramid *bands = picture_bands_read(reader, path, &how, &err);
    reader_close(reader);
    assert_true(calls > 10);
    assert_false(disk_image_is(pyramid_image(bands)));
    Image *image = reader_load(path, NULL, &err);
    Pyramid *whole = pyramid_new(image);
    image_unref(&image);
    assert_same(bands, whole, (ScaleArea){0, 0, WIDTH, HEIGHT}, 300, 204);
    assert_same(bands, whole, (ScaleArea){1001, 333, 400, 300}, 400, 300);
    pyramid_unref(&bands);
    pyramid_unref(&whole);
}

/* Rows and columns exchanged, in bands that are a part of the image. */
static void turned_pictures_are_read_in_bands(void **state)
{
    uint8_t exif[] = "II*\0\10\0\0\0\1\0\x12\1\3\0\1\0\0\0\1\0\0\0\0\0\0";
    setenv("TMPDIR", *state, 1);
    for (uint8_t orientation = 3; orientation <= 8; orientation++) {
        Err err;
        Image *image = picture(WIDTH, HEIGHT, 3, 8);
        SaveOptions options = {.overwrite = true};
        const char *path = in_folder(state, "turned.png");
        exif[18] = orientation;
        image->meta = meta_new();
        meta_set(&image->meta->exif, exif, sizeof exif, NULL);
        assert_true(writer_save(image, path, &options, &err));
        image_unref(&image);
        Pyramid *disk = read_picture(path, NULL, 4 << 20, &err);
        image = reader_load(path, NULL, &err);
        Pyramid *memory = pyramid_new(image);
        assert_same(disk, memory,
                    (ScaleArea){0, 0, image->info.width, image->info.height}, 600, 600);
        assert_same(disk, memory, (ScaleArea){901, 333, 400, 300}, 400, 300);
        image_unref(&image);
        pyramid_unref(&disk);
        pyramid_unref(&memory);
    }
}

static void it_can_be_cancelled_and_find_no_folder(void **state)
{
    Err err;
    Cancel cancel = {0};
    setenv("TMPDIR", *state, 1);
    const char *path = save(state, 4, 16);
    cancel_set(&cancel, CANCEL_NEWER);
    Reader *reader = reader_open(path, &(ReadOptions){.cancel = NULL}, &err);
    atomic_int done = 0;
    BandReading how = {
        .disk = true, .memory = UINT64_MAX, .cancel = &cancel, .done = &done};
    assert_null(picture_bands_read(reader, path, &how, &err));
    assert_int_equal(err.kind, ERR_CANCELLED);
    reader_close(reader);
    setenv("TMPDIR", "/no/such/folder", 1);
    assert_null(read_picture(path, NULL, UINT64_MAX, &err));
    assert_non_null(strstr(err.text, "large.tif: /no/such/folder"));
}

/* A format whose decoder needs all of it. */
static void what_must_be_held_in_memory_is_refused(void **state)
{
    Err err;
    static const uint8_t gif[1 << 20] =
        "GIF89a\x80\x20\xE0\x10\0\0\0,\0\0\0\0\x80\x20\xE0\x10"; /* 8320 × 4320 */
    const char *path = in_folder(state, "large.gif");
    bytes_write(path, gif, sizeof gif);
    assert_null(read_picture(path, NULL, 1000, &err));
    assert_non_null(strstr(err.text, "large.gif: reading it takes 37 MB of memory"));
    assert_non_null(strstr(err.text, "raise --cache"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_view_is_that_of_a_picture_in_memory),
        cmocka_unit_test(a_spare_picture_is_memory),
        cmocka_unit_test(parts_can_be_shown_meanwhile),
        cmocka_unit_test(reading_can_be_put_off_between_bands),
        cmocka_unit_test(turned_pictures_are_read_in_bands),
        cmocka_unit_test(what_must_be_held_in_memory_is_refused),
        cmocka_unit_test(it_can_be_cancelled_and_find_no_folder),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
