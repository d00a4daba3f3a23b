/* Damaged JPEG files are failures; files that are only odd are not. */
#include "image/reader.h"
#include "jpeg_maker.h"
#include "test_cuts.h"

enum { WIDTH = 40, HEIGHT = 30 };

static const uint8_t END[] = {0xFF, 0xD9};

/* Scans that may legally be repeated: each gives whole coefficients. */
static const jpeg_scan_info whole_scans[] = {
    {1, {0}, 0, 0, 0, 0},
    {1, {0}, 1, 63, 0, 0},
};

static void make(const char *path, JpegMaker maker, const uint8_t *rows)
{
    make_jpeg(path, maker, WIDTH, HEIGHT, rows, (size_t)maker.channels * WIDTH);
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
        make(path, makers[i], rows);
        Image *whole = load_good(path);
        image_unref(&whole);
        assert_every_cut_fails(path, sizeof END);
        assert_cut_end_is_noted(path, sizeof END);
    }
}

#ifdef C_ARITH_CODING_SUPPORTED
/* libjpeg takes zeros for what is missing, so no cut can be told from the harmless one.
 */
static void a_cut_jpeg_of_arithmetic_coding_fails(void **state)
{
    uint8_t rows[WIDTH * HEIGHT * 3];
    const char *path = in_folder(state, "a.jpg");
    set_rows(rows, 3);
    for (int progressive = 0; progressive < 2; progressive++) {
        make(path, (JpegMaker){JCS_RGB, JCS_YCbCr, 3, progressive, 0, true}, rows);
        Image *whole = load_good(path);
        image_unref(&whole);
        assert_every_cut_fails(path, 0);
    }
}
#endif

static void damage_inside_a_jpeg_fails(void **state)
{
    uint8_t rows[WIDTH * HEIGHT * 3];
    size_t size;
    const char *path = in_folder(state, "a.jpg");
    set_rows(rows, 3);
    make(path, (JpegMaker){JCS_RGB, JCS_YCbCr, 3, false, 2}, rows);
    uint8_t *bytes = bytes_read(path, &size);
    memset(bytes + size / 2, 0xFF, 40);
    bytes_write(path, bytes, size);
    Err err = {0};
    assert_null(reader_load(path, NULL, &err));
    mem_free(bytes);
}

/* Some cameras pad: what stands before a marker and after the end is no damage. */
static void padding_in_a_jpeg_is_fine(void **state)
{
    uint8_t rows[WIDTH * HEIGHT * 3];
    size_t size;
    const char *path = in_folder(state, "a.jpg");
    set_rows(rows, 3);
    make(path, (JpegMaker){JCS_RGB, JCS_YCbCr, 3, false, 0}, rows);
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
    make(path, (JpegMaker){JCS_CMYK, JCS_CMYK, 4, false, 0}, rows);
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
    JpegMaker maker = {JCS_GRAYSCALE,       JCS_GRAYSCALE,        .channels = 1,
                       .progressive = true, .scans = whole_scans, .n_scans = 2};
    make(path, maker, rows);
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
    assert_null(reader_load(path, NULL, &err));
    assert_non_null(strstr(err.text, "more than 100 JPEG scans"));
    mem_free(bytes);
}

/* Where the bytes of `mark` stand, from the end. */
static size_t find_last(const uint8_t *bytes, size_t size, const char *mark)
{
    for (size_t at = size - 2; at > 0; at--)
        if (memcmp(bytes + at, mark, 2) == 0)
            return at;
    fail_msg("there is no such marker");
    return 0;
}

/* Put `more` into the file before its last `mark` and read it. */
static Image *load_with(const char *path, const char *mark, const void *more,
                        size_t n_more, Err *err)
{
    size_t size;
    uint8_t *bytes = bytes_read(path, &size);
    size_t at = find_last(bytes, size, mark);
    bytes = mem_grow(bytes, size + n_more, 1);
    memmove(bytes + at + n_more, bytes + at, size - at);
    memcpy(bytes + at, more, n_more);
    bytes_write(path, bytes, size + n_more);
    mem_free(bytes);
    return reader_load(path, NULL, err);
}

