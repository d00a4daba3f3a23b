/* What reading a file takes, as told by its header. */
#include "jpeg_maker.h"
#include "test_image.h"

#include <png.h>

enum { WIDTH = 640, HEIGHT = 480, PIXELS = WIDTH * HEIGHT };

/* Above what every file takes. */
static uint64_t memory_of(const char *path)
{
    Err err = {0};
    Reader *reader = reader_open(path, NULL, &err);
    if (!reader)
        fail_msg("%s", err.text);
    uint64_t bytes = reader_memory(reader);
    reader_close(reader);
    assert_in_range(bytes, 1 << 20, 1 << 30);
    return bytes - (1 << 20);
}

static void a_progressive_jpeg_holds_its_coefficients(void **state)
{
    static const uint8_t gray[PIXELS];
    const char *path = in_folder(state, "a.jpg");
    JpegMaker maker = {JCS_GRAYSCALE, JCS_GRAYSCALE, .channels = 1};
    make_jpeg(path, maker, WIDTH, HEIGHT, gray, WIDTH);
    assert_int_equal(memory_of(path), 0);
    maker.progressive = true;
    make_jpeg(path, maker, WIDTH, HEIGHT, gray, WIDTH);
    assert_int_equal(memory_of(path), PIXELS * 2);
}

static void make_png(const char *path, int interlace)
{
    static const uint8_t row[3 * WIDTH];
    FILE *file = fopen(path, "wb");
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop header = png_create_info_struct(png);
    png_init_io(png, file);
    png_set_IHDR(png, header, WIDTH, HEIGHT, 8, PNG_COLOR_TYPE_RGB, interlace, 0, 0);
    png_write_info(png, header);
    for (int passes = png_set_interlace_handling(png); passes > 0; passes--)
        for (int y = 0; y < HEIGHT; y++)
            png_write_row(png, row);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &header);
    fclose(file);
}

static void an_interlaced_png_is_held(void **state)
{
    const char *path = in_folder(state, "a.png");
    make_png(path, PNG_INTERLACE_NONE);
    assert_int_equal(memory_of(path), 0);
    make_png(path, PNG_INTERLACE_ADAM7);
    assert_int_equal(memory_of(path), PIXELS * 3);
}

/* An EXIF block with nothing but an orientation. */
static void set_orientation(Image *image, uint8_t orientation)
{
    uint8_t exif[] = "II*\0\10\0\0\0\1\0\x12\1\3\0\1\0\0\0\1\0\0\0\0\0\0";
    exif[18] = orientation;
    image->meta = image->meta ? image->meta : meta_new();
    meta_set(&image->meta->exif, exif, sizeof exif, NULL);
}

static void a_turned_picture_is_held(void **state)
{
    Image *image = picture(WIDTH, HEIGHT, 3, 8);
    const char *path = in_folder(state, "a.jpg");
    for (uint8_t orientation = 1; orientation <= 8; orientation++) {
        set_orientation(image, orientation);
        save_good(image, path, 0);
        uint64_t metadata = meta_bytes(image->meta);
        assert_int_equal(memory_of(path),
                         metadata + (orientation <= 2 ? 0 : PIXELS * 3));
    }
    image_unref(&image);
}

static void a_tiff_holds_a_strip(void **state)
{
    Image *image = picture(WIDTH, HEIGHT, 3, 8);
    const char *path = in_folder(state, "a.tif");
    save_good(image, path, 0);
    assert_in_range(memory_of(path), 1, 1 << 19);
    image_unref(&image);
}

static void a_gif_holds_its_frame(void **state)
{
    static const uint8_t gif[200] = "GIF89a\x80\2\xE0\1\0\0\0,\0\0\0\0\x80\2\xE0\1";
    const char *path = in_folder(state, "a.gif");
    bytes_write(path, gif, sizeof gif);
    assert_int_equal(memory_of(path), PIXELS);
}

static void make_bmp(const char *path, uint8_t bits, uint8_t runs)
{
    static uint8_t bmp[54 + 1024 + 3 * PIXELS] = {
        'B', 'M', [10] = 54, [11] = 4, [14] = 40, [18] = 0x80, 2, [22] = 0xE0, 1};
    bmp[28] = bits;
    bmp[30] = runs;
    bytes_write(path, bmp, sizeof bmp);
}

static void a_bmp_holds_what_was_in_runs(void **state)
{
    const char *path = in_folder(state, "a.bmp");
    make_bmp(path, 24, 0);
    assert_in_range(memory_of(path), 1, 5 * WIDTH);
    make_bmp(path, 8, 1);
    assert_in_range(memory_of(path), PIXELS, PIXELS + WIDTH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_progressive_jpeg_holds_its_coefficients),
        IN_FOLDER(an_interlaced_png_is_held),
        IN_FOLDER(a_turned_picture_is_held),
        IN_FOLDER(a_tiff_holds_a_strip),
        IN_FOLDER(a_gif_holds_its_frame),
        IN_FOLDER(a_bmp_holds_what_was_in_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
