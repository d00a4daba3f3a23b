/* The text of .cube files: what is read, and what is refused in which words. */
#include "cm.h"

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "pipe/cube/cube_lines.h"
#include "pipe/cube/cube_number.h"
#include "pipe/cube/cube_text.h"

static const char EIGHT[] = "0 0 0\n1 0 0\n0 1 0\n1 1 0\n0 0 1\n1 0 1\n0 1 1\n1 1 1\n";

static bool read_some(const char *text, size_t size, Cancel *cancel, CubeTables *found,
                      Err *err)
{
    FILE *file = fmemopen((char *)text, size ? size : 1, "r");
    assert_non_null(file);
    bool good = cube_text_read(file, size, "film.cube", cancel, found, err);
    fclose(file);
    return good;
}

static bool parse(const char *text, CubeTables *found, Err *err)
{
    return read_some(text, strlen(text), NULL, found, err);
}

static CubeTables good(const char *text)
{
    CubeTables found;
    Err err;
    if (!parse(text, &found, &err))
        fail_msg("%s", err.text);
    return found;
}

static void expect_refused(const char *text, const char *why)
{
    CubeTables found;
    Err err;
    if (parse(text, &found, &err)) {
        cube_tables_clear(&found);
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
    CubeTables found = good(text);
    const Lut3d *table = &found.cube->table;
    assert_null(found.rows);
    assert_int_equal(table->size, 2);
    assert_true(table->lo[0] == -1 && table->lo[1] == 0 && table->lo[2] == 0.5);
    assert_true(table->scale[0] == 0.5 && table->scale[1] == 0.5 &&
                table->scale[2] == 1);
    assert_true(table->values[3] == 1 && table->values[4] == 0);
    assert_false(found.cube->identity);
    cube_tables_clear(&found);
    mem_free(text);
}

static void the_identity_is_known(void **state)
{
    (void)state;
    char *text = with_rows("LUT_3D_SIZE 2\n");
    CubeTables found = good(text);
    assert_true(found.cube->identity);
    for (int r = 0; r < 3; r++)
        for (int c = 0; c < 3; c++)
            assert_true(found.cube->slope[r][c] == (r == c));
    cube_tables_clear(&found);
    mem_free(text);
}

static void a_1d_file_is_three_curves(void **state)
{
    (void)state;
    CubeTables found = good("\xEF\xBB\xBFLUT_1D_SIZE 3\nLUT_1D_INPUT_RANGE -0.5 1.5\n"
                            "0 1 2\n\n# between\n.5 -1e-1 +2.5\n1.5E2 3. 4");
    assert_null(found.cube);
    assert_int_equal(found.n_rows, 3);
    const double want[9] = {0, 1, 2, 0.5, -0.1, 2.5, 150, 3, 4};
    assert_memory_equal(found.rows, want, sizeof want);
    assert_true(found.lo[2] == -0.5 && found.hi[2] == 1.5);
    cube_tables_clear(&found);
}

static void a_shaper_stands_before_the_cube(void **state)
{
    (void)state;
    char *text = with_rows("LUT_1D_SIZE 3\nLUT_1D_INPUT_RANGE 0 2\nLUT_3D_SIZE 2\n"
                           "LUT_3D_INPUT_RANGE 0 1\n0 0 0\n.5 .5 .5\n1 1 2\n");
    CubeTables found = good(text);
    assert_int_equal(found.n_rows, 3);
    assert_true(found.lo[1] == 0 && found.hi[1] == 2);
    assert_true(found.cube->identity);
    Cube *shaped = cube_tables_join(&found, NULL);
    assert_ptr_equal(shaped->values, found.cube->values);
    cube_tables_clear(&found); /* what is joined lives on */
    double red = 0.5, green = 1.5, blue = 3;
    cube_eval(shaped, 1, kernels_at(CPU_SCALAR),
              (double *const[3]){&red, &green, &blue}, 1);
    assert_true(red == 0.25 && green == 0.75 && blue == 1);
    assert_true(shaped->slope[2][2] == 1.5);
    assert_false(shaped->identity);
    cube_unref(&shaped);
    mem_free(text);
}

typedef struct Broken {
    const char *header, *why;
} Broken;

/* In front of eight rows. */
static void expect_headers_refused(const Broken *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *text = with_rows(cases[i].header);
        expect_refused(text, cases[i].why);
        mem_free(text);
    }
}

