/* Files that must be held whole, held in temporary files: the same pixels, little
 * memory, no file that is left. */
#include "cm.h"

#include <png.h>

#include "jpeg_maker.h"
#include "test_image.h"

enum { WIDTH = 301, HEIGHT = 203, MOST = 2 << 20 };

static void make_interlaced(const char *path, const Image *image)
{
    FILE *file = fopen(path, "wb");
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop header = png_create_info_struct(png);
    png_init_io(png, file);
    png_set_IHDR(png, header, WIDTH, HEIGHT, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_ADAM7,
                 0, 0);
    png_write_info(png, header);
    for (int passes = png_set_interlace_handling(png); passes > 0; passes--)
        for (int y = 0; y < HEIGHT; y++)
            png_write_row(png, image_row(image, y));
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &header);
    fclose(file);
}

static Image *read_on_disk(const char *path, Err *err)
{
    Reader *reader = reader_open(path, NULL, err);
    assert_non_null(reader);
    uint64_t held = reader_memory(reader);
    reader_use_disk(reader);
    assert_true(reader_memory(reader) < held);
    assert_true(reader_memory(reader) <= MOST);
    ImageInfo info = reader_info(reader);
    Image *image = image_new(info, err);
    for (int y = 0; image && y < info.height; y++) /* a row at a time is allowed */
        if (!reader_read(reader, image_row(image, y), image->stride, 1, err))
            image_unref(&image);
    reader_close(reader);
    return image;
}

/* The same as in memory, and nothing but the file itself is in the folder. */
static void expect_same(void **state, const char *path)
{
    Err err;
    setenv("TMPDIR", *state, 1);
    Image *memory = reader_load(path, NULL, &err), *disk = read_on_disk(path, &err);
    assert_non_null(disk);
    assert_same_pixels(memory, disk);
    image_unref(&memory);
    image_unref(&disk);
    assert_int_equal(folder_count(*state), 1);
    setenv("TMPDIR", "/no/such/folder", 1);
    assert_null(read_on_disk(path, &err));
    assert_non_null(strstr(err.text, "/no/such/folder: no temporary file can be made"));
    remove(path);
}

static void an_interlaced_png(void **state)
{
    Image *image = picture(WIDTH, HEIGHT, 3, 8);
    const char *path = in_folder(state, "a.png");
    make_interlaced(path, image);
    image_unref(&image);
    expect_same(state, path);
}

static void a_progressive_jpeg(void **state)
{
    Image *image = picture(WIDTH, HEIGHT, 3, 8);
    const char *path = in_folder(state, "a.jpg");
    make_jpeg(path, (JpegMaker){JCS_RGB, JCS_YCbCr, .channels = 3, .progressive = true},
              WIDTH, HEIGHT, image->data, image->stride);
    image_unref(&image);
    expect_same(state, path);
}

/* An EXIF block with nothing but an orientation. */
static void set_orientation(Image *image, uint8_t orientation)
{
    uint8_t exif[] = "II*\0\10\0\0\0\1\0\x12\1\3\0\1\0\0\0\1\0\0\0\0\0\0";
    exif[18] = orientation;
    image->meta = image->meta ? image->meta : meta_new();
    meta_set(&image->meta->exif, exif, sizeof exif, NULL);
}

static void every_turned_picture(void **state)
{
    for (uint8_t orientation = 3; orientation <= 8; orientation++) {
        Image *image =
            picture(WIDTH, HEIGHT, orientation % 4 + 1, orientation < 6 ? 8 : 16);
        const char *path = in_folder(state, "a.png");
        set_orientation(image, orientation);
        save_good(image, path, 0);
        image_unref(&image);
        expect_same(state, path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_interlaced_png),
        cmocka_unit_test(a_progressive_jpeg),
        cmocka_unit_test(every_turned_picture),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
