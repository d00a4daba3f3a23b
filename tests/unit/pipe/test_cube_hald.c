/* HaldCLUT pictures, and which files are taken for them. */
#include "test_image.h"

#include <errno.h>
#include <png.h>

#include "base/log.h"
#include "base/path.h"
#include "pipe/cube/cube_file.h"
#include "tiff_maker.h"

static CubeTables load_tables(const char *path)
{
    CubeTables found;
    Err err;
    if (!cube_file_load(path, NULL, &found, &err))
        fail_msg("%s", err.text);
    return found;
}

/* The whole of the error is "PATH: REASON". */
static void expect_refused(const char *path, const char *reason)
{
    CubeTables found;
    Err err;
    char text[sizeof err.text];
    snprintf(text, sizeof text, "%s: %s", path, reason);
    assert_false(cube_file_load(path, NULL, &found, &err));
    assert_int_equal(err.kind, ERR_FILE);
    assert_string_equal(err.text, text);
}

static double sample_at(const Image *image, size_t i)
{
    size_t row = 3 * (size_t)image->info.width;
    const uint8_t *at = image_row(image, (int)(i / row));
    if (image->info.depth == 8)
        return at[i % row] / 255.0;
    return ((const uint16_t *)(const void *)at)[i % row] / 65535.0;
}

static void assert_table(const char *path, const Image *image, int size)
{
    CubeTables found = load_tables(path);
    assert_null(found.rows);
    assert_int_equal(found.cube->table.size, size);
    assert_string_equal(found.cube->name, path_name(path));
    for (int c = 0; c < 3; c++)
        assert_true(found.cube->table.lo[c] == 0 &&
                    found.cube->table.scale[c] == size - 1);
    for (size_t i = 0; i < 3 * (size_t)size * (size_t)size * (size_t)size; i++)
        assert_true(found.cube->values[i] == sample_at(image, i));
    cube_tables_clear(&found);
}

/* Whatever the name. */
static void each_level_depth_and_format_is_read(void **state)
{
    static const char *const names[] = {"a.png", "a.tif"};
    for (int level = 2; level <= (SANITIZED ? 6 : 9); level++)
        for (int k = 0; k < 4; k++) {
            int side = level * level * level;
            Image *image = picture(side, side, 3, k % 2 ? 16 : 8);
            const char *path = in_folder(state, names[k / 2]);
            save_good(image, path, 0);
            assert_int_equal(rename(path, in_folder(state, "look.cube")), 0);
            assert_table(in_folder(state, "look.cube"), image, level * level);
            image_unref(&image);
        }
}

static void the_order_is_red_then_green_then_blue(void **state)
{
    Image *image = picture(8, 8, 3, 8);
    memset(image_row(image, 0), 0, image_row_bytes(image->info));
    image_row(image, 0)[3] = 51;  /* the second point: red's next */
    image_row(image, 0)[13] = 51; /* the fifth: green's next */
    image_row(image, 2)[2] = 51;  /* the 17th: blue's next */
    save_good(image, in_folder(state, "a.png"), 0);
    CubeTables found = load_tables(in_folder(state, "a.png"));
    const double *values = found.cube->values;
    assert_true(values[3] == 0.2 && values[3 * 4 + 1] == 0.2 &&
                values[3 * 16 + 2] == 0.2);
    cube_tables_clear(&found);
    image_unref(&image);
}

static const char *saved(void **state, const char *name, int width, int height,
                         int channels)
{
    const char *path = in_folder(state, name);
    Image *image = picture(width, height, channels, 8);
    save_good(image, path, 0);
    image_unref(&image);
    return path;
}

static void other_pictures_are_refused(void **state)
{
    expect_refused(
        saved(state, "a.png", 27, 26, 3),
        "27 x 26 pixels are no HaldCLUT, which has L³ x L³: 64 x 64 at level 4, "
        "512 x 512 at level 8");
    expect_refused(
        saved(state, "a.png", 28, 28, 3),
        "28 x 28 pixels are no HaldCLUT, which has L³ x L³: 64 x 64 at level 4, "
        "512 x 512 at level 8");
    expect_refused(
        saved(state, "a.png", 1, 1, 3),
        "1 x 1 pixels are no HaldCLUT, which has L³ x L³: 64 x 64 at level 4, "
        "512 x 512 at level 8");
    expect_refused(saved(state, "a.png", 27, 27, 1),
                   "is gray; a HaldCLUT has red, green and blue: save it as RGB");
    expect_refused(saved(state, "a.png", 27, 27, 2),
                   "is gray; a HaldCLUT has red, green and blue: save it as RGB");
    expect_refused(saved(state, "a.tif", 27, 27, 4),
                   "has an alpha channel; save the HaldCLUT without one");
    expect_refused(saved(state, "a.jpg", 27, 27, 3),
                   "is a picture of the format jpeg; a HaldCLUT is a PNG or TIFF file, "
                   "whose pixels are exact");
    const char *path = in_folder(state, "a.tif");
    make_tiff(path, &(Maker){.width = 8,
                             .height = 8,
                             .samples = 3,
                             .bits = 8,
                             .photometric = PHOTOMETRIC_RGB,
                             .orientation = 6});
    expect_refused(path, "says that it must be turned (EXIF orientation 6), which a "
                         "HaldCLUT must not: remove the tag");
    static const char photoshop[] = "8BPS\0\1\0\0\0\0\0\0\0\3";
    bytes_write(path, photoshop, sizeof photoshop);
    CubeTables found;
    Err err;
    assert_false(cube_file_load(path, NULL, &found, &err));
    assert_non_null(strstr(err.text, "a.tif: a Photoshop document is not read; "));
}