/* Wherever libjpeg passes over bytes behind the first scan, they are looked at. */
static void surplus_bytes_count_behind_pixels_only(void **state)
{
    static const JpegMaker plain = {JCS_RGB, JCS_YCbCr, 3, false, 0},
                           steps = {JCS_RGB, JCS_YCbCr, 3, true, 0},
                           parts = {JCS_RGB, JCS_YCbCr, 3, false, 2};
    static const struct {
        const JpegMaker *maker;
        const char *mark; /* in front of it */
        bool header;
    } places[] = {
        {&plain, "\xFF\xD9", false}, {&plain, "\xFF\xC0", true},
        {&steps, "\xFF\xD9", false}, {&steps, "\xFF\xDA", false},
        {&parts, "\xFF\xD1", false}, {&plain, "\xFF\xDA", true},
    };
    uint8_t rows[WIDTH * HEIGHT * 3], zeros[40] = {0}, ones[40], junk[40],
                                      mixed[40] = {0};
    const char *path = in_folder(state, "a.jpg");
    set_rows(rows, 3);
    memset(ones, 0xFF, sizeof ones);
    memset(junk, 0x5A, sizeof junk);
    mixed[39] = 1;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const uint8_t *const surplus[] = {zeros, ones, mixed, junk};
        for (int kind = 0; kind < 4; kind++) {
            Err err = {0};
            bool fine = kind < 2 || places[i].header;
            make(path, *places[i].maker, rows);
            Image *image = load_with(path, places[i].mark, surplus[kind], 40, &err);
            if ((image != NULL) != fine)
                fail_msg("place %zu, surplus %d: %s", i, kind, err.text);
            if (!fine)
                assert_non_null(strstr(err.text, "damaged JPEG file: "));
            image_unref(&image);
        }
    }
}

/* One component a scan, and the last scan is gone though the end marker is there. */
static void a_missing_scan_fails(void **state)
{
    static const jpeg_scan_info scans[] = {
        {1, {0}, 0, 63, 0, 0}, {1, {1}, 0, 63, 0, 0}, {1, {2}, 0, 63, 0, 0}};
    uint8_t rows[WIDTH * HEIGHT * 3];
    size_t size;
    const char *path = in_folder(state, "a.jpg");
    set_rows(rows, 3);
    JpegMaker maker = {JCS_RGB, JCS_YCbCr, .channels = 3, .scans = scans, .n_scans = 3};
    make(path, maker, rows);
    Image *image = load_good(path);
    image_unref(&image);
    uint8_t *bytes = bytes_read(path, &size);
    size_t at = find_last(bytes, size, "\xFF\xDA");
    memcpy(bytes + at, END, sizeof END);
    bytes_write(path, bytes, at + sizeof END);
    assert_load_fails(path, "damaged JPEG file: a component has no scan");
    bytes_write(path, bytes, at);
    assert_load_fails(path, "the JPEG file is cut short");
    mem_free(bytes);
}

/* Nothing is taken for pixels that the file has no bits for. */
static void a_claim_is_held_against_the_size(void **state)
{
    uint8_t rows[WIDTH * HEIGHT * 3];
    size_t size;
    const char *path = in_folder(state, "a.jpg");
    set_rows(rows, 3);
    for (int progressive = 0; progressive < 2; progressive++) {
        Err err = {0};
        make(path, (JpegMaker){JCS_RGB, JCS_YCbCr, 3, progressive, 0}, rows);
        uint8_t *bytes = bytes_read(path, &size);
        size_t at = find_last(bytes, size, progressive ? "\xFF\xC2" : "\xFF\xC0");
        memcpy(bytes + at + 5, "\x3F\xFF\x3F\xFF", 4);
        bytes_write(path, bytes, size);
        mem_free(bytes);
        assert_null(reader_open(path, NULL, &err));
        assert_non_null(strstr(err.text, "its header claims more pixels than its"));
    }
}

