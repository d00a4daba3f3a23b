/* Exported tables: the text of a .cube file, the Hald picture, their forms, and the
 * error that is told. */
#include "cm.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "image/reader.h"
#include "pipe/cube/cube_file.h"
#include "pipe/cube/cube_write.h"
#include "pipe/export/export.h"
#include "pipe/export/export_colors.h"
#include "pipe/plan/plan_points.h"
#include "test_folder.h"

/* Looks. */

static bool root(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)context, (void)err;
    for (size_t i = 0; i < n; i++)
        y[i] = 1.25 * sqrt(x[i]) - 0.125;
    return true;
}

static bool too_large(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)context, (void)err;
    for (size_t i = 0; i < n; i++)
        y[i] = 1e40 * x[i];
    return true;
}

static const Curve ROOT = {.eval = root}, TOO_LARGE = {.eval = too_large};

/* The stages of a look, as the hook's context. */
typedef struct Stages {
    const Stage *stages;
    int count;
} Stages;

static Plan *plan_of(void *context, int points, Err *err)
{
    const Stages *stages = context;
    return plan_points_new(stages->stages, stages->count, points, NULL, err);
}

static const Stage TONE[] = {{.kind = STAGE_TONE, .tone = {&ROOT, NULL, &ROOT}}};
static const Stage HUGE_TONE[] = {{.kind = STAGE_TONE, .tone = {&TOO_LARGE}}};
static const Stage SWAP[] = {
    {.kind = STAGE_MATRIX, .matrix = {{0, 1, 0, 0}, {0, 0, 1.5, -0.25}, {1, 0, 0, 0}}}};
static Stages tone = {TONE, 1}, huge_tone = {HUGE_TONE, 1}, swap = {SWAP, 1},
              nothing = {NULL, 0};

static Export *made(const char *path, const ExportWish *wish, Stages *stages, Err *err)
{
    ParamSet *none = param_set_new(mem_new(1, sizeof(Param)), 0);
    ExportLook look = {
        .script = "a \"look\"\n", .params = none, .plan = plan_of, .context = stages};
    Export *export = export_new(path, wish, &look, err);
    param_set_unref(&none);
    return export;
}

static ExportReport written(const char *path, const ExportWish *wish, Stages *stages)
{
    Err err = {0};
    ExportReport report = {0};
    Export *export = made(path, wish, stages, &err);
    if (!export ||
        !export_write(export, &(ExportPlace){.overwrite = true}, &report, &err))
        fail_msg("%s", err.text);
    export_free(export);
    return report;
}

static CubeTables read_table(const char *path)
{
    CubeTables found;
    Err err;
    if (!cube_file_load(path, NULL, &found, &err))
        fail_msg("%s", err.text);
    return found;
}

/* Tests. */

static void a_1d_table_has_the_very_doubles(void **state)
{
    const char *path = in_folder(state, "tone.cube");
    ExportReport report = written(path, &(ExportWish){0}, &tone);
    CubeTables table = read_table(path);
    assert_int_equal(report.form.kind, EXPORT_CUBE_1D);
    assert_int_equal(table.n_rows, 65536);
    for (int i = 0; i < 65536; i++) {
        double x = i / 65535.0, y = 1.25 * sqrt(x) - 0.125;
        assert_true(table.rows[3 * i] == y && table.rows[3 * i + 2] == y);
        assert_true(table.rows[3 * i + 1] == x);
    }
    assert_true(report.largest < 1e-9);
    cube_tables_clear(&table);
}

static void a_lattice_keeps_values_outside(void **state)
{
    const char *path = in_folder(state, "swap.cube");
    ExportReport report = written(path, &(ExportWish){.size = 3}, &swap);
    CubeTables table = read_table(path);
    const double *v = table.cube->values;
    assert_int_equal(table.cube->table.size, 3);
    assert_true(v[3 * 26 + 0] == 1 && v[3 * 26 + 1] == 1.25 && v[3 * 26 + 2] == 1);
    assert_true(v[0] == 0 && v[1] == -0.25 && v[2] == 0);
    assert_true(v[3] == 0 && v[4] == -0.25 && v[5] == 0.5); /* red rises first */
    assert_true(report.largest < 1e-6); /* it is linear: clamping comes last */
    cube_tables_clear(&table);
}

