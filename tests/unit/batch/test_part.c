/* The parts of a batch's inputs. */
#include "cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "batch/part/part.h"

enum { FILES = 20000, MOST = 100 };

static void texts_are_read(void **state)
{
    (void)state;
    Part part = {0};
    assert_true(part_parse("3/16", &part, NULL));
    assert_int_equal(part.number, 3);
    assert_int_equal(part.of, 16);
    assert_true(part_parse("1/1", &part, NULL));
    static const char *const wrong[] = {"",     "3",    "0/2",          "3/2",
                                        "1/2 ", "+1/2", "1//2",         "1/70000",
                                        "1/2/", "a/b",  "99999999999/4"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        Err err = {0};
        assert_false(part_parse(wrong[i], &part, &err));
        assert_int_equal(err.kind, ERR_USAGE);
        assert_int_equal(part.of, 1);
    }
}

static void assert_path(const char *path, Part part, const char *wanted)
{
    char *label = part_label(part), *made = part_path(path, label);
    assert_string_equal(made, wanted);
    mem_free(label);
    mem_free(made);
}

static void paths_have_the_part_in_them(void **state)
{
    (void)state;
    assert_path("a.b/day.json", (Part){3, 16}, "a.b/day.03-of-16.json");
    assert_path(".lutist-journal.jsonl", (Part){3, 9}, ".lutist-journal.3-of-9.jsonl");
    assert_path("a.b/day", (Part){7, 100}, "a.b/day.007-of-100");
    assert_path("day.json", (Part){0}, "day.json");
}

/* The part of `name` among `of`; it is in one alone. */
static int part_of(const char *name, int of)
{
    int found = 0;
    for (int number = 1; number <= of; number++)
        if (part_has((Part){number, of}, name)) {
            assert_int_equal(found, 0);
            found = number;
        }
    assert_int_not_equal(found, 0);
    return found;
}

static void names_for_one_file_are_one(void **state)
{
    (void)state;
    assert_true(part_has((Part){0}, "a"));
    int wanted = part_of("in/a/b7.jpg", 64);
    assert_int_equal(part_of("./in//a/./b7.jpg", 64), wanted);
    assert_int_equal(part_of("in/a/././b7.jpg", 64), wanted);
    assert_int_not_equal(part_of("/a/.b/c.d", 65536), part_of("/a/b/c.d", 65536));
}

enum { NAME = 64 };
typedef void (*name_fn)(char name[NAME], int number, int folder);

static void name_in_one_folder(char name[NAME], int number, int folder)
{
    (void)folder;
    snprintf(name, NAME, "photos/IMG_%07d.jpg", number);
}

static void name_with_its_day(char name[NAME], int number, int folder)
{
    snprintf(name, NAME, "%07d-day%d.png", number, folder);
}

static void name_in_a_folder(char name[NAME], int number, int folder)
{
    snprintf(name, NAME, "day%d/P%d (edited).jp2", folder, number);
}

/* No part is off the mean by more. Sizes vary by a half to either side. */
static void assert_even(name_fn give, int step, int of)
{
    static const double within = 0.05;
    double bytes[MOST] = {0}, total = 0;
    srand(7);
    for (int i = 0; i < FILES; i++) {
        char name[NAME];
        give(name, i * step, i / 500);
        double size = 0.5 + rand() / (double)RAND_MAX;
        bytes[part_of(name, of) - 1] += size;
        total += size;
    }
    for (int i = 0; i < of; i++)
        if (bytes[i] < total / of * (1 - within) ||
            bytes[i] > total / of * (1 + within))
            fail_msg("by %d: part %d of %d has %.3f of the mean", step, i + 1, of,
                     bytes[i] * of / total);
}

/* Whatever the camera's way of counting, and however many of the pictures are kept. */
static void parts_are_of_one_size(void **state)
{
    (void)state;
    static const int steps[] = {1, 2, 3, 5, 10, 16, 100, 1000};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        assert_even(name_in_one_folder, steps[i], 16);
        assert_even(name_with_its_day, steps[i], 10);
    }
    assert_even(name_in_a_folder, 1, 16);
    assert_even(name_in_one_folder, 1, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_read),
        cmocka_unit_test(paths_have_the_part_in_them),
        cmocka_unit_test(names_for_one_file_are_one),
        cmocka_unit_test(parts_are_of_one_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