/* A segment costs the same however many there are, and no more than so many come in. */
static void segments_are_counted(void **state)
{
    uint8_t rows[WIDTH * HEIGHT * 3];
    const char *path = in_folder(state, "a.jpg");
    set_rows(rows, 3);
    for (int count = 65000; count <= 66000; count += 1000) {
        uint8_t *flood = mem_new((size_t)count, 6);
        Err err = {0};
        make(path, (JpegMaker){JCS_RGB, JCS_YCbCr, 3, false, 0}, rows);
        for (int i = 0; i < count; i++)
            memcpy(flood + 6 * i, "\xFF\xE1\0\4xx", 6);
        Image *image = load_with(path, "\xFF\xDB", flood, 6 * (size_t)count, &err);
        assert_int_equal(image != NULL, count < 65536);
        assert_int_equal(strstr(err.text, "more than 65536 JPEG segments") != NULL,
                         !image);
        image_unref(&image);
        mem_free(flood);
    }
}

static void metadata_is_bounded(void **state)
{
    ReadOptions options = {.max_metadata = 5000};
    const char *path = in_folder(state, "a.jpg");
    Image *image = picture(16, 16, 3, 8);
    image->meta = meta_new();
    for (int size = 4000; size <= 6000; size += 2000) {
        uint8_t *packet = mem_new((size_t)size, 1);
        Err err = {0};
        meta_set(&image->meta->xmp, packet, (size_t)size, NULL);
        save_good(image, path, 0);
        Reader *reader = reader_open(path, &options, &err);
        assert_int_equal(reader != NULL, size < 5000);
        assert_int_equal(strstr(err.text, "more than 5000 bytes of metadata") != NULL,
                         !reader);
        reader_close(reader);
        mem_free(packet);
    }
    image_unref(&image);
}

/* Whatever stands in a file, reading it stays inside (the sanitizers look). */
static void hostile_files_are_harmless(void **state)
{
    size_t size;
    uint32_t noise = 23;
    Notes notes = {0};
    const char *path = in_folder(state, "a.jpg");
    Image *image = picture(24, 16, 3, 8);
    image->meta = meta_new();
    meta_set(&image->meta->xmp, "<x/>", 4, NULL);
    meta_set(&image->meta->exif, "II*\0\x08\0\0\0\0\0\0\0\0", 14, NULL);
    meta_set(&image->meta->iptc, "Photoshop 3.0\0008BIM\4\4\0\0\0\0\0\2ab", 28, NULL);
    save_good(image, path, 0);
    image_unref(&image);
    uint8_t *bytes = bytes_read(path, &size), *copy = mem_new(size, 1);
    for (int round = 0; round < 1000; round++) {
        Err err = {0};
        ReadOptions options = {.notes = &notes, .lenient = round & 1};
        memcpy(copy, bytes, size);
        for (int i = 0; i < 3; i++) {
            noise = noise * 1664525 + 1013904223;
            copy[2 + (noise >> 8) % (size - 2)] = (uint8_t)(noise >> 24);
        }
        bytes_write(path, copy, size);
        image = reader_load(path, &options, &err);
        assert_true(image || strncmp(err.text, path, strlen(path)) == 0);
        image_unref(&image);
    }
    mem_free(copy);
    mem_free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_cut_jpeg_fails),
#ifdef C_ARITH_CODING_SUPPORTED
        IN_FOLDER(a_cut_jpeg_of_arithmetic_coding_fails),
#endif
        IN_FOLDER(damage_inside_a_jpeg_fails),
        IN_FOLDER(padding_in_a_jpeg_is_fine),
        IN_FOLDER(cmyk_becomes_rgb),
        IN_FOLDER(a_scan_bomb_is_refused),
        IN_FOLDER(surplus_bytes_count_behind_pixels_only),
        IN_FOLDER(a_missing_scan_fails),
        IN_FOLDER(a_claim_is_held_against_the_size),
        IN_FOLDER(segments_are_counted),
        IN_FOLDER(metadata_is_bounded),
        IN_FOLDER(hostile_files_are_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