static void the_error_is_that_of_the_coarse_table(void **state)
{
    const char *path = in_folder(state, "coarse.cube");
    ExportReport report = written(path, &(ExportWish){.size = 2}, &tone);
    double largest = 0;
    for (int v = 0; v < 256; v++) {
        double x = v / 255.0, straight = fmax(1.25 * x - 0.125, 0);
        double y = fmax(1.25 * sqrt(x) - 0.125, 0);
        largest = fmax(largest, 255 * fabs(fmin(straight, 1) - fmin(y, 1)));
    }
    assert_true(fabs(report.largest - largest) < 1e-9 * largest);
    assert_true(report.mean > 0 && report.mean < largest);
    assert_true(report.at[0] > 40 && report.at[0] < 80);
}

static void what_is_too_large_is_limited(void **state)
{
    const char *path = in_folder(state, "huge.cube");
    written(path, &(ExportWish){.size = 2}, &huge_tone);
    CubeTables table = read_table(path);
    assert_true(table.rows[3] == CUBE_MOST_VALUE);
    cube_tables_clear(&table);
}

static void the_head_is_lines_of_text(void **state)
{
    const char *path = in_folder(state, "head.cube");
    size_t size;
    written(path, &(ExportWish){.size = 2}, &nothing);
    uint8_t *bytes = bytes_read(path, &size);
    assert_string_equal((char *)bytes,
                        "# Exported by lutist from the script a \"look\"\\n\n"
                        "TITLE \"a 'look'\\n\"\nLUT_1D_SIZE 2\n"
                        "0.0 0.0 0.0\n1.0 1.0 1.0\n");
    mem_free(bytes);
}

static void a_hald_picture_has_the_lattice_in_its_rows(void **state)
{
    static const char *const names[] = {"a.png", "a.tif"};
    static const char *const formats[] = {"png8", "tiff8", NULL, NULL};
    for (int i = 0; i < 4; i++) {
        Err err;
        int depth = i < 2 ? 8 : 16;
        const char *path = in_folder(state, names[i % 2]);
        ExportReport report = written(path, &(ExportWish){formats[i], 3}, &swap);
        Image *picture = reader_load(path, NULL, &err);
        assert_non_null(picture);
        assert_int_equal(picture->info.width, 27);
        assert_int_equal(picture->info.height, 27);
        assert_int_equal(picture->info.depth, depth);
        /* Red 0, green 4, blue 8 of 0 … 8: green and blue become red and green. */
        int number = 4 * 9 + 8 * 81;
        const uint8_t *row = image_row(picture, number / 27);
        const int at = 3 * (number % 27);
        const uint16_t *wide = (const uint16_t *)row;
        int red = depth == 8 ? row[at] : wide[at];
        int green = depth == 8 ? row[at + 1] : wide[at + 1];
        assert_int_equal(red, depth == 8 ? 128 : 32768);
        assert_int_equal(green, depth == 8 ? 255 : 65535);
        assert_int_equal(report.form.points, 9);
        image_unref(&picture);
    }
}

static void expect_form_refused(const char *path, ExportWish wish, const char *why)
{
    ExportForm form;
    Err err;
    assert_false(export_form_find(&form, path, &wish, false, &err));
    assert_int_equal(err.kind, ERR_USAGE);
    if (!strstr(err.text, why))
        fail_msg("%s\n instead of\n%s", err.text, why);
}

static void forms_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    expect_form_refused("a.jpg", (ExportWish){0}, "JPEG would change the colours");
    expect_form_refused("a.txt", (ExportWish){0},
                        ".txt is not the extension of a table");
    expect_form_refused("cube", (ExportWish){0}, "no extension");
    expect_form_refused("a.cube", (ExportWish){"ocio"}, "unknown format ocio");
    expect_form_refused("a.cube", (ExportWish){"png"}, "contradicts the format png");
    expect_form_refused("a.tif", (ExportWish){"png8"}, "contradicts the format png8");
    expect_form_refused("a.png", (ExportWish){"cube3d"},
                        "contradicts the format cube3d");
    expect_form_refused("a.cube", (ExportWish){.size = 1}, "2 to 256 points");
    expect_form_refused("a.cube", (ExportWish){.size = 257}, "2 to 256 points");
    expect_form_refused("a.cube", (ExportWish){"cube1d"}, "mixes the channels");
    expect_form_refused("a.png", (ExportWish){.size = 17}, "level, 2 to 16");
}

