/* The text of .cube files: what is read, and what is refused in which words. */
#include "cm.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "pipe/cube/cube_number.h"
#include "pipe/cube/cube_text.h"

static const char EIGHT[] = "0 0 0\n1 0 0\n0 1 0\n1 1 0\n0 0 1\n1 0 1\n0 1 1\n1 1 1\n";

static bool parse(const char *text, CubeText *found, Err *err)
{
    return cube_text_parse(text, strlen(text), "film.cube", NULL, found, err);
}

static CubeText good(const char *text)
{
    CubeText found;
    Err err;
    if (!parse(text, &found, &err))
        fail_msg("%s", err.text);
    return found;
}

static void expect_refused(const char *text, const char *why)
{
    CubeText found;
    Err err;
    if (parse(text, &found, &err)) {
        cube_text_clear(&found);
        fail_msg("not refused: %s", text);
    }
    assert_int_equal(err.kind, ERR_FILE);
    if (strcmp(err.text, why) != 0)
        fail_msg("%s\n instead of\n%s", err.text, why);
}

static char *with_rows(const char *header)
{
    return mem_printf("%s%s", header, EIGHT);
}

static void a_file_of_adobes_is_read(void **state)
{
    (void)state;
    char *text = with_rows("# made by hand\r\n\r\nTITLE \"warm # film\"\r\n"
                           "LUT_3D_SIZE 2\r\n\t DOMAIN_MIN -1 0 0.5\r\n"
                           "DOMAIN_MAX  1 2 1.5 \r\n# rows\r\n");
    CubeText found = good(text);
    const Lut3d *table = &found.cube->table;
    assert_null(found.rows);
    assert_int_equal(table->size, 2);
    assert_true(table->lo[0] == -1 && table->lo[1] == 0 && table->lo[2] == 0.5);
    assert_true(table->scale[0] == 0.5 && table->scale[1] == 0.5 &&
                table->scale[2] == 1);
    assert_true(table->values[3] == 1 && table->values[4] == 0);
    assert_false(found.cube->identity);
    cube_text_clear(&found);
    mem_free(text);
}

static void the_identity_is_known(void **state)
{
    (void)state;
    char *text = with_rows("LUT_3D_SIZE 2\n");
    CubeText found = good(text);
    assert_true(found.cube->identity);
    for (int r = 0; r < 3; r++)
        for (int c = 0; c < 3; c++)
            assert_true(found.cube->slope[r][c] == (r == c));
    cube_text_clear(&found);
    mem_free(text);
}

static void a_1d_file_is_three_curves(void **state)
{
    (void)state;
    CubeText found = good("\xEF\xBB\xBFLUT_1D_SIZE 3\nLUT_1D_INPUT_RANGE -0.5 1.5\n"
                          "0 1 2\n\n# between\n.5 -1e-1 +2.5\n1.5E2 3. 4");
    assert_null(found.cube);
    assert_int_equal(found.n_rows, 3);
    const double want[9] = {0, 1, 2, 0.5, -0.1, 2.5, 150, 3, 4};
    assert_memory_equal(found.rows, want, sizeof want);
    assert_true(found.lo[2] == -0.5 && found.hi[2] == 1.5);
    cube_text_clear(&found);
}

static void a_shaper_stands_before_the_cube(void **state)
{
    (void)state;
    char *text = with_rows("LUT_1D_SIZE 3\nLUT_1D_INPUT_RANGE 0 2\nLUT_3D_SIZE 2\n"
                           "LUT_3D_INPUT_RANGE 0 1\n0 0 0\n.5 .5 .5\n1 1 2\n");
    CubeText found = good(text);
    assert_null(found.rows);
    double red = 0.5, green = 1.5, blue = 3;
    cube_eval(found.cube, 1, kernels_at(CPU_SCALAR),
              (double *const[3]){&red, &green, &blue}, 1);
    assert_true(red == 0.25 && green == 0.75 && blue == 1);
    assert_true(found.cube->slope[2][2] == 1.5);
    cube_text_clear(&found);
    mem_free(text);
}

