/* The sketch of a TIFF file: what its pixels are made of, and when there is none. */
#include "test_image.h"
#include "tiff_maker.h"

enum { WIDTH = 203, HEIGHT = 150, LEAST = 40, STEP = 5 };

/* The mean of what the two rows have below a pixel of the sketch. */
static unsigned expected(const Maker *m, int x, int y, int c)
{
    int left = HEIGHT - y * STEP, high = left < STEP ? left : STEP;
    int rows[2] = {y * STEP + high / 4, y * STEP + 3 * high / 4};
    unsigned sum = 0, count = 0;
    for (int i = 0; i < 2; i++)
        for (int at = x * STEP; at < (x + 1) * STEP && at < WIDTH; at++, count++)
            sum += maker_expected(m, at, rows[i], c);
    return (sum + count / 2) / count;
}

static Reader *open_sketch(const char *path, bool there)
{
    Err err;
    Reader *reader = reader_open(path, NULL, &err);
    assert_non_null(reader);
    assert_int_equal(reader_sketch(reader, LEAST), there);
    return reader;
}

static void expect_sketch(void **state, const Maker *m)
{
    Err err;
    const char *path = in_folder(state, "a.tif");
    make_tiff(path, m);
    Reader *reader = open_sketch(path, true);
    ImageInfo info = reader_info(reader);
    assert_int_equal(info.width, 41); /* the last column stands for three */
    assert_int_equal(info.height, 30);
    Image *image = image_new(info, &err);
    assert_true(reader_read(reader, image->data, image->stride, info.height, &err));
    for (int y = 0; y < info.height; y++)
        for (int x = 0; x < info.width; x++)
            for (int c = 0; c < info.channels; c++)
                assert_int_equal(sample_of(image, x, y, c), expected(m, x, y, c));
    image_unref(&image);
    reader_close(reader);
}

static Maker rgb(void)
{
    return (Maker){.width = WIDTH,
                   .height = HEIGHT,
                   .samples = 3,
                   .bits = 8,
                   .strip_rows = 7,
                   .photometric = PHOTOMETRIC_RGB};
}

static void every_layout(void **state)
{
    for (int big = 0; big < 2; big++)
        for (int bits = 1; bits <= 16; bits += bits == 4 ? 4 : bits < 8 ? bits : 8) {
            Maker m = rgb(), gray = m, veiled = m;
            m.mode = gray.mode = veiled.mode = big ? "wb" : "w8l";
            m.bits = gray.bits = bits;
            gray.samples = 1;
            gray.photometric = PHOTOMETRIC_MINISWHITE;
            gray.strip_rows = HEIGHT;
            veiled.samples = 4;
            veiled.extra = 1;
            veiled.meaning = EXTRASAMPLE_UNASSALPHA;
            expect_sketch(state, &m);
            expect_sketch(state, &gray);
            expect_sketch(state, &veiled);
        }
    Maker palette = rgb();
    palette.samples = 1;
    palette.photometric = PHOTOMETRIC_PALETTE;
    expect_sketch(state, &palette);
}

/* Rows that cannot be read alone, and a picture that is as small as its sketch. */
static void what_has_none(void **state)
{
    Maker makers[] = {rgb(), rgb(), rgb(), rgb(), rgb()};
    makers[0].compression = COMPRESSION_LZW;
    makers[1].tile = 64;
    makers[2].separate = true;
    makers[3].fill_order = FILLORDER_LSB2MSB;
    makers[4].width = 4 * LEAST - 1;
    for (int i = 0; i < 5; i++) {
        const char *path = in_folder(state, "a.tif");
        make_tiff(path, &makers[i]);
        Err err;
        Reader *reader = open_sketch(path, false);
        Image *image = image_new(reader_info(reader), &err), *whole = load_good(path);
        int height = image->info.height;
        assert_true(reader_read(reader, image->data, image->stride, height, &err));
        assert_same_pixels(image, whole);
        image_unref(&image);
        image_unref(&whole);
        reader_close(reader);
    }
}

/* More than a buffer is missing. The directory has been read by then. */
static void a_file_that_is_cut_short(void **state)
{
    Err err;
    size_t size;
    const char *path = in_folder(state, "a.tif");
    Maker m = rgb();
    m.width = 2000;
    make_tiff(path, &m);
    Reader *reader = open_sketch(path, true);
    uint8_t *bytes = bytes_read(path, &size);
    bytes_write(path, bytes, size / 2);
    ImageInfo info = reader_info(reader);
    Image *image = image_new(info, &err);
    assert_false(reader_read(reader, image->data, image->stride, info.height, &err));
    assert_int_equal(err.kind, ERR_FILE);
    assert_non_null(strstr(err.text, "the TIFF file is cut short"));
    image_unref(&image);
    reader_close(reader);
    mem_free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(every_layout),
        IN_FOLDER(what_has_none),
        IN_FOLDER(a_file_that_is_cut_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
