/* Damaged files are failures; files that are only odd are not. */
#include "image/reader.h"
#include "test_cuts.h"

#include <png.h>

enum { WIDTH = 40, HEIGHT = 30, END_BYTES = 12 };

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
    assert_every_cut_fails(path, END_BYTES);
    assert_cut_end_is_noted(path, END_BYTES);
    make_interlaced(path, image);
    Image *back = load_good(path);
    assert_same_pixels(image, back);
    assert_every_cut_fails(path, END_BYTES);
    assert_cut_end_is_noted(path, END_BYTES);
    image_unref(&back);
    image_unref(&image);
}

/* One wrong bit anywhere is noticed: everything in a PNG file has a checksum. Where it
 * holds no pixels, the chunk is left out, with a note. */
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
        Notes notes = {0};
        ReadOptions options = {.notes = &notes};
        bytes[at] ^= (uint8_t)(1 << at % 8);
        bytes_write(path, bytes, size);
        bytes[at] ^= (uint8_t)(1 << at % 8);
        Image *back = reader_load(path, &options, &err);
        if (back && !notes.damaged)
            fail_msg("a changed byte %zu of %zu is not noticed", at, size);
        image_unref(&back);
    }
    mem_free(bytes);
    image_unref(&image);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_cut_png_fails),
        IN_FOLDER(a_changed_png_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