static void the_rules_of_the_header_hold(void **state)
{
    (void)state;
    static const struct {
        const char *header, *why;
    } cases[] = {
        {"", "film.cube, line 1: the rows begin before LUT_3D_SIZE or LUT_1D_SIZE"},
        {"LUT_3D_SIZE 1\n", "film.cube, line 1: LUT_3D_SIZE is from 2 to 256"},
        {"LUT_3D_SIZE 257\n", "film.cube, line 1: LUT_3D_SIZE is from 2 to 256"},
        {"LUT_3D_SIZE 2.5\n", "film.cube, line 1: LUT_3D_SIZE is from 2 to 256"},
        {"LUT_3D_SIZE -2\n", "film.cube, line 1: LUT_3D_SIZE is from 2 to 256"},
        {"LUT_3D_SIZE\n", "film.cube, line 1: a number is missing"},
        {"LUT_3D_SIZE 2 2\n", "film.cube, line 1: 2 is too much"},
        {"LUT_1D_SIZE 65537\n", "film.cube, line 1: LUT_1D_SIZE is from 2 to 65536"},
        {"LUT_3D_SIZE 2\nLUT_3D_SIZE 2\n", "film.cube, line 2: a second LUT_3D_SIZE"},
        {"LUT_3D_SIZE 2\nTITLE film\n",
         "film.cube, line 2: the TITLE is not in double quotes"},
        {"TITLE \"\n", "film.cube, line 1: the TITLE is not in double quotes"},
        {"LUT_3D_SIZES 2\n",
         "film.cube, line 1: LUT_3D_SIZES is no keyword of .cube files"},
        {"LUT_3D_SIZE 2\nDOMAIN_MIN 0 1 0\n",
         "film.cube: the domain of green is empty: from 1 to 1"},
        {"LUT_3D_SIZE 2\nLUT_3D_INPUT_RANGE 1 0\n",
         "film.cube: the domain of red is empty: from 1 to 0"},
        {"LUT_3D_SIZE 2\nDOMAIN_MIN 0 0 0\nLUT_3D_INPUT_RANGE 0 1\n",
         "film.cube, line 4: either DOMAIN_MIN and DOMAIN_MAX or the INPUT_RANGE is "
         "wanted"},
        {"LUT_3D_SIZE 3\n", "film.cube, line 2: the table has 27 rows, and the file is "
                            "too short for them"},
        {"LUT_3D_SIZE 256\n", "film.cube, line 2: the table has 16777216 rows, and the "
                              "file is too short for them"},
        {"LUT_1D_SIZE 8\nLUT_3D_SIZE 256\n",
         "film.cube, line 11: the table has 16777216 rows, and the file is too short "
         "for "
         "them"},
        {"LUT_3D_SIZE 2\n9 9 9\n",
         "film.cube, line 10: a line after the last row of the table"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = with_rows(cases[i].header);
        expect_refused(text, cases[i].why);
        mem_free(text);
    }
    expect_refused("", "film.cube, line 1: LUT_3D_SIZE or LUT_1D_SIZE is missing");
    expect_refused("LUT_3D_SIZE 2\n# no rows\n",
                   "film.cube, line 3: the rows of the table are missing");
}

static void the_rules_of_the_rows_hold(void **state)
{
    (void)state;
    static const struct {
        const char *row, *why;
    } cases[] = {
        {"nan 0 0", "film.cube, line 2: nan is no keyword of .cube files"},
        {"0 nan 0", "film.cube, line 2: nan is not a number"},
        {"0 0 -inf", "film.cube, line 2: -inf is not a number"},
        {"0 0", "film.cube, line 2: a number is missing"},
        {"0 0 0 0", "film.cube, line 2: 0 is too much"},
        {"0 0 0 # why", "film.cube, line 2: # is too much"},
        {"0 \x1b[2J 0", "film.cube, line 2: \\x1b[2J is not a number"},
        {"0,5 0 0", "film.cube, line 2: 0,5 is not a number"},
        {"0x1 0 0", "film.cube, line 2: 0x1 is not a number"},
        {"1e 0 0", "film.cube, line 2: 1e is not a number"},
        {". 0 0", "film.cube, line 2: . is not a number"},
        {"1e31 0 0", "film.cube, line 2: 1e31 is too large"},
        {"1e999 0 0", "film.cube, line 2: 1e999 is not a number"},
        {"0 0 0\r0 0 0", "film.cube, line 2: 0\\r0 is not a number"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text =
            mem_printf("LUT_3D_SIZE 2\n%s\n%s# the end\n", cases[i].row, EIGHT + 6);
        expect_refused(text, cases[i].why);
        mem_free(text);
    }
    char *text =
        mem_printf("LUT_3D_SIZE 2\n%.*s   \n\n\n\n", (int)strlen(EIGHT) - 6, EIGHT);
    expect_refused(text, "film.cube, line 13: the file ends after 7 of 8 rows");
    mem_free(text);
}

/* No byte of the file may be needed for the rest to be refused in peace. */
static void every_beginning_of_a_file_is_refused(void **state)
{
    (void)state;
    char *text = with_rows("TITLE \"x\"\nLUT_1D_SIZE 2\nLUT_3D_SIZE 2\n0 0 0\n1 1 1\n");
    size_t whole = strlen(text);
    for (size_t n = 0; n + 2 < whole; n++) {
        char *part = mem_new(n + 1, 1); /* so that a sanitizer sees a read behind it */
        memcpy(part, text, n);
        CubeText found;
        Err err;
        assert_false(cube_text_parse(part, n, "film.cube", NULL, &found, &err));
        mem_free(part);
    }
    mem_free(text);
}

static void a_cancel_stops_the_rows(void **state)
{
    (void)state;
    Cancel cancel = {CANCEL_NONE};
    CubeText found;
    Err err;
    char *text = with_rows("LUT_3D_SIZE 2\n");
    cancel_set(&cancel, CANCEL_STOPPED);
    assert_false(cube_text_parse(text, strlen(text), "x", &cancel, &found, &err));
    assert_int_equal(err.kind, ERR_CANCELLED);
    mem_free(text);
}

static void expect_number(const char *text, double want)
{
    double got = NAN;
    assert_true(cube_number_parse(text, strlen(text), &got));
    if (got != want || signbit(got) != signbit(want))
        fail_msg("%s is %.17g, not %.17g", text, got, want);
}

static void numbers_are_rounded_to_nearest(void **state)
{
    (void)state;
    expect_number("-0", -0.0);
    expect_number("0.1", 0.1);
    expect_number("9007199254740993", 9007199254740992.0);
    expect_number("9007199254740993.0000000000000000000000001", 9007199254740994.0);
    expect_number("00000000000000000000000000000.5", 0.5);
    expect_number("0.000000000000000000000000000000000000125e38", 12.5);
    expect_number("123456789012345678901234567890e-29", 1.2345678901234567890123456789);
    expect_number("1e-400", 0);
    expect_number("2.2250738585072011e-308", 2.2250738585072011e-308);
    unsigned seed = 1;
    for (int i = 0; i < 100000; i++) {
        char text[64];
        seed = seed * 1664525u + 1013904223u;
        double value = seed / 4294967296.0 * 2 - 0.5;
        snprintf(text, sizeof text, "%.*f", (int)(seed >> 8) % 18, value);
        expect_number(text, strtod(text, NULL));
    }
}

/* Where the comma is the decimal point. */
static void the_locale_does_not_matter(void **state)
{
    (void)state;
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8",
                                        "C"};
    for (int i = 0; i < 4 && !setlocale(LC_ALL, names[i]); i++)
        ;
    expect_number("0.25", 0.25);
    expect_number("0.12345678901234567890123", 0.12345678901234567890123);
    setlocale(LC_ALL, "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_of_adobes_is_read),
        cmocka_unit_test(the_identity_is_known),
        cmocka_unit_test(a_1d_file_is_three_curves),
        cmocka_unit_test(a_shaper_stands_before_the_cube),
        cmocka_unit_test(the_rules_of_the_header_hold),
        cmocka_unit_test(the_rules_of_the_rows_hold),
        cmocka_unit_test(every_beginning_of_a_file_is_refused),
        cmocka_unit_test(a_cancel_stops_the_rows),
        cmocka_unit_test(numbers_are_rounded_to_nearest),
        cmocka_unit_test(the_locale_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
