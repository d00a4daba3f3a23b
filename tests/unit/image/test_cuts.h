/* test_cuts — files that end too early, at every byte.
 *
 * Threads: one.
 * Python:  unaware.
 */
#ifndef LUTIST_TESTS_UNIT_IMAGE_TEST_CUTS_H
#define LUTIST_TESTS_UNIT_IMAGE_TEST_CUTS_H

#include "image/reader.h"
#include "test_image.h"

/* Cut a file everywhere but in the end, which pixels do not need; none of it may load.
 */
static inline void assert_every_cut_fails(const char *path, size_t end)
{
    size_t size;
    uint8_t *bytes = bytes_read(path, &size);
    for (size_t cut = 1; cut < size - end; cut++) {
        Err err = {0};
        bytes_write(path, bytes, cut);
        Image *image = reader_load(path, NULL, &err);
        if (image)
            fail_msg("%s of %zu bytes loads with %zu", path, size, cut);
        assert_memory_equal(err.text, path, strlen(path));
        assert_null(strchr(err.text, '\n'));
    }
    bytes_write(path, bytes, size);
    mem_free(bytes);
}

/* Cut anywhere in its end, a file gives all of its pixels and says what is missing. */
static inline void assert_cut_end_is_noted(const char *path, size_t end)
{
    size_t size;
    uint8_t *bytes = bytes_read(path, &size);
    Image *whole = load_good(path);
    for (size_t cut = size - end; cut < size; cut++) {
        Err err = {0};
        Notes notes = {0};
        ReadOptions options = {.notes = &notes};
        bytes_write(path, bytes, cut);
        Image *image = reader_load(path, &options, &err);
        if (!image)
            fail_msg("%zu of %zu bytes: %s", cut, size, err.text);
        assert_same_pixels(whole, image);
        assert_true(notes.damaged);
        assert_non_null(strstr(notes.text, "missing"));
        image_unref(&image);
    }
    image_unref(&whole);
    mem_free(bytes);
}

#endif
