/* Values that are texts: read, copied, compared, written again. */
#include "cm.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "pipe/param.h"

static Param file = {.kind = PARAM_FILE, .name = "table"};
static Param curve = {.kind = PARAM_CURVE, .name = "tones"};
static Param color = {.kind = PARAM_COLOR, .name = "tint"};

/* `text` as a value of `param` is written as `want`. */
static void expect_read(const Param *param, const char *text, const char *want)
{
    ParamValue value = {0}, again = {0};
    Err err = {0};
    bool good = param_parse(param, text, &value, &err);
    assert_string_equal(err.text, "");
    assert_true(good);
    char *literal = param_literal(param, value);
    assert_string_equal(literal, want);
    assert_true(param_check(param, value, &err));
    assert_true(param_parse(param, literal, &again, &err));
    assert_true(param_equal(value, again));
    mem_free(literal);
    param_clear(&value);
    param_clear(&again);
}

static void expect_refused(const Param *param, const char *text, const char *why)
{
    ParamValue value = param_number(7);
    Err err = {0};
    assert_false(param_parse(param, text, &value, &err));
    assert_int_equal(err.kind, ERR_USAGE);
    assert_non_null(strstr(err.text, param->name));
    assert_non_null(strstr(err.text, why));
    assert_null(strchr(err.text, '\n'));
    assert_true(value.number == 7 && !value.text);
}

static void colours_are_six_digits(void **state)
{
    (void)state;
    expect_read(&color, "#Ff8000", "#ff8000");
    static const char *const bad[] = {"",         "ff8000",   "#ff800",  "#ff80000",
                                      "#ff 800",  "#-f8000",  "#0xff80", "#gg0000",
                                      "#ff80 00", " #ff8000", "red"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        expect_refused(&color, bad[i], "#rrggbb");
    int rgb[3];
    assert_true(param_rgb("#0180ff", rgb));
    assert_true(rgb[0] == 1 && rgb[1] == 128 && rgb[2] == 255);
}

static void curves_are_points_that_rise(void **state)
{
    (void)state;
    expect_read(&curve, "0,0 1,1", "0,0 1,1");
    expect_read(&curve, "  0.0,-0  .25,1e-3\t1,1.000 ", "0,0 0.25,0.001 1,1");
    expect_read(&curve, "0.1,0.30000000000000004 0.2,1",
                "0.1,0.30000000000000004 0.2,1");
    static const char *const bad[] = {"",           "0,0",
                                      "0,0 0,1",    "0,0 1",
                                      "0,0 1,1.5",  "0,0 -1,1",
                                      "0,0 nan,1",  "0,0 1,inf",
                                      "0, 0 1,1",   "0,0 1,1x",
                                      "0,0,1 1,1",  "0x0,0 1,1",
                                      "0,0 1,1,",   "0,0 0.5,1 1,1 0.9,1",
                                      ",0 1,1",     "0,0 1,1 1,1",

                                      "0,0 1e999,1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        expect_refused(&curve, bad[i], "2 to 32 points");
}

static void a_curve_has_so_many_points_at_most(void **state)
{
    (void)state;
    ParamPoint points[PARAM_POINTS], back[PARAM_POINTS];
    for (int i = 0; i < PARAM_POINTS; i++)
        points[i] = (ParamPoint){i / 31.0, i / 33.0};
    ParamValue value = param_curve(points, PARAM_POINTS);
    const char *text = param_text_of(value);
    assert_int_equal(param_points(text, back), PARAM_POINTS);
    assert_memory_equal(points, back, sizeof points);
    char *longer = mem_printf("%s 1,1", text); /* the last x is 1 already */
    expect_refused(&curve, longer, "32");
    mem_free(longer);
    param_clear(&value);
}

static void a_file_is_an_absolute_path_that_exists(void **state)
{
    (void)state;
    char folder[] = "/tmp/lutist_param_XXXXXX", *start = getcwd(NULL, 0);
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    FILE *made = fopen("a b.cube", "w");
    assert_non_null(made);
    fclose(made);
    char *path = mem_printf("%s/a b.cube", folder), label[64];
    ParamValue value;
    expect_read(&file, "a b.cube", path);
    expect_read(&file, path, path);
    expect_read(&file, "", "");
    assert_int_equal(setenv("HOME", folder, 1), 0);
    expect_read(&file, "~/a b.cube", path);
    expect_refused(&file, "none.cube", "No such file");
    expect_refused(&file, folder, "folder");
    expect_refused(&file, "~", "No such file");
    assert_true(param_read(&file, "/none.cube", &value, NULL)); /* not looked for */
    assert_string_equal(param_text_of(value), "/none.cube");
    param_clear(&value);
    value = param_text(path);
    assert_string_equal(param_format(&file, value, label, sizeof label), "a b.cube");
    param_clear(&value);
    value = param_text("");
    assert_string_equal(param_format(&file, value, label, sizeof label), "none");
    param_clear(&value);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(chdir(start), 0);
    assert_int_equal(rmdir(folder), 0);
    mem_free(path);
    free(start);
}

static void arrays_are_copied_and_compared(void **state)
{
    (void)state;
    ParamValue values[] = {param_number(-0.0), param_text("#000000"), {0}};
    ParamValue *copy = param_values_copy(values, 3);
    assert_true(param_values_equal(values, copy, 3));
    param_clear(&values[1]);
    assert_string_equal(param_text_of(copy[1]), "#000000"); /* a reference of its own */
    assert_false(param_values_equal(values, copy, 3));
    values[1] = param_text("#000000"); /* another text, the same value */
    assert_true(param_values_equal(values, copy, 3));
    param_clear(&values[1]);
    param_values_free(copy, 3);
    param_values_free(NULL, 3);
}

enum { TURNS = 20000 };

static void *copy_and_clear(void *shared)
{
    for (int i = 0; i < TURNS; i++) {
        ParamValue own = param_copy(*(const ParamValue *)shared);
        param_clear(&own);
    }
    return NULL;
}

static void threads_share_a_text(void **state)
{
    (void)state;
    ParamValue value = param_text("#123456");
    pthread_t other;
    assert_int_equal(pthread_create(&other, NULL, copy_and_clear, &value), 0);
    copy_and_clear(&value);
    assert_int_equal(pthread_join(other, NULL), 0);
    assert_string_equal(param_text_of(value), "#123456");
    param_clear(&value);
    assert_string_equal(param_text_of(value), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(colours_are_six_digits),
        cmocka_unit_test(curves_are_points_that_rise),
        cmocka_unit_test(a_curve_has_so_many_points_at_most),
        cmocka_unit_test(a_file_is_an_absolute_path_that_exists),
        cmocka_unit_test(arrays_are_copied_and_compared),
        cmocka_unit_test(threads_share_a_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