static void the_rules_of_the_header_hold(void **state)
{
    (void)state;
    static const Broken cases[] = {
        {"", "film.cube, line 1: the rows begin before LUT_3D_SIZE or LUT_1D_SIZE"},
        {"LUT_3D_SIZE 1\n",
         "film.cube, line 1: LUT_3D_SIZE is a whole number from 2 to 256"},
        {"LUT_3D_SIZE 257\n",
         "film.cube, line 1: LUT_3D_SIZE is a whole number from 2 to 256"},
        {"LUT_3D_SIZE 2.5\n",
         "film.cube, line 1: LUT_3D_SIZE is a whole number from 2 to 256"},
        {"LUT_3D_SIZE -2\n",
         "film.cube, line 1: LUT_3D_SIZE is a whole number from 2 to 256"},
        {"LUT_3D_SIZE\n", "film.cube, line 1: a number is missing"},
        {"LUT_3D_SIZE 2 2\n", "film.cube, line 1: 2 is too much"},
        {"LUT_1D_SIZE 65537\n",
         "film.cube, line 1: LUT_1D_SIZE is a whole number from 2 to "
         "65536"},
        {"LUT_3D_SIZE 2\nLUT_3D_SIZE 2\n",
         "film.cube, line 2: a second LUT_3D_SIZE; the first is in line 1"},
        {"LUT_3D_SIZE 2\nTITLE film\n",
         "film.cube, line 2: the TITLE is not a text in double quotes"},
        {"TITLE \"\n", "film.cube, line 1: the TITLE is not a text in double quotes"},
        {"LUT_3D_SIZES 2\n", "film.cube, line 1: LUT_3D_SIZES is neither a keyword of "
                             ".cube files nor a number"},
        {"LUT_3D_SIZE 3\n", "film.cube, line 10: the file ends after 8 of 27 rows"},
        {"LUT_3D_SIZE 64\n", "film.cube, line 1: LUT_3D_SIZE: the table has 262144 "
                             "rows, and the file is too short for them"},
        {"LUT_3D_SIZE 256\n", "film.cube, line 1: LUT_3D_SIZE: the table has 16777216 "
                              "rows, and the file is too short for them"},
        {"LUT_1D_SIZE 8\nLUT_3D_SIZE 256\n",
         "film.cube, line 2: LUT_3D_SIZE: the table has 16777216 rows, and the file is "
         "too short for them"},
        {"LUT_3D_SIZE 2\n9 9 9\n",
         "film.cube, line 10: 1 comes after the last row of the table"},
        {"TITLE \"a\" \"b\"\n",
         "film.cube, line 1: the TITLE is not a text in double quotes"},
        {"title \"a\"\n",
         "film.cube, line 1: title is neither a keyword of .cube files nor a number"},
    };
    expect_headers_refused(cases, sizeof cases / sizeof *cases);
    expect_refused("", "film.cube: the file is empty");
    expect_refused("LUT_3D_SIZE 2\n# no rows\n",
                   "film.cube, line 3: the rows of the table are missing");
}

