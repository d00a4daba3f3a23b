/* Images in temporary files: pixels, what stays in memory, a full disk. */
#include "cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "image/disk_image.h"
#include "test_folder.h"

static const ImageInfo INFO = {1000, 700, 3, 16};

/* Pages of the image that this process has in its tables, by /proc. */
static long touched(const Image *image)
{
    FILE *file = fopen("/proc/self/smaps", "r");
    char line[512], start[32];
    long kilobytes = -1;
    bool found = false;
    snprintf(start, sizeof start, "%lx-", (unsigned long)(uintptr_t)image->data);
    assert_non_null(file);
    while (kilobytes < 0 && fgets(line, sizeof line, file)) {
        found = found || strncmp(line, start, strlen(start)) == 0;
        if (found)
            sscanf(line, "Rss: %ld", &kilobytes);
    }
    fclose(file);
    return kilobytes;
}

static void pixels_outlive_being_forgotten(void **state)
{
    Err err;
    setenv("TMPDIR", *state, 1);
    Image *image = disk_image_new(INFO, &err);
    assert_non_null(image);
    assert_true(disk_image_is(image));
    assert_int_equal(folder_count(*state), 0); /* the file has no name */
    for (int y = 0; y < INFO.height; y++)
        memset(image_row(image, y), y, image_row_bytes(INFO));
    assert_true(touched(image) > 1000);
    disk_image_forget(image, 0, INFO.height);
    assert_int_equal(touched(image), 0);
    for (int y = 0; y < INFO.height; y++)
        assert_int_equal(image_row(image, y)[y], (uint8_t)y);
    disk_image_forget(image, 100, 0); /* nothing */
    disk_image_forget(image, 100, 50);
    assert_int_equal(image_row(image, 120)[0], 120);
    image_unref(&image);
    image = image_new(INFO, &err);
    image_row(image, 3)[3] = 9;
    assert_false(disk_image_is(image));
    disk_image_forget(image, 0, INFO.height); /* in memory it stays */
    assert_int_equal(image_row(image, 3)[3], 9);
    image_unref(&image);
}

static void a_disk_without_room_is_told(void **state)
{
    (void)state;
    Err err;
    setenv("TMPDIR", *state, 1);
    ImageInfo info = {2000000000, 2000000000, 4,
                      16}; /* 32 exabytes: no disk has them */
    assert_null(disk_image_new(info, &err));
    assert_true(err.kind == ERR_MEMORY || err.kind == ERR_FILE);
    info = (ImageInfo){1 << 20, 1 << 30, 1, 8}; /* a petabyte */
    assert_null(disk_image_new(info, &err));
    assert_int_equal(err.kind, ERR_FILE);
    assert_non_null(strstr(err.text, "has no room for 1125899.9 GB of pixels"));
    assert_int_equal(folder_count(*state), 0);
    setenv("TMPDIR", "/no/such/folder", 1);
    assert_null(disk_image_new(INFO, &err));
    assert_non_null(strstr(err.text, "/no/such/folder: no temporary file can be made"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pixels_outlive_being_forgotten),
        cmocka_unit_test(a_disk_without_room_is_told),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
