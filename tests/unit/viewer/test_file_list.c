/* The images that can be leafed through: their order, and the way among them. */
#include "cm.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "test_folder.h"
#include "viewer/state/file_list.h"

static void touch(const char *path)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fclose(file);
}

static void names_are_sorted_as_people_count(void **state)
{
    (void)state;
    static const char *const sorted[] = {"",       "1.jpg",   "007.jpg",
                                         "9.jpg",  "10.jpg",  "B2.jpg",
                                         "b3.jpg", "b12.jpg", "b12a.jpg"};
    int count = (int)(sizeof sorted / sizeof *sorted);
    for (int i = 0; i < count; i++)
        for (int k = 0; k < count; k++) {
            int order = file_list_compare(sorted[i], sorted[k]);
            assert_int_equal((order > 0) - (order < 0), (i > k) - (i < k));
        }
    assert_int_not_equal(file_list_compare("a1.jpg", "A1.jpg"), 0); /* two files */
    assert_int_not_equal(file_list_compare("1.jpg", "01.jpg"), 0);
}

static void a_folder_stands_for_its_images(void **state)
{
    Err err;
    FileList files;
    char folder[4096];
    snprintf(folder, sizeof folder, "%s", in_folder(state, "shots"));
    assert_int_equal(mkdir(folder, 0777), 0);
    static const char *const names[] = {"10.jpg", "9.png", ".8.jpg", "notes.txt"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[5000];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        touch(path);
    }
    const char *inputs[] = {"named/first.jpg", folder};
    assert_true(file_list_open(&files, inputs, 2, &err));
    assert_int_equal(files.count, 3);
    assert_string_equal(file_list_path(&files), "named/first.jpg"); /* there or not */
    assert_string_equal(strrchr(files.paths[1], '/'), "/9.png");
    assert_string_equal(strrchr(files.paths[2], '/'), "/10.jpg");
    file_list_close(&files);
}

static void a_folder_without_images_is_an_error(void **state)
{
    Err err;
    FileList files;
    const char *empty = in_folder(state, "empty");
    assert_int_equal(mkdir(empty, 0777), 0);
    assert_false(file_list_open(&files, &empty, 1, &err));
    assert_non_null(strstr(err.text, "no images in this folder"));
    file_list_close(&files);
    const char *inputs[] = {empty, "one.jpg"}; /* one image is enough */
    assert_true(file_list_open(&files, inputs, 2, &err));
    file_list_close(&files);
}

static void steps_end_at_the_first_and_the_last(void **state)
{
    (void)state;
    Err err;
    FileList files;
    const char *inputs[] = {"a.jpg", "b.jpg", "c.jpg"};
    assert_true(file_list_open(&files, inputs, 3, &err));
    assert_false(file_list_step(&files, -1));
    assert_true(file_list_step(&files, 1) && file_list_step(&files, 1));
    assert_false(file_list_step(&files, 1));
    assert_string_equal(file_list_path(&files), "c.jpg");
    assert_true(file_list_step(&files, -100));
    assert_string_equal(file_list_path(&files), "a.jpg");
    file_list_close(&files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_sorted_as_people_count),
        cmocka_unit_test(a_folder_stands_for_its_images),
        cmocka_unit_test(a_folder_without_images_is_an_error),
        cmocka_unit_test(steps_end_at_the_first_and_the_last),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
