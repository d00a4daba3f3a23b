/* Images in memory, and what loading one can run into. */
#include "test_image.h"

#include <sys/stat.h>

#include "image/codec/format.h"
#include "image/codec/formats.h"
#include "image/reader.h"
#include "image/writer.h"

static void rows_are_aligned(void **state)
{
    (void)state;
    Image *image = picture(5, 3, 3, 16);
    assert_int_equal(image_row_bytes(image->info), 30);
    assert_int_equal(image->stride, 64);
    for (int y = 0; y < 3; y++)
        assert_int_equal((uintptr_t)image_row(image, y) % 64, 0);
    image_unref(&image);
    assert_null(image);
    image_unref(&image);
}

static void the_last_reference_frees(void **state)
{
    (void)state;
    Image *image = picture(2, 2, 1, 8);
    Image *other = image_ref(image);
    image_unref(&image);
    assert_int_equal(image_row(other, 0)[0], 40);
    image_unref(&other);
}

static void images_are_the_same_by_size_and_samples(void **state)
{
    (void)state;
    static const ImageInfo infos[] = {
        {10, 3, 3, 8}, {10, 4, 3, 8}, {9, 3, 3, 8}, {10, 3, 4, 8}, {10, 3, 3, 16}};
    Image *a = image_new(infos[0], NULL);
    memset(a->data, 7, a->stride * 3);
    assert_true(image_same(a, a));
    for (size_t i = 0; i < sizeof infos / sizeof *infos; i++) {
        Image *b = image_new(infos[i], NULL);
        memset(b->data, 7, b->stride * (size_t)infos[i].height);
        memset(image_row(b, 0) + image_row_bytes(infos[i]), 9, /* padding */
               b->stride - image_row_bytes(infos[i]));
        assert_int_equal(image_same(a, b), i == 0);
        assert_int_equal(image_same_rows(a, b, 3), i < 2);
        image_row(b, 2)[1] = 8;
        assert_false(image_same(a, b));
        assert_int_equal(image_same_rows(a, b, 2), i < 2);
        image_unref(&b);
    }
    image_unref(&a);
}

static void a_size_beyond_memory_is_an_error(void **state)
{
    (void)state;
    Err err = {0};
    assert_null(image_new((ImageInfo){INT32_MAX, INT32_MAX, 4, 16}, &err));
    assert_int_equal(err.kind, ERR_MEMORY);
}

static void what_is_no_image_says_so(void **state)
{
    const char *path = in_folder(state, "a.jpg");
    assert_load_fails(path, "No such file or directory");
    bytes_write(path, "", 0);
    assert_load_fails(path, "empty file");
    bytes_write(path, "Dear diary,\n", 12);
    assert_load_fails(path, "not an image format lutist reads");
    assert_load_fails(*state, "is a folder, not an image");
    assert_load_fails("/dev/null", "not an ordinary file");
    unlink(path);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_load_fails(path, "is a pipe; put the picture into a file first");
}

static void the_content_counts_and_not_the_name(void **state)
{
    Image *image = picture(9, 7, 3, 8);
    Err err = {0};
    SaveOptions options = {.format = "png"};
    const char *path = in_folder(state, "liar.jpg");
    assert_true(writer_save(image, path, &options, &err));
    Image *back = load_good(path);
    assert_same_pixels(image, back);
    image_unref(&back);
    image_unref(&image);
}

static void the_limit_is_checked_from_the_header(void **state)
{
    Image *image = picture(10, 10, 1, 8);
    static const char *const names[] = {"a.png", "a.jpg"};
    for (int i = 0; i < 2; i++) {
        const char *path = in_folder(state, names[i]);
        Err err = {0};
        save_good(image, path, 0);
        assert_null(reader_load(path, &(ReadOptions){.max_pixels = 99}, &err));
        assert_non_null(
            strstr(err.text, ": 10 × 10 pixels are more than the limit of 99"));
        Image *back = reader_load(path, &(ReadOptions){.max_pixels = 100}, &err);
        assert_non_null(back);
        image_unref(&back);
    }
    image_unref(&image);
}

