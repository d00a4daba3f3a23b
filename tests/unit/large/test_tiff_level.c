/* Pyramid TIFF: the level that fits, and what is none. */
#include "test_image.h"
#include "tiff_maker.h"

enum { WIDTH = 1001, HEIGHT = 700, LEVELS = 3 };

static Maker level_maker(int level)
{
    return (Maker){.width = WIDTH >> level,
                   .height = HEIGHT >> level,
                   .samples = 3,
                   .bits = 8,
                   .photometric = PHOTOMETRIC_RGB,
                   .tile = level % 2 ? 64 : 0};
}

static void write_level(TIFF *tiff, const Maker *m, bool reduced)
{
    if (reduced)
        TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, FILETYPE_REDUCEDIMAGE);
    maker_set_fields(tiff, m);
    maker_write_pixels(tiff, m);
    assert_true(TIFFWriteDirectory(tiff));
}

/* The levels' directories stand below the first one, or behind it. */
static const char *make_pyramid(void **state, bool below)
{
    const char *path = in_folder(state, "a.tif");
    TIFF *tiff = TIFFOpen(path, "wl");
    toff_t places[LEVELS] = {0};
    Maker first = level_maker(0);
    if (below)
        TIFFSetField(tiff, TIFFTAG_SUBIFD, LEVELS, places);
    write_level(tiff, &first, false);
    for (int i = 1; i <= LEVELS; i++) {
        Maker m = level_maker(i);
        write_level(tiff, &m, true);
    }
    TIFFClose(tiff);
    return path;
}

static void expect_pixels(Reader *reader, const Maker *m)
{
    Err err;
    ImageInfo info = reader_info(reader);
    assert_int_equal(info.width, m->width);
    assert_int_equal(info.height, m->height);
    Image *image = image_new(info, &err);
    assert_true(reader_read(reader, image->data, image->stride, info.height, &err));
    for (int y = 0; y < info.height; y += 13)
        for (int x = 0; x < info.width; x += 7)
            for (int c = 0; c < 3; c++)
                assert_int_equal(sample_of(image, x, y, c), maker_expected(m, x, y, c));
    image_unref(&image);
}

/* `level` comes where the longer side must have `least` pixels; 0: there is none. */
static void expect_level(const char *path, int least, int level)
{
    Err err;
    Maker m = level_maker(level);
    Reader *reader = reader_open(path, NULL, &err);
    assert_non_null(reader);
    assert_int_equal(reader_reduce(reader, least), level > 0);
    expect_pixels(reader, &m);
    reader_close(reader);
}

static void the_smallest_that_is_large_enough(void **state)
{
    for (int below = 0; below <= 1; below++) {
        const char *path = make_pyramid(state, below);
        expect_level(path, 100, 3);
        expect_level(path, 125, 3);
        expect_level(path, 126, 2);
        expect_level(path, 251, 1);
        expect_level(path, 501, 0);
    }
}

static void what_is_no_level_of_the_picture(void **state)
{
    const char *path = in_folder(state, "a.tif");
    Maker other[] = {level_maker(1), level_maker(1), level_maker(1)};
    other[0].height /= 2; /* another shape */
    other[1].samples = 1;
    other[1].photometric = PHOTOMETRIC_MINISBLACK;
    other[2].bits = 16;
    for (int i = 0; i < 3; i++) {
        Maker first = level_maker(0);
        TIFF *tiff = TIFFOpen(path, "wl");
        write_level(tiff, &first, false);
        write_level(tiff, &other[i], true);
        TIFFClose(tiff);
        expect_level(path, 100, 0);
    }
    Maker first = level_maker(0), page = level_maker(1);
    TIFF *tiff = TIFFOpen(path, "wl"); /* a page of its own, that looks like a level */
    write_level(tiff, &first, false);
    write_level(tiff, &page, false);
    TIFFClose(tiff);
    expect_level(path, 100, 0);
}

/* Cut within the last level: that one cannot be read, the picture can. */
static void a_file_that_is_cut_short(void **state)
{
    size_t size;
    const char *path = make_pyramid(state, false);
    uint8_t *bytes = bytes_read(path, &size);
    for (size_t cut = size - 400; cut > size - 60000; cut -= 7001) {
        bytes_write(path, bytes, cut);
        Err err;
        Reader *reader = reader_open(path, NULL, &err);
        assert_non_null(reader);
        if (!reader_reduce(reader, 100)) {
            Maker m = level_maker(0);
            expect_pixels(reader, &m);
        }
        reader_close(reader);
    }
    mem_free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(the_smallest_that_is_large_enough),
        IN_FOLDER(what_is_no_level_of_the_picture),
        IN_FOLDER(a_file_that_is_cut_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
