/* TIFF: everything that is written comes back, and every layout is understood. */
#include "test_image.h"
#include "tiff_maker.h"

#include <fcntl.h>

#include "base/log.h"
#include "image/codec/format.h"
#include "image/codec/formats.h"

/* Noise, so that nothing compresses, in several strips of which the last is short. */
static void many_strips_come_back(void **state)
{
    uint32_t noise = 5;
    const char *path = in_folder(state, "a.tiff");
    Image *image = picture(701, 403, 3, 16);
    for (int y = 0; y < 403; y++)
        for (size_t i = 0; i < image_row_bytes(image->info); i++)
            image_row(image, y)[i] =
                (uint8_t)((noise = noise * 1664525 + 1013904223) >> 24);
    save_good(image, path, 0);
    Image *back = load_good(path);
    assert_same_pixels(image, back);
    image_unref(&back);
    image_unref(&image);
}

/* What others must find in the file. */
static void what_is_written_declares_itself(void **state)
{
    uint16_t value, *extra;
    const char *path = in_folder(state, "a.tif");
    Image *image = picture(9, 5, 4, 16);
    save_good(image, path, 0);
    TIFF *tiff = TIFFOpen(path, "r");
    assert_non_null(tiff);
    assert_int_equal(TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &value), 1);
    assert_int_equal(value, PHOTOMETRIC_RGB);
    assert_int_equal(TIFFGetField(tiff, TIFFTAG_EXTRASAMPLES, &value, &extra), 1);
    assert_int_equal(value, 1);
    assert_int_equal(extra[0], EXTRASAMPLE_UNASSALPHA);
    assert_int_equal(TIFFGetField(tiff, TIFFTAG_ORIENTATION, &value), 1);
    assert_int_equal(value, ORIENTATION_TOPLEFT);
    TIFFClose(tiff);
    image_unref(&image);
}

/* Four gigabytes need 64-bit offsets; a format's writer decides from the size. */
static void large_images_become_bigtiff(void **state)
{
    (void)state;
    static const ImageInfo infos[] = {{30000, 30000, 3, 8}, {30000, 30000, 3, 16}};
    for (int i = 0; i < 2; i++) {
        Err err = {0};
        uint8_t head[4];
        FILE *file = tmpfile();
        void *encoder =
            format_create(&format_tiff, file, &infos[i], NULL, &(SaveOptions){0}, &err);
        assert_non_null(encoder);
        format_discard(&format_tiff, encoder);
        rewind(file);
        assert_int_equal(fread(head, 1, sizeof head, file), sizeof head);
        assert_int_equal(head[2] | head[3], i == 0 ? 42 : 43);
        fclose(file);
    }
}

