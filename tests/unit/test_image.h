/* test_image — what the image tests share: test pictures, and files that hold them.
 *
 * Threads: one.
 * Python:  unaware.
 */
#ifndef LUTIST_TESTS_UNIT_TEST_IMAGE_H
#define LUTIST_TESTS_UNIT_TEST_IMAGE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cm.h"
#include "image/image.h"
#include "image/reader.h"
#include "image/writer.h"
#include "test_folder.h"

/* Samples that differ everywhere; smooth enough for JPEG. */
static inline Image *picture(int width, int height, int channels, int depth)
{
    Err err = {0};
    Image *image = image_new((ImageInfo){width, height, channels, depth}, &err);
    assert_non_null(image);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width * channels; x++) {
            int value = 40 + 2 * (x / channels) + 3 * y + 25 * (x % channels);
            if (depth == 8)
                image_row(image, y)[x] = (uint8_t)value;
            else
                ((uint16_t *)(void *)image_row(image, y))[x] = (uint16_t)(value * 251);
        }
    return image;
}

static inline void assert_same_pixels(const Image *a, const Image *b)
{
    assert_memory_equal(&a->info, &b->info, sizeof a->info);
    for (int y = 0; y < a->info.height; y++)
        assert_memory_equal(image_row(a, y), image_row(b, y), image_row_bytes(a->info));
}

static inline Image *load_good(const char *path)
{
    Err err = {0};
    Image *image = reader_load(path, NULL, &err);
    if (!image)
        fail_msg("%s", err.text);
    return image;
}

/* The whole of the error is "PATH: reason". */
static inline void assert_load_fails(const char *path, const char *reason)
{
    Err err = {0};
    char text[sizeof err.text];
    snprintf(text, sizeof text, "%s: %s", path, reason);
    assert_null(reader_load(path, NULL, &err));
    assert_string_equal(err.text, text);
    assert_int_equal(err.kind, ERR_FILE);
}

static inline void save_good(const Image *image, const char *path, int quality)
{
    Err err = {0};
    SaveOptions options = {.quality = quality, .overwrite = true};
    if (!writer_save(image, path, &options, &err))
        fail_msg("%s", err.text);
}

/* All rows, `strip` at a time, into `rows`, which has no padding. */
static inline void read_in_strips(const char *path, int strip, uint8_t *rows)
{
    Err err = {0};
    Reader *reader = reader_open(path, NULL, &err);
    assert_non_null(reader);
    ImageInfo info = reader_info(reader);
    size_t stride = image_row_bytes(info);
    for (int y = 0; y < info.height; y += strip) {
        int left = info.height - y;
        assert_true(reader_read(reader, rows + (size_t)y * stride, stride,
                                left < strip ? left : strip, &err));
    }
    reader_close(reader);
}

#endif
