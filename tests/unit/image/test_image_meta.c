/* What travels with the pixels, and the orientation that is applied to them. */
#include "base/log.h"
#include "image/writer.h"
#include "test_image.h"

enum { EXIF_BYTES = 26, ICC_BYTES = 150000 };

/* An EXIF block whose only tag is the orientation. */
static void make_exif(uint8_t exif[EXIF_BYTES], bool big, int orientation)
{
    static const uint8_t little[EXIF_BYTES] = {'I', 'I',  42, 0, 8, 0, 0, 0, 1,
                                               0,   0x12, 1,  3, 0, 1, 0, 0};
    static const uint8_t large[EXIF_BYTES] = {'M', 'M', 0,    42, 0, 0, 0, 8, 0,
                                              1,   1,   0x12, 0,  3, 0, 0, 0, 1};
    memcpy(exif, big ? large : little, EXIF_BYTES);
    exif[big ? 19 : 18] = (uint8_t)orientation;
}

static Image *oriented(int orientation, bool big, int channels, int depth)
{
    uint8_t exif[EXIF_BYTES];
    Image *image = picture(23, 41, channels, depth);
    make_exif(exif, big, orientation);
    image->meta = meta_new();
    meta_set(&image->meta->exif, exif, sizeof exif, NULL);
    return image;
}

/* Where pixel (x, y) of the upright image is stored: the EXIF standard's table. */
static void stored_at(int orientation, ImageInfo stored, int x, int y, int at[2])
{
    int right = stored.width - 1, bottom = stored.height - 1;
    const int table[8][2] = {
        {x, y}, {right - x, y},  {right - x, bottom - y}, {x, bottom - y},
        {y, x}, {y, bottom - x}, {right - y, bottom - x}, {right - y, x}};
    at[0] = table[orientation - 1][0];
    at[1] = table[orientation - 1][1];
}

static void assert_upright(const Image *stored, const Image *upright, int orientation)
{
    size_t size = image_row_bytes(stored->info) / (size_t)stored->info.width;
    assert_int_equal(upright->info.width, orientation > 4 ? 41 : 23);
    for (int y = 0; y < upright->info.height; y++)
        for (int x = 0; x < upright->info.width; x++) {
            int at[2];
            stored_at(orientation, stored->info, x, y, at);
            assert_memory_equal(image_row(upright, y) + (size_t)x * size,
                                image_row(stored, at[1]) + (size_t)at[0] * size, size);
        }
    assert_int_equal(meta_orientation(upright->meta), 1);
}

static void every_orientation_comes_upright(void **state)
{
    const char *path = in_folder(state, "a.png");
    for (int orientation = 1; orientation <= 8; orientation++)
        for (int kind = 0; kind < 8; kind++) {
            Image *stored =
                oriented(orientation, kind & 1, 1 + kind / 2, 8 << (kind & 1));
            save_good(stored, path, 0);
            Image *upright = load_good(path);
            assert_upright(stored, upright, orientation);
            assert_int_equal(upright->meta->exif.size, EXIF_BYTES);
            image_unref(&upright);
            image_unref(&stored);
        }
}

static void turned_rows_come_in_any_strips(void **state)
{
    Image *stored = oriented(6, false, 3, 8);
    const char *path = in_folder(state, "a.png");
    save_good(stored, path, 0);
    Image *whole = load_good(path);
    for (int strip = 1; strip <= 23; strip += 5) {
        uint8_t rows[23 * 41 * 3];
        read_in_strips(path, strip, rows);
        for (int y = 0; y < 23; y++)
            assert_memory_equal(rows + y * 41 * 3, image_row(whole, y), 41 * 3);
    }
    image_unref(&whole);
    image_unref(&stored);
}

static void jpeg_orientation_counts_too(void **state)
{
    Image *stored = oriented(8, true, 3, 8);
    const char *path = in_folder(state, "a.jpg");
    save_good(stored, path, 0);
    Image *upright = load_good(path);
    assert_int_equal(upright->info.width, 41);
    assert_int_equal(meta_orientation(upright->meta), 1);
    image_unref(&upright);
    image_unref(&stored);
}

/* Whatever stands in an EXIF block, reading it stays inside (the sanitizers look). */
static void hostile_exif_is_harmless(void **state)
{
    (void)state;
    uint32_t noise = 3;
    for (int round = 0; round < 200000; round++) {
        uint8_t exif[EXIF_BYTES];
        Meta *meta = meta_new();
        make_exif(exif, round & 1, round % 11);
        for (int i = 0; i < 3; i++) {
            noise = noise * 1664525 + 1013904223;
            exif[(noise >> 8) % EXIF_BYTES] = (uint8_t)(noise >> 24);
        }
        meta_set(&meta->exif, exif, (noise >> 16) % (EXIF_BYTES + 1), NULL);
        assert_in_range(meta_orientation(meta), 1, 8);
        assert_true(meta_set_upright(meta, NULL, NULL));
        assert_int_equal(meta_orientation(meta), 1);
        meta_unref(&meta);
    }
}

