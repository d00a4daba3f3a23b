/* Where memory runs out inside a codec, memory is what failed, not the file. */
#include "failing_malloc.h"
#include "image/codec/formats.h"
#include "image/reader.h"
#include "image/writer.h"
#include "test_image.h"

#include <tiffio.h>
#include <webp/encode.h>

/* Of a file's allocations so many fail, one after the other. */
enum { TRIES = 100 };

static uint64_t metadata_of(const Image *image)
{
    return image->meta ? meta_bytes(image->meta) : 0;
}

/* Load with that allocation failing; *made: how many there were. */
static Image *load_failing(const char *path, long number, long *made, Err *err)
{
    Notes notes = {0};
    allocations = 0;
    failing = number;
    Image *image = reader_load(path, &(ReadOptions){.notes = &notes}, err);
    failing = NONE;
    *made = allocations;
    return image;
}

/* Load the file with its allocations failing in turn: it fails for want of memory, or
 * is all there. */
static void assert_memory_is_named(const char *path)
{
    Err err = {0};
    long made, failed = 0;
    Image *whole = load_failing(path, COUNTED, &made, &err);
    if (!whole)
        fail_msg("%s", err.text);
    assert_non_null(whole);
    long stride = 1 + made / TRIES;
    for (long number = 1; CAN_FAIL && number <= made; number += stride) {
        long ignored;
        Image *image = load_failing(path, number, &ignored, &err);
        if (!image && (err.kind != ERR_MEMORY || strchr(err.text, '\n')))
            fail_msg("allocation %ld of %s: %s", number, path, err.text);
        if (image) {
            assert_same_pixels(image, whole);
            assert_int_equal(metadata_of(image), metadata_of(whole));
        }
        failed += !image;
        image_unref(&image);
    }
    image_unref(&whole);
    assert_true(failed > 0 || !CAN_FAIL);
}

/* A packet that is edited, and with it the parser's small allocations. */
static void add_packet(Image *image)
{
    static const char packet[] =
        "<a xmlns:t='http://ns.adobe.com/tiff/1.0/' t:ImageWidth='1'"
        " xmlns:g='http://ns.adobe.com/hdr-gain-map/1.0/' g:a='1'><t:b/></a>";
    image->meta = meta_new();
    assert_true(meta_set(&image->meta->xmp, packet, sizeof packet - 1, NULL));
}

static void in_jpeg_and_png(void **state)
{
    static const char *const names[] = {"a.jpg", "a.png"};
    for (int i = 0; i < 2; i++) {
        Image *image = picture(90, 70, 3, i ? 16 : 8);
        add_packet(image);
        const char *path = in_folder(state, names[i]);
        save_good(image, path, 0);
        assert_memory_is_named(path);
        image_unref(&image);
    }
}

static void make_tiff(const char *path, const Image *image, uint16_t compression)
{
    TIFF *tiff = TIFFOpen(path, "w");
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, image->info.width);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, image->info.height);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 3);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, compression);
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 16);
    for (int y = 0; y < image->info.height; y++)
        TIFFWriteScanline(tiff, image_row(image, y), (uint32_t)y, 0);
    TIFFClose(tiff);
}

/* libtiff 4.5 and libwebp 1.2 go through null pointers where their small tables are not
 * to be had; mem_alloc leaves room for those. */
enum { LARGE_IN_TIFF = 4 << 10, LARGE_IN_WEBP = 16 << 10 };

static void in_tiff(void **state)
{
    ours = true;
    from = LARGE_IN_TIFF;
    static const uint16_t compressions[] = {COMPRESSION_LZW, COMPRESSION_ADOBE_DEFLATE,
                                            COMPRESSION_JPEG, COMPRESSION_PACKBITS};
    Image *image = picture(900, 70, 3, 8);
    const char *path = in_folder(state, "a.tif");
    for (size_t i = 0; i < sizeof compressions / sizeof compressions[0]; i++) {
        make_tiff(path, image, compressions[i]);
        assert_memory_is_named(path);
    }
    ours = false;
    from = 0;
    image_unref(&image);
}

static void in_webp(void **state)
{
    ours = true;
    from = LARGE_IN_WEBP;
    Image *image = picture(900, 70, 4, 8);
    const char *path = in_folder(state, "a.webp");
    for (int lossy = 0; lossy < 2; lossy++) {
        uint8_t *bytes;
        size_t size =
            lossy ? WebPEncodeRGBA(image->data, 900, 70, (int)image->stride, 60, &bytes)
                  : WebPEncodeLosslessRGBA(image->data, 900, 70, (int)image->stride,
                                           &bytes);
        bytes_write(path, bytes, size);
        WebPFree(bytes);
        assert_memory_is_named(path);
    }
    ours = false;
    from = 0;
    image_unref(&image);
}

/* Blocks of so many bytes. */
enum { MUCH = 600 << 10, LARGE_IN_METADATA = 256 << 10 };

static Image *picture_with_metadata(void)
{
    static uint8_t icc[MUCH] = {[16] = 'R', 'G', 'B', ' '};
    static char xmp[MUCH] = "<a>", iptc[MUCH] = "Photoshop 3.0\0008BIM\4\4\0\0";
    Image *image = picture(8, 8, 3, 8);
    memset(xmp + 3, ' ', MUCH - 7);
    memcpy(xmp + MUCH - 4, "</a>", 4);
    for (int i = 0; i < 4; i++)
        iptc[22 + i] = (char)((MUCH - 26) >> (24 - 8 * i));
    image->meta = meta_new();
    image->meta->dpi = 300;
    assert_true(meta_set(&image->meta->icc, icc, MUCH, NULL));
    assert_true(meta_set(&image->meta->xmp, xmp, MUCH, NULL));
    assert_true(meta_set(&image->meta->iptc, iptc, MUCH, NULL));
    return image;
}

