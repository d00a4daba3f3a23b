/* Damaged files are failures; files that are only odd are not. */
#include "test_image.h"

#include <jpeglib.h>
#include <png.h>

enum { WIDTH = 40, HEIGHT = 30 };

typedef struct JpegMaker {
    J_COLOR_SPACE from, to;
    int channels;
    bool progressive;
    unsigned restart; /* MCUs */
} JpegMaker;

/* Scans that may legally be repeated: each gives whole coefficients. */
static const jpeg_scan_info whole_scans[] = {
    {1, {0}, 0, 0, 0, 0},
    {1, {0}, 1, 63, 0, 0},
};

static void make_jpeg(const char *path, JpegMaker maker, const uint8_t *rows)
{
    struct jpeg_compress_struct cinfo;
    struct jpeg_error_mgr errors;
    FILE *file = fopen(path, "wb");
    cinfo.err = jpeg_std_error(&errors);
    jpeg_create_compress(&cinfo);
    jpeg_stdio_dest(&cinfo, file);
    cinfo.image_width = WIDTH;
    cinfo.image_height = HEIGHT;
    cinfo.input_components = maker.channels;
    cinfo.in_color_space = maker.from;
    jpeg_set_defaults(&cinfo);
    jpeg_set_colorspace(&cinfo, maker.to);
    jpeg_set_quality(&cinfo, 100, TRUE);
    cinfo.restart_interval = maker.restart;
    if (maker.progressive)
        jpeg_simple_progression(&cinfo);
    if (maker.progressive && maker.channels == 1) {
        cinfo.scan_info = whole_scans;
        cinfo.num_scans = 2;
    }
    jpeg_start_compress(&cinfo, TRUE);
    for (int y = 0; y < HEIGHT; y++) {
        JSAMPROW row = (JSAMPROW)rows + y * WIDTH * maker.channels;
        jpeg_write_scanlines(&cinfo, &row, 1);
    }
    jpeg_finish_compress(&cinfo);
    jpeg_destroy_compress(&cinfo);
    fclose(file);
}

static void set_rows(uint8_t *rows, int channels)
{
    for (int i = 0; i < WIDTH * HEIGHT * channels; i++)
        rows[i] = (uint8_t)(20 + i / channels % WIDTH * 4 + 20 * (i % channels));
}

static void a_cut_jpeg_fails(void **state)
{
    static const JpegMaker makers[] = {
        {JCS_RGB, JCS_YCbCr, 3, false, 0}, {JCS_RGB, JCS_YCbCr, 3, true, 0},
        {JCS_RGB, JCS_YCbCr, 3, false, 2}, {JCS_GRAYSCALE, JCS_GRAYSCALE, 1, false, 0},
        {JCS_CMYK, JCS_YCCK, 4, false, 0},
    };
    uint8_t rows[WIDTH * HEIGHT * 4];
    const char *path = in_folder(state, "a.jpg");
    for (size_t i = 0; i < sizeof makers / sizeof makers[0]; i++) {
        set_rows(rows, makers[i].channels);
        make_jpeg(path, makers[i], rows);
        Image *whole = load_good(path);
        image_unref(&whole);
        assert_every_cut_fails(path);
    }
}

static void make_interlaced(const char *path, const Image *image)
{
    FILE *file = fopen(path, "wb");
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop header = png_create_info_struct(png);
    png_init_io(png, file);
    png_set_IHDR(png, header, (png_uint_32)image->info.width,
                 (png_uint_32)image->info.height, 8, PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_ADAM7, 0, 0);
    png_write_info(png, header);
    int passes = png_set_interlace_handling(png);
    while (passes-- > 0)
        for (int y = 0; y < image->info.height; y++)
            png_write_row(png, image_row(image, y));
    png_write_end(png, header);
    png_destroy_write_struct(&png, &header);
    fclose(file);
}

static void a_cut_png_fails(void **state)
{
    Image *image = picture(WIDTH, HEIGHT, 3, 8);
    const char *path = in_folder(state, "a.png");
    save_good(image, path, 0);
    assert_every_cut_fails(path);
    make_interlaced(path, image);
    Image *back = load_good(path);
    assert_same_pixels(image, back);
    assert_every_cut_fails(path);
    image_unref(&back);
    image_unref(&image);
}

