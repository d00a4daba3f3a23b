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

static FileList list_of(const char *const *paths, int count)
{
    Err err;
    FileList files;
    assert_true(file_list_open(&files, paths, count, &err));
    return files;
}

static void assert_paths(const FileList *files, const char *text)
{
    char all[256] = "";
    for (int i = 0; i < files->count; i++)
        snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s",
                 i == files->at ? "*" : "", files->paths[i]);
    assert_string_equal(all, text);
}

static void a_newer_list_keeps_the_wanted_file_in_its_place(void **state)
{
    (void)state;
    const char *old[] = {"a", "c", "e", "g"}, *more[] = {"a", "b", "c", "e", "f", "g"};
    const char *fewer[] = {"a", "b", "g"}, *others[] = {"x", "y", "z"};
    FileList files = list_of(old, 4), fresh = list_of(more, 6);
    file_list_step(&files, 2);
    assert_true(file_list_refresh(&files, &fresh));
    assert_paths(&files, "abc*efg");
    assert_int_equal(fresh.count, 0);
    fresh = list_of(more, 6);
    assert_false(file_list_refresh(&files, &fresh));
    fresh = list_of(fewer, 3); /* it is gone, as the one before it */
    assert_true(file_list_refresh(&files, &fresh));
    assert_paths(&files, "ab*eg");
    fresh = list_of(others, 3);
    assert_true(file_list_refresh(&files, &fresh));
    assert_paths(&files, "xy*ez");
    file_list_close(&files);
}

/* A followed folder's first picture: the folder must not be lost. */
static void a_refreshed_list_has_inputs(void **state)
{
    (void)state;
    const char *first[] = {"a"}, *others[] = {"a", "b"};
    FileList files = {0}, fresh = list_of(first, 1);
    assert_true(file_list_refresh(&files, &fresh));
    assert_int_equal(files.n_inputs, 1);
    assert_string_equal(files.inputs[0], "a");
    fresh = list_of(others, 2);
    assert_true(file_list_refresh(&files, &fresh));
    assert_int_equal(files.n_inputs, 1); /* as was asked for */
    assert_int_equal(fresh.n_inputs, 0);
    file_list_close(&files);
}

static void a_path_is_forgotten_unless_it_is_wanted(void **state)
{
    (void)state;
    const char *paths[] = {"a", "b", "c"};
    FileList files = list_of(paths, 3);
    assert_true(file_list_go(&files, "b"));
    assert_false(file_list_go(&files, "b"));
    assert_false(file_list_go(&files, "no"));
    file_list_forget(&files, "b");
    assert_paths(&files, "a*bc");
    file_list_forget(&files, "no");
    file_list_forget(&files, "a");
    assert_paths(&files, "*bc");
    file_list_forget(&files, "c");
    assert_paths(&files, "*b");
    assert_null(file_list_beside(&files, 1));
    assert_null(file_list_beside(&files, -1));
    file_list_close(&files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_sorted_as_people_count),
        cmocka_unit_test(a_folder_stands_for_its_images),
        cmocka_unit_test(a_folder_without_images_is_an_error),
        cmocka_unit_test(steps_end_at_the_first_and_the_last),
        cmocka_unit_test(a_newer_list_keeps_the_wanted_file_in_its_place),
        cmocka_unit_test(a_refreshed_list_has_inputs),
        cmocka_unit_test(a_path_is_forgotten_unless_it_is_wanted),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