static void expect_inexact(const char *path, const char *what)
{
    char reason[128];
    snprintf(reason, sizeof reason,
             "%s, which changes values; save the HaldCLUT as RGB without loss", what);
    expect_refused(path, reason);
}

static void save_palette_png(const char *path)
{
    uint8_t pixels[64] = {0}, colours[6] = {0, 0, 0, 255, 128, 0};
    png_image image = {.version = PNG_IMAGE_VERSION,
                       .width = 8,
                       .height = 8,
                       .format = PNG_FORMAT_RGB_COLORMAP,
                       .colormap_entries = 2};
    assert_true(png_image_write_to_file(&image, path, 0, pixels, 0, colours));
}

static void what_is_not_exact_is_refused(void **state)
{
    const char *path = in_folder(state, "a.png");
    save_palette_png(path);
    expect_inexact(path, "has a palette");
    Maker maker = {.width = 8,
                   .height = 8,
                   .samples = 3,
                   .bits = 8,
                   .strip_rows = 8,
                   .photometric = PHOTOMETRIC_RGB,
                   .compression = COMPRESSION_LZW};
    path = in_folder(state, "a.tif");
    make_tiff(path, &maker);
    CubeTables found = load_tables(path);
    cube_tables_clear(&found);
    maker.compression = COMPRESSION_JPEG;
    make_tiff(path, &maker);
    expect_inexact(path, "is compressed as JPEG");
    maker.compression = 0;
    maker.bits = 4;
    make_tiff(path, &maker);
    expect_inexact(path, "has fewer than 8 bits a sample");
    maker.samples = 1;
    maker.bits = 8;
    maker.photometric = PHOTOMETRIC_PALETTE;
    make_tiff(path, &maker); /* a colour for each pixel */
    found = load_tables(path);
    cube_tables_clear(&found);
    maker.width = maker.height = 27;
    make_tiff(path, &maker);
    expect_inexact(path, "has a palette");
}

/* Its pixels are not there: the header decides. */
static void a_level_that_is_too_high_is_refused(void **state)
{
    static uint8_t zeros[1 << 17];
    const char *path = in_folder(state, "a.tif");
    TIFF *tiff = TIFFOpen(path, "w");
    assert_non_null(tiff);
    maker_set_fields(tiff, &(Maker){.width = 4913,
                                    .height = 4913,
                                    .samples = 3,
                                    .bits = 8,
                                    .photometric = PHOTOMETRIC_RGB,
                                    .strip_rows = 4913,
                                    .compression = COMPRESSION_ADOBE_DEFLATE});
    TIFFWriteRawStrip(tiff, 0, zeros, sizeof zeros);
    TIFFClose(tiff);
    expect_refused(path, "is a HaldCLUT of level 17; 16 is the highest");
}

static void every_beginning_of_a_picture_is_refused(void **state)
{
    static const char *const names[] = {"a.png", "a.tif"};
    for (int k = 0; k < 2; k++) {
        size_t size;
        uint8_t *bytes = bytes_read(saved(state, names[k], 8, 8, 3), &size);
        for (size_t n = 0; n + 1 < size; n++) {
            const char *path = in_folder(state, "cut");
            CubeTables found;
            Err err;
            bytes_write(path, bytes, n);
            if (cube_file_load(path, NULL, &found, &err)) {
                /* what follows the pixels may be missing */
                assert_true(n > size / 2);
                cube_tables_clear(&found);
            } else {
                assert_memory_equal(err.text, path, strlen(path));
            }
        }
        mem_free(bytes);
    }
}

static void what_is_no_ordinary_file_is_told(void **state)
{
    expect_refused(*state, "is a folder, not a file");
    expect_refused("/dev/zero", "not an ordinary file");
    const char *path = in_folder(state, "none.cube");
    expect_refused(path, strerror(ENOENT));
    bytes_write(path, "", 0);
    CubeTables found;
    Err err;
    assert_false(cube_file_load(path, NULL, &found, &err));
    assert_non_null(strstr(err.text, "none.cube: the file is empty"));
}

static void a_cancel_stops_a_picture(void **state)
{
    Cancel cancel = {CANCEL_NONE};
    CubeTables found;
    Err err;
    cancel_set(&cancel, CANCEL_STOPPED);
    assert_false(cube_file_load(saved(state, "a.png", 8, 8, 3), &cancel, &found, &err));
    assert_int_equal(err.kind, ERR_CANCELLED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(each_level_depth_and_format_is_read),
        IN_FOLDER(the_order_is_red_then_green_then_blue),
        IN_FOLDER(other_pictures_are_refused),
        IN_FOLDER(what_is_not_exact_is_refused),
        IN_FOLDER(a_level_that_is_too_high_is_refused),
        IN_FOLDER(every_beginning_of_a_picture_is_refused),
        IN_FOLDER(what_is_no_ordinary_file_is_told),
        IN_FOLDER(a_cancel_stops_a_picture),
    };
    log_set_level(LOG_QUIET);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