static void check_photometric(const char *path, Maker *m)
{
    static const struct {
        uint16_t photometric;
        int colours;
    } kinds[] = {{PHOTOMETRIC_MINISWHITE, 1},
                 {PHOTOMETRIC_MINISBLACK, 1},
                 {PHOTOMETRIC_RGB, 3},
                 {PHOTOMETRIC_PALETTE, 1},
                 {PHOTOMETRIC_SEPARATED, 4}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        for (int extra = 0; extra < 3; extra++)
            for (int meaning = 0; meaning < (extra ? 3 : 1); meaning++) {
                m->photometric = kinds[i].photometric;
                m->samples = kinds[i].colours + extra;
                m->extra = extra;
                m->meaning = (uint16_t)meaning;
                make_tiff(path, m);
                assert_made(path, m);
            }
}

static void every_layout_is_understood(void **state)
{
    static const int bits[] = {1, 2, 4, 8, 12, 16};
    static const char *const modes[] = {"wl", "wb8"};
    const char *path = in_folder(state, "a.tif");
    for (size_t b = 0; b < sizeof bits / sizeof bits[0]; b++)
        for (int form = 0; form < 12; form++) {
            Maker m = {.width = 37,
                       .height = 19,
                       .bits = bits[b],
                       .separate = form & 1,
                       .mode = modes[form >> 1 & 1],
                       .tile = form < 4 ? 16 : 0,
                       .strip_rows = form < 8 ? 4 : 100};
            check_photometric(path, &m);
        }
}

/* More colours than libtiff unpacks at a time, in bits that straddle bytes. */
static void wide_rows_are_unpacked_in_pieces(void **state)
{
    Maker m = {.width = 1003, .height = 3, .samples = 3, .bits = 12, .photometric = 2};
    const char *path = in_folder(state, "a.tif");
    make_tiff(path, &m);
    assert_made(path, &m);
    m.bits = 1, m.samples = 1, m.photometric = 0;
    make_tiff(path, &m);
    assert_made(path, &m);
}

static void undeclared_samples_are_alpha(void **state)
{
    const char *path = in_folder(state, "a.tif");
    for (int extra = 1; extra < 3; extra++) {
        Maker m = {.width = 9,
                   .height = 4,
                   .samples = 3 + extra,
                   .bits = 8,
                   .photometric = 2,
                   .extra = extra,
                   .undeclared = true};
        make_tiff(path, &m);
        assert_made(path, &m);
    }
}

static void lossless_compressions_are_read(void **state)
{
    static const uint16_t all[] = {COMPRESSION_LZW,     COMPRESSION_ADOBE_DEFLATE,
                                   COMPRESSION_DEFLATE, COMPRESSION_LZMA,
                                   COMPRESSION_ZSTD,    COMPRESSION_PACKBITS};
    const char *path = in_folder(state, "a.tif");
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        for (int form = 0; form < 8 && TIFFIsCODECConfigured(all[i]); form++) {
            Maker m = {.width = 53,
                       .height = 31,
                       .samples = 3,
                       .bits = form & 1 ? 16 : 8,
                       .photometric = 2,
                       .separate = form & 2,
                       .tile = form & 4 ? 32 : 0,
                       .strip_rows = 7,
                       .compression = all[i],
                       .predictor = all[i] == COMPRESSION_PACKBITS ? 0 : 2,
                       .mode = i & 1 ? "wb" : "wl"};
            make_tiff(path, &m);
            assert_made(path, &m);
        }
}

static void faxes_are_read(void **state)
{
    static const uint16_t all[] = {COMPRESSION_CCITTRLE, COMPRESSION_CCITTFAX3,
                                   COMPRESSION_CCITTFAX4, COMPRESSION_NONE};
    const char *path = in_folder(state, "a.tif");
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        for (uint16_t order = 1; order <= 2; order++) {
            Maker m = {.width = 91,
                       .height = 40,
                       .samples = 1,
                       .bits = 1,
                       .strip_rows = 16,
                       .compression = all[i],
                       .fill_order = order};
            make_tiff(path, &m);
            assert_made(path, &m);
        }
}

/* Strips above a few megabytes are read by rows, those of planes whole. */
static void large_strips_are_read(void **state)
{
    const char *path = in_folder(state, "a.tif");
    for (int form = 0; form < 3; form++) {
        Maker m = {.width = 1300,
                   .height = 1120,
                   .samples = 3,
                   .bits = 8,
                   .photometric = 2,
                   .separate = form == 2,
                   .strip_rows = form ? 1200 : 1100,
                   .compression = form ? COMPRESSION_ADOBE_DEFLATE : COMPRESSION_LZW,
                   .predictor = 2};
        make_tiff(path, &m);
        assert_made(path, &m);
    }
}

/* What a JPEG inside is like: gray, RGB, with colour at half resolution, in tiles. */
static Maker jpeg_form(int form)
{
    static const uint16_t photometrics[] = {PHOTOMETRIC_MINISBLACK, PHOTOMETRIC_RGB,
                                            PHOTOMETRIC_YCBCR, PHOTOMETRIC_YCBCR};
    return (Maker){.width = 64,
                   .height = 48,
                   .samples = form ? 3 : 1,
                   .bits = 8,
                   .photometric = photometrics[form],
                   .tile = form == 3 ? 32 : 0,
                   .strip_rows = 16,
                   .compression = COMPRESSION_JPEG};
}

/* One colour all over: each of its samples is 90 more than the one before. */
static void write_jpeg_form(const char *path, int form)
{
    Maker m = jpeg_form(form);
    TIFF *tiff = TIFFOpen(path, "w");
    uint8_t row[3 * 64 * 32];
    maker_set_fields(tiff, &m);
    TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
    TIFFSetField(tiff, TIFFTAG_JPEGQUALITY, 95);
    for (size_t i = 0; i < sizeof row; i++)
        row[i] = (uint8_t)(form ? i % 3 * 90 + 30 : 77);
    for (uint32_t y = 0; form != 3 && y < 48; y++)
        assert_int_equal(TIFFWriteScanline(tiff, row, y, 0), 1);
    for (uint32_t i = 0; form == 3 && i < 4; i++)
        assert_true(TIFFWriteTile(tiff, row, i % 2 * 32, i / 2 * 32, 0, 0) > 0);
    TIFFClose(tiff);
}

static void jpeg_inside_is_read(void **state)
{
    const char *path = in_folder(state, "a.tif");
    for (int form = 0; form < 4; form++) {
        write_jpeg_form(path, form);
        Image *image = load_good(path);
        assert_int_equal(image->info.channels, form ? 3 : 1);
        for (int c = 0; c < image->info.channels; c++)
            assert_in_range(sample_of(image, 40, 41, c), form ? c * 90 + 27 : 76,
                            form ? c * 90 + 33 : 78);
        image_unref(&image);
    }
}

/* Without JPEG, and two by two pixels share a colour. */
static void write_ycbcr(const char *path, const Maker *m, const uint8_t block[6])
{
    TIFF *tiff = TIFFOpen(path, "w");
    uint8_t bytes[64 * 64 * 2];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = block[i % 6];
    maker_set_fields(tiff, m);
    TIFFSetField(tiff, TIFFTAG_YCBCRSUBSAMPLING, 2, 2);
    for (uint32_t i = 0; m->tile && i < TIFFNumberOfTiles(tiff); i++)
        assert_true(TIFFWriteEncodedTile(tiff, i, bytes, TIFFTileSize(tiff)) > 0);
    for (uint32_t i = 0; !m->tile && i < TIFFNumberOfStrips(tiff); i++) {
        tmsize_t size = TIFFVStripSize(tiff, i < 2 ? 8 : 4);
        assert_true(TIFFWriteEncodedStrip(tiff, i, bytes, size) > 0);
    }
    TIFFClose(tiff);
}

static void ycbcr_becomes_rgb(void **state)
{
    static const uint8_t block[6] = {100, 110, 120, 130, 128, 128};
    /* libtiff 4.5 wants such tiles to be whole kilobytes. */
    const char *path = in_folder(state, "a.tif");
    for (int tile = 0; tile <= 64; tile += 64) {
        Maker m = {.width = 90,
                   .height = 20,
                   .samples = 3,
                   .bits = 8,
                   .strip_rows = 8,
                   .tile = tile,
                   .photometric = PHOTOMETRIC_YCBCR};
        write_ycbcr(path, &m, block);
        Image *image = load_good(path);
        assert_int_equal(image->info.channels, 3);
        for (int i = 0; i < 90 * 20 * 3; i++) {
            int x = i / 3 % 90, y = i / 270;
            assert_int_equal(sample_of(image, x, y, i % 3), block[y % 2 * 2 + x % 2]);
        }
        image_unref(&image);
    }
}

/* A palette of 8 bits, or of 8 bits spread over 16, gives 8 bits. */
static void small_palettes_stay_small(void **state)
{
    static const unsigned spreads[] = {1, 256, 257};
    const char *path = in_folder(state, "a.tif");
    for (int i = 0; i < 3; i++) {
        Maker m = {.width = 20, .height = 3, .samples = 1, .bits = 8, .photometric = 3};
        uint16_t colours[3][256];
        for (unsigned c = 0; c < 3; c++)
            for (unsigned k = 0; k < 256; k++)
                colours[c][k] = (uint16_t)(((k + 50 * c) & 0xFF) * spreads[i]);
        TIFF *tiff = TIFFOpen(path, "w");
        maker_set_fields(tiff, &m);
        TIFFSetField(tiff, TIFFTAG_COLORMAP, colours[0], colours[1], colours[2]);
        maker_write_pixels(tiff, &m);
        TIFFClose(tiff);
        Image *image = load_good(path);
        assert_int_equal(image->info.depth, 8);
        assert_int_equal(image->info.channels, 3);
        for (int x = 0; x < 20; x++)
            for (unsigned c = 0; c < 3; c++)
                assert_int_equal(sample_of(image, x, 2, (int)c),
                                 (maker_sample(&m, x, 2, 0) + 50 * c) & 0xFF);
        image_unref(&image);
    }
}

static void orientations_are_applied(void **state)
{
    const char *path = in_folder(state, "a.tif");
    Maker m = {.width = 7, .height = 5, .samples = 3, .bits = 16, .photometric = 2};
    for (uint16_t orientation = 1; orientation <= 8; orientation++) {
        Err err = {0};
        m.orientation = orientation;
        make_tiff(path, &m);
        Reader *reader = reader_open(path, NULL, &err);
        assert_non_null(reader);
        assert_int_equal(reader_orientation(reader), orientation);
        reader_close(reader);
        Image *image = load_good(path);
        assert_int_equal(image->info.width, orientation > 4 ? 5 : 7);
        /* Where the stored image's first pixel stands. */
        bool right = orientation == 2 || orientation == 3 || orientation == 6 ||
                     orientation == 7;
        bool down = orientation == 3 || orientation == 4 || orientation == 7 ||
                    orientation == 8;
        assert_int_equal(sample_of(image, right ? image->info.width - 1 : 0,
                                   down ? image->info.height - 1 : 0, 1),
                         maker_expected(&m, 0, 0, 1));
        save_good(image, in_folder(state, "b.tif"), 0);
        Image *again = load_good(in_folder(state, "b.tif"));
        assert_same_pixels(image, again);
        image_unref(&again);
        image_unref(&image);
    }
}

static char said[200];

static void keep_line(LogLevel level, const char *line)
{
    (void)level;
    snprintf(said, sizeof said, "%s", line);
}

static void the_first_of_several_pages_is_read(void **state)
{
    char wanted[200];
    Maker m = {.width = 7, .height = 5, .samples = 3, .bits = 8, .photometric = 2};
    Maker other = {.width = 3, .height = 2, .samples = 1, .bits = 8, .photometric = 1};
    const char *path = in_folder(state, "a.tif");
    make_tiff(path, &m);
    log_set_sink(keep_line);
    said[0] = 0;
    assert_made(path, &m);
    assert_string_equal(said, "");
    other.mode = "a";
    make_tiff(path, &other);
    assert_made(path, &m);
    log_set_sink(NULL);
    snprintf(wanted, sizeof wanted, "%s: the first of several pages is read", path);
    assert_string_equal(said, wanted);
}

static void rows_come_in_any_strips(void **state)
{
    const char *path = in_folder(state, "a.tif");
    for (int tile = 0; tile <= 16; tile += 16)
        for (int strip = 1; strip <= 37; strip += 6) {
            Maker m = {.width = 21,
                       .height = 37,
                       .samples = 3,
                       .bits = 8,
                       .photometric = 2,
                       .strip_rows = 5,
                       .tile = tile};
            uint8_t rows[37 * 63] = {0};
            make_tiff(path, &m);
            read_in_strips(path, strip, rows);
            for (int i = 0; i < 37 * 63; i++)
                assert_int_equal(rows[i],
                                 maker_expected(&m, i % 63 / 3, i / 63, i % 3));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(many_strips_come_back),
        IN_FOLDER(what_is_written_declares_itself),
        cmocka_unit_test(large_images_become_bigtiff),
        IN_FOLDER(every_layout_is_understood),
        IN_FOLDER(wide_rows_are_unpacked_in_pieces),
        IN_FOLDER(undeclared_samples_are_alpha),
        IN_FOLDER(lossless_compressions_are_read),
        IN_FOLDER(faxes_are_read),
        IN_FOLDER(large_strips_are_read),
        IN_FOLDER(jpeg_inside_is_read),
        IN_FOLDER(ycbcr_becomes_rgb),
        IN_FOLDER(small_palettes_stay_small),
        IN_FOLDER(orientations_are_applied),
        IN_FOLDER(the_first_of_several_pages_is_read),
        IN_FOLDER(rows_come_in_any_strips),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