/* One wrong bit anywhere is noticed: everything in a PNG file has a checksum. */
static void a_changed_png_fails(void **state)
{
    Image *image = picture(WIDTH, HEIGHT, 4, 16);
    const char *path = in_folder(state, "a.png");
    size_t size;
    image->meta = meta_new();
    image->meta->dpi = 300;
    save_good(image, path, 0);
    uint8_t *bytes = bytes_read(path, &size);
    for (size_t at = 0; at < size; at++) {
        Err err = {0};
        bytes[at] ^= (uint8_t)(1 << at % 8);
        bytes_write(path, bytes, size);
        bytes[at] ^= (uint8_t)(1 << at % 8);
        Image *back = image_load(path, NULL, &err);
        if (back)
            fail_msg("a changed byte %zu of %zu is not noticed", at, size);
    }
    mem_free(bytes);
    image_unref(&image);
}

static void damage_inside_a_jpeg_fails(void **state)
{
    uint8_t rows[WIDTH * HEIGHT * 3];
    size_t size;
    const char *path = in_folder(state, "a.jpg");
    set_rows(rows, 3);
    make_jpeg(path, (JpegMaker){JCS_RGB, JCS_YCbCr, 3, false, 2}, rows);
    uint8_t *bytes = bytes_read(path, &size);
    memset(bytes + size / 2, 0xFF, 40);
    bytes_write(path, bytes, size);
    Err err = {0};
    assert_null(image_load(path, NULL, &err));
    mem_free(bytes);
}

/* Some cameras pad: what stands before a marker and after the end is no damage. */
static void padding_in_a_jpeg_is_fine(void **state)
{
    uint8_t rows[WIDTH * HEIGHT * 3];
    size_t size;
    const char *path = in_folder(state, "a.jpg");
    set_rows(rows, 3);
    make_jpeg(path, (JpegMaker){JCS_RGB, JCS_YCbCr, 3, false, 0}, rows);
    Image *plain = load_good(path);
    uint8_t *bytes = bytes_read(path, &size);
    bytes = mem_grow(bytes, size + 8, 1);
    memcpy(bytes + size - 2, "\0\0\0\0\xFF\xD9\1\2\3\4", 10);
    bytes_write(path, bytes, size + 8);
    Image *padded = load_good(path);
    assert_same_pixels(plain, padded);
    image_unref(&plain);
    image_unref(&padded);
    mem_free(bytes);
}

/* Without Adobe's marker ink is ink; with it, as libjpeg writes it, light. */
static void cmyk_becomes_rgb(void **state)
{
    uint8_t rows[WIDTH * HEIGHT * 4];
    const char *path = in_folder(state, "a.jpg");
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        memcpy(rows + 4 * i, "\xFF\x80\x00\x80", 4);
    make_jpeg(path, (JpegMaker){JCS_CMYK, JCS_CMYK, 4, false, 0}, rows);
    Image *image = load_good(path);
    assert_int_equal(image->info.channels, 3);
    assert_in_range(image->data[0], 126, 130);
    assert_in_range(image->data[1], 62, 66);
    assert_in_range(image->data[2], 0, 2);
    image_unref(&image);
}

/* A progressive file with its last scan again and again. */
static void a_scan_bomb_is_refused(void **state)
{
    uint8_t rows[WIDTH * HEIGHT];
    size_t size, scan;
    const char *path = in_folder(state, "a.jpg");
    set_rows(rows, 1);
    make_jpeg(path, (JpegMaker){JCS_GRAYSCALE, JCS_GRAYSCALE, 1, true, 0}, rows);
    uint8_t *bytes = bytes_read(path, &size);
    for (scan = size - 2; memcmp(bytes + scan, "\xFF\xDA", 2) != 0;)
        scan--;
    FILE *file = fopen(path, "wb");
    fwrite(bytes, 1, size - 2, file);
    for (int i = 0; i < 200; i++)
        fwrite(bytes + scan, 1, size - 2 - scan, file);
    fwrite("\xFF\xD9", 1, 2, file);
    fclose(file);
    Err err = {0};
    assert_null(image_load(path, NULL, &err));
    assert_non_null(strstr(err.text, "more than 100 JPEG scans"));
    mem_free(bytes);
}

int main(void)
{
#define IN_FOLDER(test)                                                                \
    cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_cut_jpeg_fails),          IN_FOLDER(a_cut_png_fails),
        IN_FOLDER(a_changed_png_fails),       IN_FOLDER(damage_inside_a_jpeg_fails),
        IN_FOLDER(padding_in_a_jpeg_is_fine), IN_FOLDER(cmyk_becomes_rgb),
        IN_FOLDER(a_scan_bomb_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