static void xmp_follows_the_orientation(void **state)
{
    (void)state;
    static const char packet[] =
        "<a xmlns:tiff=\"http://ns.adobe.com/tiff/1.0/\" tiff:Orientation=\"6\">"
        "<tiff:Orientation>8</tiff:Orientation></a>";
    static const char upright[] =
        "<a xmlns:tiff=\"http://ns.adobe.com/tiff/1.0/\" tiff:Orientation=\"1\">"
        "<tiff:Orientation>1</tiff:Orientation></a>";
    Image *image = oriented(6, false, 1, 8);
    meta_set(&image->meta->xmp, packet, sizeof packet - 1, NULL);
    assert_true(meta_set_upright(image->meta, NULL, NULL));
    assert_memory_equal(image->meta->xmp.data, upright, sizeof upright - 1);
    meta_set(&image->meta->exif, NULL, 0, NULL);
    meta_set(&image->meta->xmp, packet, sizeof packet - 1, NULL);
    assert_true(meta_set_upright(image->meta, NULL, NULL));
    assert_memory_equal(image->meta->xmp.data, packet, sizeof packet - 1);
    image_unref(&image);
}

/* As much of a profile's header as libpng looks at. */
static void make_icc(Meta *meta, const char *space)
{
    uint8_t *icc = mem_new(ICC_BYTES, 1);
    for (int i = 132; i < ICC_BYTES; i++)
        icc[i] = (uint8_t)(i * 7 >> 5);
    memcpy(icc, "\0\2\x49\xF0", 4); /* 150,000 */
    memcpy(icc + 8, "\2\x10\0\0mntr", 8);
    memcpy(icc + 16, space, 4);
    memcpy(icc + 20, "XYZ ", 4);
    memcpy(icc + 36, "acsp", 4);
    memcpy(icc + 68, "\0\0\xF6\xD6\0\1\0\0\0\0\xD3\x2D", 12); /* D50 */
    memset(icc + 128, 0, 4);                                  /* no tags */
    meta_set(&meta->icc, icc, ICC_BYTES, NULL);
    mem_free(icc);
}

static void assert_same_block(Block a, Block b)
{
    assert_int_equal(a.size, b.size);
    assert_memory_equal(a.data, b.data, a.size);
}

static void blocks_are_carried_byte_for_byte(void **state)
{
    static const char *const names[] = {"a.jpg", "b.png", "c.jpg"};
    static const char xmp[] = "<x:xmpmeta>Grüße</x:xmpmeta>";
    uint8_t iptc[100000] = "Photoshop 3.0";
    Image *first = oriented(1, true, 3, 8);
    for (size_t i = 14; i < sizeof iptc; i++)
        iptc[i] = (uint8_t)(i * 7 >> 3);
    make_icc(first->meta, "RGB ");
    meta_set(&first->meta->xmp, xmp, sizeof xmp - 1, NULL);
    meta_set(&first->meta->iptc, iptc, sizeof iptc, NULL);
    first->meta->dpi = 240;
    Image *image = image_ref(first);
    for (int i = 0; i < 3; i++) {
        const char *path = in_folder(state, names[i]);
        save_good(image, path, 0);
        image_unref(&image);
        image = load_good(path);
        assert_same_block(image->meta->exif, first->meta->exif);
        assert_same_block(image->meta->icc, first->meta->icc);
        assert_same_block(image->meta->xmp, first->meta->xmp);
        if (i == 0) /* PNG has no place for it */
            assert_same_block(image->meta->iptc, first->meta->iptc);
        assert_true(image->meta->dpi > 239.9 && image->meta->dpi < 240.1);
    }
    image_unref(&image);
    image_unref(&first);
}

static void a_profile_must_fit_the_channels(void **state)
{
    static const struct {
        const char *space;
        int channels;
        bool kept;
    } cases[] = {
        {"GRAY", 1, true}, {"GRAY", 3, false}, {"RGB ", 3, true}, {"CMYK", 3, false}};
    static const char *const names[] = {"a.jpg", "a.png"};
    for (int i = 0; i < 8; i++) {
        Image *image = picture(4, 4, cases[i / 2].channels, 8);
        const char *path = in_folder(state, names[i % 2]);
        image->meta = meta_new();
        make_icc(image->meta, cases[i / 2].space);
        save_good(image, path, 0);
        Image *back = load_good(path);
        assert_int_equal(back->meta->icc.data != NULL, cases[i / 2].kept);
        image_unref(&back);
        image_unref(&image);
    }
}