static void a_form_follows_the_wish(void **state)
{
    static const struct {
        const char *path;
        ExportWish wish;
        bool tones;
        ExportForm form;
    } cases[] = {
        {"a.CUBE", {0}, true, {EXPORT_CUBE_1D, 65536, 0, 0, NULL}},
        {"a.cube", {0}, false, {EXPORT_CUBE_3D, 33, 0, 0, NULL}},
        {"a.cube", {"cube3d", 256}, true, {EXPORT_CUBE_3D, 256, 0, 0, NULL}},
        {"a.lut", {"cube1d", 300}, true, {EXPORT_CUBE_1D, 300, 0, 0, NULL}},
        {"a.png", {0}, true, {EXPORT_HALD, 64, 8, 16, "png"}},
        {"a.TIFF", {"tiff8", 4}, false, {EXPORT_HALD, 16, 4, 8, "tiff"}},
        {"hald", {"tiff", 16}, false, {EXPORT_HALD, 256, 16, 16, "tiff"}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ExportForm form, wanted = cases[i].form;
        assert_true(export_form_find(&form, cases[i].path, &cases[i].wish,
                                     cases[i].tones, NULL));
        assert_int_equal(form.kind, wanted.kind);
        assert_int_equal(form.points, wanted.points);
        assert_int_equal(form.level, wanted.level);
        assert_int_equal(form.depth, wanted.depth);
        assert_string_equal(form.image ? form.image : "",
                            wanted.image ? wanted.image : "");
    }
}

static void a_cancel_leaves_nothing(void **state)
{
    static const char *const names[] = {"a.cube", "a.png"};
    for (int i = 0; i < 2; i++) {
        Err err;
        ExportReport report;
        Cancel cancel = {0};
        Export *export =
            made(in_folder(state, names[i]), &(ExportWish){0}, &swap, &err);
        assert_non_null(export);
        cancel_set(&cancel, CANCEL_STOPPED);
        assert_false(
            export_write(export, &(ExportPlace){.cancel = &cancel}, &report, &err));
        assert_int_equal(err.kind, ERR_CANCELLED);
        assert_int_equal(folder_count(*state), 0);
        export_free(export);
    }
}

static void the_colours_are_what_their_header_says(void **state)
{
    (void)state;
    uint16_t red[EXPORT_COLORS], green[EXPORT_COLORS], blue[EXPORT_COLORS];
    export_colors_get(0, (uint16_t *const[3]){red, green, blue}, EXPORT_COLORS);
    bool seen[256] = {false};
    int grays = 0, primaries = 0;
    for (int i = 0; i < EXPORT_COLORS; i++) {
        assert_true(red[i] < 256 && green[i] < 256 && blue[i] < 256);
        seen[red[i]] = true;
        grays += red[i] == green[i] && green[i] == blue[i];
        primaries += red[i] == 255 && green[i] == 0 && blue[i] == 0;
    }
    for (int v = 0; v < 256; v++)
        assert_true(seen[v]);
    assert_true(grays >= 256 && primaries >= 1);
}

/* Where the comma is the decimal point, and as text of any size. */
static void numbers_are_read_again(void **state)
{
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8",
                                        "C"};
    double values[] = {0,     -0.0,  1,    -1,      0.1,   1 / 3.0,          1e-17,
                       -1e20, 12345, 1e30, -1e-300, 5e-11, 99999.99999999999};
    enum { COUNT = sizeof values / sizeof *values };
    const char *path = in_folder(state, "numbers.cube");
    CubeHead head = {.title = "", .dimensions = 1, .size = COUNT};
    Err err;
    for (int i = 0; i < 4 && !setlocale(LC_ALL, names[i]); i++)
        ;
    FILE *file = fopen(path, "w");
    cube_write_head(file, &head);
    assert_true(cube_write_rows(file, (const double *const[3]){values, values, values},
                                COUNT, true, &err));
    fclose(file);
    setlocale(LC_ALL, "C");
    CubeTables table = read_table(path);
    for (int i = 0; i < COUNT; i++)
        assert_true(table.rows[3 * i] == values[i]);
    cube_tables_clear(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_1d_table_has_the_very_doubles),
        IN_FOLDER(a_lattice_keeps_values_outside),
        IN_FOLDER(the_error_is_that_of_the_coarse_table),
        IN_FOLDER(what_is_too_large_is_limited),
        IN_FOLDER(the_head_is_lines_of_text),
        IN_FOLDER(a_hald_picture_has_the_lattice_in_its_rows),
        cmocka_unit_test(forms_that_do_not_fit_are_refused),
        cmocka_unit_test(a_form_follows_the_wish),
        IN_FOLDER(a_cancel_leaves_nothing),
        cmocka_unit_test(the_colours_are_what_their_header_says),
        IN_FOLDER(numbers_are_read_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