static const char *const WITH_METADATA[] = {"a.jpg", "a.png", "a.tif"};

static void while_metadata_are_read(void **state)
{
    if (!CAN_FAIL)
        return;
    for (int i = 0; i < 3; i++) {
        Err err = {0};
        const char *path = in_folder(state, WITH_METADATA[i]);
        Image *image = picture_with_metadata();
        save_good(image, path, 0);
        image_unref(&image);
        from = LARGE_IN_METADATA;
        assert_memory_is_named(path);
        failing = ALL;
        image = reader_load(path, NULL, &err);
        failing = NONE;
        from = 0;
        assert_null(image);
        assert_int_equal(err.kind, ERR_MEMORY);
    }
}

static void while_metadata_are_written(void **state)
{
    if (!CAN_FAIL)
        return;
    for (int i = 0; i < 3; i++) {
        bool saved = false;
        Image *image = picture_with_metadata();
        from = LARGE_IN_METADATA;
        for (int number = ALL; !saved; number += number == ALL ? 2 : 1) {
            Err err = {0};
            SaveOptions options = {.overwrite = true};
            allocations = 0;
            failing = number;
            saved =
                writer_save(image, in_folder(state, WITH_METADATA[i]), &options, &err);
            failing = NONE;
            if (!saved)
                assert_int_equal(err.kind, ERR_MEMORY);
            if (number == ALL)
                assert_false(saved);
        }
        from = 0;
        image_unref(&image);
    }
}

/* Opened where nothing large is to be had, a file tells how much its rows will take. */
static void assert_opens_without_pixels(const char *path, uint64_t pixels)
{
    Err err = {0};
    from = LARGE_IN_METADATA;
    failing = ALL;
    Reader *reader = reader_open(path, NULL, &err);
    failing = NONE;
    from = 0;
    if (!reader)
        fail_msg("%s", err.text);
    ImageInfo info = reader_info(reader);
    assert_true(reader_memory(reader) >= pixels);
    uint8_t *rows = mem_new((size_t)info.height, image_row_bytes(info));
    assert_true(reader_read(reader, rows, image_row_bytes(info), info.height, &err));
    mem_free(rows);
    reader_close(reader);
}

static void opening_takes_no_webp(void **state)
{
    enum { SIDE = 700 };
    uint32_t noise = 1;
    uint8_t *bytes;
    Image *image = picture(SIDE, SIDE, 3, 8);
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < 3 * SIDE; x++)
            image_row(image, y)[x] = (uint8_t)((noise = noise * 1664525 + 12345) >> 24);
    const char *path = in_folder(state, "a.webp");
    size_t size =
        WebPEncodeLosslessRGB(image->data, SIDE, SIDE, (int)image->stride, &bytes);
    assert_true(size > LARGE_IN_METADATA);
    bytes_write(path, bytes, size);
    WebPFree(bytes);
    assert_opens_without_pixels(path, size + (uint64_t)3 * SIDE * SIDE);
    image_unref(&image);
}

static void opening_takes_no_pixmap(void **state)
{
    enum { SIDE = 600, ROOM = 100 };
    char *text = mem_new(SIDE * (SIDE + 4) + ROOM, 1);
    int size =
        sprintf(text, "/* XPM */\nstatic char *a[] = {\n\"%d %d 1 1\",\n", SIDE, SIDE);
    size += sprintf(text + size, "\"a c #010203\",\n");
    for (int y = 0; y < SIDE; y++) {
        text[size++] = '"';
        memset(text + size, 'a', SIDE);
        size += SIDE;
        size += sprintf(text + size, y + 1 < SIDE ? "\",\n" : "\"};\n");
    }
    const char *path = in_folder(state, "a.xpm");
    bytes_write(path, text, (size_t)size);
    mem_free(text);
    char library[64];
    if (format_xpm.library(library, sizeof library, NULL))
        assert_opens_without_pixels(path, (uint64_t)8 * SIDE * SIDE);
}

/* Files that others make, PATH… of the command line. What their libraries ask for does
 * not fail: many end the process then, so memory is left for them (mem_expect). */

static char *const *given;

static void in_given_files(void **state)
{
    (void)state;
    ours = true;
    from = SIZE_MAX;
    for (char *const *path = given; *path; path++)
        assert_memory_is_named(*path);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest of_files[] = {cmocka_unit_test(in_given_files)};
    const struct CMUnitTest tests[] = {
        IN_FOLDER(in_jpeg_and_png),
        IN_FOLDER(in_tiff),
        IN_FOLDER(in_webp),
        IN_FOLDER(while_metadata_are_read),
        IN_FOLDER(opening_takes_no_webp),
        IN_FOLDER(opening_takes_no_pixmap),
        IN_FOLDER(while_metadata_are_written),
    };
    given = argv + 1;
    return argc > 1 ? cmocka_run_group_tests(of_files, NULL, NULL)
                    : cmocka_run_group_tests(tests, NULL, NULL);
}