static void the_rules_of_the_domains_hold(void **state)
{
    (void)state;
    static const Broken cases[] = {
        {"LUT_3D_SIZE 2\nDOMAIN_MIN 0 1 0\n",
         "film.cube, line 2: the domain of green is empty: from 1 to 1"},
        {"LUT_3D_SIZE 2\nLUT_3D_INPUT_RANGE 1 0\n",
         "film.cube, line 2: the domain of red is empty: from 1 to 0"},
        {"LUT_3D_SIZE 2\nDOMAIN_MIN 0 0 0\nLUT_3D_INPUT_RANGE 0 1\n",
         "film.cube, line 3: LUT_3D_INPUT_RANGE beside DOMAIN_MIN: use only one "
         "of them"},
        {"LUT_1D_INPUT_RANGE 0 1\nLUT_1D_SIZE 2\nDOMAIN_MAX 1 1 1\n",
         "film.cube, line 1: LUT_1D_INPUT_RANGE beside DOMAIN_MAX: use only one "
         "of them"},
        {"LUT_1D_INPUT_RANGE 0 1\nLUT_3D_SIZE 2\n",
         "film.cube, line 1: LUT_1D_INPUT_RANGE without LUT_1D_SIZE"},
        {"LUT_1D_SIZE 8\nLUT_3D_INPUT_RANGE 0 1\n",
         "film.cube, line 2: LUT_3D_INPUT_RANGE without LUT_3D_SIZE"},
        {"LUT_1D_SIZE 2\nLUT_3D_SIZE 2\nDOMAIN_MIN 0 0 0\n",
         "film.cube, line 3: DOMAIN_MIN in a file of two tables: each wants its "
         "INPUT_RANGE"},
        {"LUT_3D_SIZE 2\nDOMAIN_MAX 1 1 1e-7\n",
         "film.cube, line 2: the domain of blue is too narrow: from 0 to 1e-07"},
        {"DOMAIN_MAX 1 1 1\nDOMAIN_MIN 0 0 1\nLUT_1D_SIZE 8\n",
         "film.cube, line 2: the domain of blue is empty: from 1 to 1"},
    };
    expect_headers_refused(cases, sizeof cases / sizeof *cases);
}