/* A header that claims 268 gigapixels and no data: nothing may be allocated for it. */
static void a_claim_costs_nothing(void **state)
{
    static const uint8_t bmp[54] = {
        'B', 'M', [14] = 40, [20] = 8, [24] = 8, [26] = 1, [28] = 24};
    static const uint8_t tga[18] = {[2] = 2, 0, [12] = 0xFF, 0xFF, 0xFF, 0xFF, 24};
    const char *path = in_folder(state, "a.ppm");
    bytes_write(path, "P6 # c\n 65536 65536\n255\n0123456789", 34);
    assert_load_fails(path,
                      "65536 × 65536 pixels are more than the limit of 268435456");
    path = in_folder(state, "a.bmp");
    bytes_write(path, bmp, sizeof bmp);
    assert_load_fails(path,
                      "524288 × 524288 pixels are more than the limit of 268435456");
    path = in_folder(state, "a.TGA");
    bytes_write(path, tga, sizeof tga);
    assert_load_fails(path,
                      "65535 × 65535 pixels are more than the limit of 268435456");
}

static void pnm_gray_stays_gray(void **state)
{
    const char *path = in_folder(state, "a.pgm");
    bytes_write(path, "P5 3 2 255\n\0\1\2\xFD\xFE\xFF", 17);
    Image *image = load_good(path);
    assert_int_equal(image->info.channels, 1);
    assert_memory_equal(image_row(image, 0), "\0\1\2", 3);
    assert_memory_equal(image_row(image, 1), "\xFD\xFE\xFF", 3);
    image_unref(&image);
    bytes_write(path, "P5 3 2 255\n\0\1\2\xFD\xFE", 16);
    Err err = {0};
    assert_null(reader_load(path, NULL, &err));
}

static void pnm_colour_keeps_its_order(void **state)
{
    const char *path = in_folder(state, "a.ppm");
    bytes_write(path, "P6 2 1 255\n\1\2\3\4\5\6", 17);
    Image *image = load_good(path);
    assert_int_equal(image->info.channels, 3);
    assert_memory_equal(image_row(image, 0), "\1\2\3\4\5\6", 6);
    image_unref(&image);
}

/* Two by two, a red, a gray, a gray and a transparent pixel. */
static void gif_gives_its_first_frame(void **state)
{
    static const uint8_t gif[] =
        "GIF89a\2\0\2\0\x91\0\0\xFF\0\0\x80\x80\x80\0\0\0\0\0\0"
        "!\xF9\4\1\0\0\2\0,\0\0\0\0\2\0\2\0\0\2\3\x44\x22\5\0;";
    static const uint8_t rows[2][8] = {{255, 0, 0, 255, 128, 128, 128, 255},
                                       {128, 128, 128, 255, 0, 0, 0, 0}};
    const char *path = in_folder(state, "a.gif");
    bytes_write(path, gif, sizeof gif - 1);
    Image *image = load_good(path);
    assert_int_equal(image->info.channels, 4);
    assert_memory_equal(image_row(image, 0), rows[0], 8);
    assert_memory_equal(image_row(image, 1), rows[1], 8);
    image_unref(&image);

    uint8_t wide[sizeof gif];
    memcpy(wide, gif, sizeof gif);
    wide[6] = wide[8] = 5;     /* a canvas of 5 × 5 */
    wide[sizeof gif - 17] = 3; /* with the frame three pixels from its left */
    bytes_write(path, wide, sizeof gif - 1);
    image = load_good(path);
    assert_int_equal(image->info.width, 5);
    assert_int_equal(image->info.height, 5);
    assert_memory_equal(image_row(image, 0) + 12, rows[0], 8);
    assert_memory_equal(image_row(image, 1) + 12, rows[1], 8);
    for (int i = 0; i < 20; i++)
        assert_int_equal(image_row(image, 4)[i], 0);
    image_unref(&image);

    bytes_write(path, gif, sizeof gif - 5);
    assert_load_fails(path, "the GIF file is cut short");
}