static void png_colour_space_is_carried(void **state)
{
    static const int32_t chroma[8] = {31270, 32900, 64000, 33000,
                                      21000, 71000, 15000, 6000};
    const char *path = in_folder(state, "a.png");
    Image *image = picture(4, 4, 3, 8);
    image->meta = meta_new();
    image->meta->gamma = 55556;
    memcpy(image->meta->chroma, chroma, sizeof chroma);
    save_good(image, path, 0);
    Image *back = load_good(path);
    assert_int_equal(back->meta->gamma, 55556);
    assert_memory_equal(back->meta->chroma, chroma, sizeof chroma);
    assert_int_equal(back->meta->srgb_intent, 0);
    image_unref(&back);
    image->meta->srgb_intent = 2;
    save_good(image, path, 0);
    back = load_good(path);
    assert_int_equal(back->meta->srgb_intent, 2);
    image_unref(&back);
    image_unref(&image);
}

static char logged[1024];

static void keep_line(LogLevel level, const char *line)
{
    (void)level;
    snprintf(logged, sizeof logged, "%s", line);
}

/* Noted for whoever asks, else in the log with the file's name. */
static void assert_noted(const Image *image, const char *path, const char *note)
{
    Err err = {0};
    Notes notes = {0};
    SaveOptions options = {.overwrite = true, .notes = &notes};
    char line[1024];
    snprintf(line, sizeof line, "%s: %s", path, note);
    log_set_sink(keep_line);
    logged[0] = 0;
    assert_true(writer_save(image, path, &options, &err));
    assert_string_equal(notes.text, note);
    assert_false(notes.damaged);
    assert_string_equal(logged, "");
    options.notes = NULL;
    assert_true(writer_save(image, path, &options, &err));
    log_set_sink(NULL);
    assert_non_null(strstr(logged, line));
}

static void too_much_for_jpeg_is_left_out(void **state)
{
    uint8_t *exif = mem_new(70000, 1);
    const char *path = in_folder(state, "a.jpg");
    Image *image = picture(4, 4, 3, 8);
    image->meta = meta_new();
    make_exif(exif, false, 1);
    meta_set(&image->meta->exif, exif, 65527, NULL);
    save_good(image, path, 0);
    Image *back = load_good(path);
    assert_int_equal(back->meta->exif.size, 65527);
    image_unref(&back);
    meta_set(&image->meta->exif, exif, 65528, NULL);
    assert_noted(
        image, path,
        "65528 bytes of EXIF data do not fit into a JPEG file and are left out");
    back = load_good(path);
    assert_null(back->meta->exif.data);
    image_unref(&back);
    image_unref(&image);
    mem_free(exif);
}

static void a_reference_shares(void **state)
{
    (void)state;
    Meta *meta = meta_new(), *other = meta_ref(meta), *none = NULL;
    assert_true(meta_set(&meta->xmp, "abc", 3, NULL));
    assert_ptr_equal(other, meta);
    meta_unref(&meta);
    assert_null(meta);
    assert_memory_equal(other->xmp.data, "abc", 3);
    meta_unref(&other);
    meta_unref(&none);
    assert_null(meta_ref(NULL));
}

static void an_output_has_blocks_of_its_own(void **state)
{
    (void)state;
    Meta *meta = meta_new();
    meta_set(&meta->icc, "abc", 3, NULL);
    Meta *copy = meta_for_output(meta, 5, 6, NULL, NULL);
    assert_non_null(copy);
    meta_set(&meta->icc, "x", 1, NULL);
    assert_int_equal(copy->icc.size, 3);
    assert_memory_equal(copy->icc.data, "abc", 3);
    meta_unref(&meta);
    meta_unref(&copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(every_orientation_comes_upright),
        IN_FOLDER(turned_rows_come_in_any_strips),
        IN_FOLDER(jpeg_orientation_counts_too),
        cmocka_unit_test(hostile_exif_is_harmless),
        cmocka_unit_test(xmp_follows_the_orientation),
        IN_FOLDER(blocks_are_carried_byte_for_byte),
        IN_FOLDER(a_profile_must_fit_the_channels),
        IN_FOLDER(png_colour_space_is_carried),
        IN_FOLDER(too_much_for_jpeg_is_left_out),
        cmocka_unit_test(a_reference_shares),
        cmocka_unit_test(an_output_has_blocks_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