static void the_rules_of_the_rows_hold(void **state)
{
    (void)state;
    static const struct {
        const char *row, *why;
    } cases[] = {
        {"nan 0 0",
         "film.cube, line 2: nan is neither a keyword of .cube files nor a number"},
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
        {"1e31 0 0",
         "film.cube, line 2: 1e31 is out of range: a number goes from -1e30 to 1e30"},
        {"1e999 0 0",
         "film.cube, line 2: 1e999 is out of range: a number goes from -1e30 to 1e30"},
        {"0 0 0\nDOMAIN_MIN 0 0 0",
         "film.cube, line 3: DOMAIN_MIN comes after the first row"},
        {"0 0 0\nnan 0 0", "film.cube, line 3: nan is not a number"},
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

/* Lines across the blocks in which a file is read, and one that fits in none. */
static void long_lines_are_read_and_longer_ones_refused(void **state)
{
    (void)state;
    size_t room = CUBE_LINES_LONGEST - 1;
    char *blanks = mem_new(room + 1, 1);
    memset(blanks, ' ', room);
    blanks[room] = 0;
    char *text = mem_printf("LUT_3D_SIZE 2\n%.*s\n0 0%s0\n%s#%.*s\n", (int)room, blanks,
                            blanks + 4, EIGHT + 6, (int)room - 1, blanks);
    CubeTables found = good(text);
    assert_true(found.cube->identity);
    cube_tables_clear(&found);
    mem_free(text);
    text = mem_printf("LUT_3D_SIZE 2\n# %s\n%s", blanks, EIGHT);
    expect_refused(text, "film.cube, line 2: is longer than 65535 bytes");
    mem_free(text);
    mem_free(blanks);
}

static void a_failure_to_read_is_told(void **state)
{
    (void)state;
    FILE *folder = fopen("/tmp", "r");
    assert_non_null(folder);
    CubeTables found;
    Err err;
    assert_false(cube_text_read(folder, 100, "film.cube", NULL, &found, &err));
    fclose(folder);
    assert_int_equal(err.code, EISDIR);
    assert_string_equal(err.text, "film.cube: Is a directory");
}

/* A file that shrinks while it is read just ends. */
static void a_size_that_is_too_large_is_no_matter(void **state)
{
    (void)state;
    CubeTables found;
    Err err;
    char *text = with_rows("LUT_3D_SIZE 2\n");
    FILE *file = fmemopen(text, strlen(text), "r");
    assert_true(cube_text_read(file, 1000000, "film.cube", NULL, &found, &err));
    fclose(file);
    cube_tables_clear(&found);
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
        CubeTables found;
        Err err;
        assert_false(read_some(part, n, NULL, &found, &err));
        mem_free(part);
    }
    mem_free(text);
}

static void a_cancel_stops_the_rows(void **state)
{
    (void)state;
    Cancel cancel = {CANCEL_NONE};
    CubeTables found;
    Err err;
    char *text = with_rows("LUT_3D_SIZE 2\n");
    cancel_set(&cancel, CANCEL_STOPPED);
    assert_false(read_some(text, strlen(text), &cancel, &found, &err));
    assert_int_equal(err.kind, ERR_CANCELLED);
    mem_free(text);
}

/* A file of `left` bytes of comments; its second part comes with the order to stop. */
typedef struct Endless {
    size_t left;
    int parts;
    Cancel cancel;
} Endless;

static ssize_t read_comments(void *cookie, char *bytes, size_t size)
{
    Endless *file = cookie;
    size_t n = size < file->left ? size : file->left;
    memset(bytes, '\n', n);
    for (size_t i = 0; i < n; i += 2)
        bytes[i] = '#';
    file->left -= n;
    if (++file->parts == 2)
        cancel_set(&file->cancel, CANCEL_STOPPED);
    return (ssize_t)n;
}

static void a_cancel_stops_comments(void **state)
{
    (void)state;
    const size_t size = (size_t)1 << 30;
    Endless endless = {.left = size, .cancel = {CANCEL_NONE}};
    CubeTables found;
    Err err;
    FILE *file =
        fopencookie(&endless, "r", (cookie_io_functions_t){.read = read_comments});
    assert_non_null(file);
    assert_false(
        cube_text_read(file, size, "film.cube", &endless.cancel, &found, &err));
    fclose(file);
    assert_int_equal(err.kind, ERR_CANCELLED);
    assert_true(endless.left > size / 2);
}

static void expect_number(const char *text, double want)
{
    double got = NAN;
    assert_true(cube_number_parse(text, strlen(text), &got));
    if (got != want || signbit(got) != signbit(want))
        fail_msg("%s is %.17g, not %.17g", text, got, want);
}

static void a_number_may_be_long(void **state)
{
    (void)state;
    char text[5000];
    double value = 1;
    memset(text, '0', sizeof text);
    memcpy(text, "0.", 2);
    for (size_t n = 250; n < sizeof text; n += 950) {
        assert_true(cube_number_parse(text, n, &value));
        assert_true(value == 0);
    }
    text[1] = '0';
    text[sizeof text - 1] = '7';
    assert_true(cube_number_parse(text, sizeof text, &value));
    assert_true(value == 7);
    text[0] = '1';
    assert_true(cube_number_parse(text, sizeof text, &value));
    assert_true(isinf(value));
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
        cmocka_unit_test(the_rules_of_the_domains_hold),
        cmocka_unit_test(the_rules_of_the_rows_hold),
        cmocka_unit_test(long_lines_are_read_and_longer_ones_refused),
        cmocka_unit_test(a_failure_to_read_is_told),
        cmocka_unit_test(a_size_that_is_too_large_is_no_matter),
        cmocka_unit_test(every_beginning_of_a_file_is_refused),
        cmocka_unit_test(a_cancel_stops_the_rows),
        cmocka_unit_test(a_cancel_stops_comments),
        cmocka_unit_test(a_number_may_be_long),
        cmocka_unit_test(numbers_are_rounded_to_nearest),
        cmocka_unit_test(the_locale_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