static void formats_are_found_by_name(void **state)
{
    (void)state;
    assert_ptr_equal(format_by_name("JPG"), &format_jpeg);
    assert_ptr_equal(format_by_name("png"), &format_png);
    assert_null(format_by_name("docx"));
    assert_string_equal(format_by_path("a/b.TIF")->name, "tiff");
    assert_null(format_by_path("a.jpg/b"));
    assert_true(format_is_image_name("x.webp"));
    assert_false(format_is_image_name("x.txt"));
    assert_false(format_is_image_name(".jpg"));
}

static void rows_come_in_any_strips(void **state)
{
    Image *image = picture(21, 37, 3, 8);
    const char *path = in_folder(state, "a.png");
    save_good(image, path, 0);
    for (int strip = 1; strip <= 37; strip += 6) {
        uint8_t rows[37 * 63];
        read_in_strips(path, strip, rows);
        for (int y = 0; y < 37; y++)
            assert_memory_equal(rows + y * 63, image_row(image, y), 63);
    }
    image_unref(&image);
}

/* Whoever sets the flag gets no more rows, whatever the format. */
static void a_cancelled_file_stops(void **state)
{
    static const char *const names[] = {"a.jpg", "a.png", "a.tif"};
    Image *image = picture(21, 37, 3, 8);
    for (int i = 0; i < 3; i++) {
        Err err = {0};
        Cancel cancel = {0};
        ReadOptions options = {.cancel = &cancel};
        uint8_t rows[63];
        const char *path = in_folder(state, names[i]);
        save_good(image, path, 0);
        Reader *reader = reader_open(path, &options, &err);
        assert_true(reader_read(reader, rows, sizeof rows, 1, &err));
        cancel_set(&cancel, CANCEL_STOPPED);
        assert_false(reader_read(reader, rows, sizeof rows, 1, &err));
        assert_int_equal(err.kind, ERR_CANCELLED);
        reader_close(reader);
    }
    image_unref(&image);
}

/* A decoder may be at work for long without the reader: all rows are asked for at once.
 */
static void decoders_hear_a_cancel_themselves(void **state)
{
    static const char *const names[] = {"a.jpg", "a.png"};
    Image *image = picture(21, 37, 3, 8);
    for (int i = 0; i < 2; i++) {
        const char *path = in_folder(state, names[i]);
        save_good(image, path, 0);
        FILE *file = fopen(path, "rb");
        fseek(file, 0, SEEK_END);
        Err err = {0};
        Cancel cancel = {0};
        Notes notes = {0};
        Source source = {.file = file,
                         .size = (uint64_t)ftell(file),
                         .max_pixels = 1000,
                         .max_metadata = 1000,
                         .cancel = &cancel,
                         .notes = &notes};
        rewind(file);
        const Format *format = format_by_path(path);
        ImageInfo info;
        Meta *meta = meta_new();
        void *decoder = format_open(format, &source, &info, meta, &err);
        assert_non_null(decoder);
        cancel_set(&cancel, CANCEL_STOPPED);
        uint8_t rows[37 * 63];
        assert_false(format->decode->read(decoder, rows, 63, 37, &err));
        assert_int_equal(err.kind, ERR_CANCELLED);
        format_close(format, decoder);
        meta_unref(&meta);
        fclose(file);
    }
    image_unref(&image);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_aligned),
        cmocka_unit_test(the_last_reference_frees),
        cmocka_unit_test(images_are_the_same_by_size_and_samples),
        cmocka_unit_test(a_size_beyond_memory_is_an_error),
        IN_FOLDER(what_is_no_image_says_so),
        IN_FOLDER(the_content_counts_and_not_the_name),
        IN_FOLDER(the_limit_is_checked_from_the_header),
        IN_FOLDER(a_claim_costs_nothing),
        IN_FOLDER(pnm_gray_stays_gray),
        IN_FOLDER(pnm_colour_keeps_its_order),
        IN_FOLDER(gif_gives_its_first_frame),
        cmocka_unit_test(formats_are_found_by_name),
        IN_FOLDER(rows_come_in_any_strips),
        IN_FOLDER(a_cancelled_file_stops),
        IN_FOLDER(decoders_hear_a_cancel_themselves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
