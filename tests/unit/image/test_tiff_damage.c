/* Damaged, hostile and unsupported TIFF files: failures in words, and cheap ones. */
#include "image/reader.h"
#include "test_cuts.h"
#include "tiff_maker.h"

/* Files of every way to decode, as small as they can be. */
static const Maker makers[] = {
    {.width = 13,
     .height = 9,
     .samples = 3,
     .bits = 8,
     .photometric = 2,
     .strip_rows = 4},
    {.width = 13,
     .height = 9,
     .samples = 1,
     .bits = 8,
     .photometric = 3,
     .compression = COMPRESSION_LZW,
     .strip_rows = 4},
    {.width = 13,
     .height = 9,
     .samples = 4,
     .bits = 16,
     .photometric = 2,
     .extra = 1,
     .meaning = EXTRASAMPLE_ASSOCALPHA,
     .compression = COMPRESSION_ADOBE_DEFLATE,
     .predictor = 2,
     .strip_rows = 9,
     .mode = "wb8"},
    {.width = 13,
     .height = 9,
     .samples = 3,
     .bits = 8,
     .photometric = 2,
     .separate = true,
     .compression = COMPRESSION_PACKBITS,
     .strip_rows = 3},
    {.width = 30,
     .height = 20,
     .samples = 1,
     .bits = 8,
     .photometric = 1,
     .tile = 16,
     .compression = COMPRESSION_ZSTD},
    {.width = 40,
     .height = 12,
     .samples = 1,
     .bits = 1,
     .photometric = 0,
     .compression = COMPRESSION_CCITTFAX4,
     .strip_rows = 6},
    {.width = 40,
     .height = 12,
     .samples = 1,
     .bits = 1,
     .photometric = 0,
     .compression = COMPRESSION_CCITTFAX3,
     .strip_rows = 12},
    {.width = 24,
     .height = 16,
     .samples = 3,
     .bits = 8,
     .photometric = 2,
     .compression = COMPRESSION_JPEG,
     .strip_rows = 8},
    {.width = 12,
     .height = 8,
     .samples = 4,
     .bits = 8,
     .photometric = PHOTOMETRIC_SEPARATED,
     .tile = 16,
     .compression = COMPRESSION_LZMA},
};
enum { N_MAKERS = sizeof makers / sizeof makers[0] };

/* libtiff puts the directory last; others put it first, and pixels end the file. */
static void move_directory_first(const char *path)
{
    size_t size;
    uint8_t *bytes = bytes_read(path, &size);
    uint32_t at, count, first = 8, delta;
    memcpy(&at, bytes + 4, 4);
    count = (uint32_t)(bytes[at] | bytes[at + 1] << 8);
    delta = (uint32_t)(size - at); /* the table and what stands behind it */
    uint8_t *moved = mem_new(size, 1);
    memcpy(moved, bytes, 8);
    memcpy(moved + 4, &first, 4);
    memcpy(moved + 8, bytes + at, delta);
    memcpy(moved + 8 + delta, bytes + 8, at - 8);
    for (uint32_t i = 0; i < count; i++) {
        uint8_t *entry = moved + 10 + 12 * i;
        int tag = entry[0] | entry[1] << 8, type = entry[2];
        uint32_t n, value, bytes_each = type == 3 ? 2 : type == 5 ? 8 : 4;
        memcpy(&n, entry + 4, 4);
        memcpy(&value, entry + 8, 4);
        bool apart = n * bytes_each > 4;
        uint32_t new_at = value >= at ? value - at + 8 : value + delta;
        if (apart)
            memcpy(entry + 8, &new_at, 4);
        uint8_t *offsets = apart ? moved + new_at : entry + 8;
        for (uint32_t k = 0; tag == TIFFTAG_STRIPOFFSETS && k < n; k++) {
            memcpy(&value, offsets + 4 * k, 4);
            value += delta;
            memcpy(offsets + 4 * k, &value, 4);
        }
    }
    bytes_write(path, moved, size);
    mem_free(moved);
    mem_free(bytes);
}

/* The last strip ends the file. */
static void drop_padding(const char *path)
{
    uint64_t end = 0;
    TIFF *tiff = TIFFOpen(path, "r");
    for (uint32_t i = 0; i < TIFFNumberOfStrips(tiff); i++)
        end = TIFFGetStrileOffset(tiff, i) + TIFFGetStrileByteCount(tiff, i);
    TIFFClose(tiff);
    assert_int_equal(truncate(path, (off_t)end), 0);
}

static void a_cut_tiff_fails(void **state)
{
    const char *path = in_folder(state, "a.tif");
    for (int i = 0; i < N_MAKERS; i++)
        if (TIFFIsCODECConfigured(makers[i].compression)) {
            make_tiff(path, &makers[i]);
            assert_every_cut_fails(path, 0);
        }
}

static void a_cut_after_the_directory_fails(void **state)
{
    const char *path = in_folder(state, "a.tif");
    Maker m = makers[0];
    m.compression = COMPRESSION_LZW;
    for (int i = 0; i < 2; i++) {
        make_tiff(path, &m);
        move_directory_first(path);
        drop_padding(path);
        assert_made(path, &m);
        assert_every_cut_fails(path, 0);
        m.compression = COMPRESSION_NONE;
    }
}

/* A row that was never written keeps the mark; a decoder's memory that was never
 * written holds the sanitizer's. */
static void assert_rows_are_there(const uint8_t *rows, ImageInfo info, size_t at)
{
    size_t stride = image_row_bytes(info);
    for (int y = 0; y < info.height && stride > 4; y++) {
        const uint8_t *row = rows + (size_t)y * stride;
        bool same = memcmp(row, row + 1, stride - 1) == 0;
        if (same && (row[0] == 0xA5 || row[0] == 0xBE))
            fail_msg("row %d is missing after a change of byte %zu", y, at);
    }
}

static void read_changed(const char *path, size_t at)
{
    Err err = {0};
    ReadOptions options = {.max_pixels = 1 << 16};
    Reader *reader = reader_open(path, &options, &err);
    if (reader) {
        ImageInfo info = reader_info(reader);
        size_t size = image_row_bytes(info) * (size_t)info.height;
        uint8_t *rows = mem_new(size, 1);
        memset(rows, 0xA5, size);
        if (reader_read(reader, rows, image_row_bytes(info), info.height, &err))
            assert_rows_are_there(rows, info, at);
        mem_free(rows);
    }
    if (err.kind) {
        assert_memory_equal(err.text, path, strlen(path));
        assert_null(strchr(err.text, '\n'));
    }
    reader_close(reader);
}

static void a_changed_tiff_never_lacks_rows(void **state)
{
    const char *path = in_folder(state, "a.tif");
    size_t size;
    for (int i = 0; i < N_MAKERS; i++) {
        if (!TIFFIsCODECConfigured(makers[i].compression))
            continue;
        make_tiff(path, &makers[i]);
        uint8_t *bytes = bytes_read(path, &size);
        for (size_t at = 0; at < size; at++) {
            bytes[at] ^= (uint8_t)(1 << at % 8);
            bytes_write(path, bytes, size);
            bytes[at] ^= (uint8_t)(1 << at % 8);
            read_changed(path, at);
        }
        mem_free(bytes);
    }
}

/* What stands in the stream itself is checked by Deflate's checksum. */
static void changed_pixels_are_noticed(void **state)
{
    Maker m = makers[2];
    const char *path = in_folder(state, "a.tif");
    size_t size;
    m.mode = "wl";
    make_tiff(path, &m);
    uint8_t *bytes = bytes_read(path, &size);
    uint32_t directory;
    memcpy(&directory, bytes + 4, 4);
    for (uint32_t at = 8; at < directory - 1; at++) {
        Err err = {0};
        bytes[at] ^= (uint8_t)(1 << at % 8);
        bytes_write(path, bytes, size);
        bytes[at] ^= (uint8_t)(1 << at % 8);
        Image *image = reader_load(path, NULL, &err);
        if (image)
            fail_msg("a changed byte %u of %u is not noticed", at, directory);
    }
    mem_free(bytes);
}

/* A directory by hand, and 256 bytes behind it for pixels. */
typedef struct Entry {
    uint16_t tag, type;
    uint32_t count, value;
} Entry;

enum { BASIC = 8, OFFSETS_AT = 340, PIXELS_AT = 400, FILE_BYTES = 656 };

/* Eight by eight gray pixels, one strip. */
static const Entry basic[BASIC] = {
    {256, 3, 1, 8}, {257, 3, 1, 8},         {258, 3, 1, 8}, {259, 3, 1, 1},
    {262, 3, 1, 1}, {273, 4, 1, PIXELS_AT}, {278, 3, 1, 8}, {279, 4, 1, 64},
};

/* Offsets and sizes of two strips, the second of which lacks its last row. */
static const uint32_t halves[4] = {PIXELS_AT, PIXELS_AT + 32, 32, 24};

/* Those of the three that are set. */
static int count_of(const Entry extra[3])
{
    int count = 0;
    while (count < 3 && extra[count].tag)
        count++;
    return count;
}

/* `extra` replaces the entry of its tag, or is added. */
static void write_by_hand(const char *path, const Entry *extra, int n_extra,
                          uint32_t next)
{
    uint8_t bytes[FILE_BYTES] = {'I', 'I', 42, 0, 8};
    Entry entries[BASIC + 8] = {{0}};
    uint16_t count = 0;
    for (int tag = 0; tag < 65536; tag++) {
        const Entry *found = NULL;
        for (int i = 0; i < BASIC; i++)
            found = basic[i].tag == tag ? &basic[i] : found;
        for (int i = 0; i < n_extra; i++)
            found = extra[i].tag == tag ? &extra[i] : found;
        if (found)
            entries[count++] = *found;
    }
    memcpy(bytes + 8, &count, 2);
    for (int i = 0; i < count; i++) {
        uint8_t *entry = bytes + 10 + 12 * i;
        memcpy(entry, &entries[i].tag, 2);
        memcpy(entry + 2, &entries[i].type, 2);
        memcpy(entry + 4, &entries[i].count, 4);
        memcpy(entry + 8, &entries[i].value, 4);
    }
    memcpy(bytes + 10 + 12 * count, &next, 4);
    for (int i = PIXELS_AT; i < FILE_BYTES; i++)
        bytes[i] = (uint8_t)i;
    memcpy(bytes + OFFSETS_AT, halves, sizeof halves);
    bytes_write(path, bytes, sizeof bytes);
}

static void the_file_by_hand_is_good(void **state)
{
    const char *path = in_folder(state, "a.tif");
    write_by_hand(path, NULL, 0, 0);
    Image *image = load_good(path);
    for (int i = 0; i < 64; i++)
        assert_int_equal(sample_of(image, i % 8, i / 8, 0), (PIXELS_AT + i) & 0xFF);
    image_unref(&image);
}

static void hostile_headers_are_refused(void **state)
{
    static const struct {
        Entry extra[3];
        const char *reason;
    } cases[] = {
        {{{256, 3, 1, 0}}, "an image without pixels"},
        {{{257, 4, 1, 0}}, "an image without pixels"},
        {{{256, 4, 1, 0xFFFFFFFF}, {257, 4, 1, 0xFFFFFFFF}},
         "4294967295 × 4294967295 pixels are more than the limit of 268435456"},
        {{{256, 3, 1, 65535}, {257, 3, 1, 65535}},
         "65535 × 65535 pixels are more than the limit of 268435456"},
        {{{278, 3, 1, 0}}, "damaged TIFF file: "},
        {{{258, 3, 1, 0}}, "damaged TIFF file: "},
        {{{277, 3, 1, 65535}}, "a TIFF file of 65535 samples a pixel"},
        {{{273, 4, 1, 1u << 31}}, "the TIFF file is cut short"},
        {{{273, 4, 1, FILE_BYTES - 63}}, "the TIFF file is cut short"},
        {{{273, 4, 2, OFFSETS_AT}, {278, 3, 1, 4}, {279, 4, 2, OFFSETS_AT + 8}},
         "damaged TIFF file"},
        {{{273, 4, 1u << 30, PIXELS_AT}}, "the TIFF file is cut short"},
        {{{279, 4, 1u << 30, PIXELS_AT}, {278, 3, 1, 1}}, "the TIFF file is cut short"},
        {{{259, 3, 1, 5}, {279, 4, 1, 0x7FFFFFFF}}, "the TIFF file is cut short"},
        {{{259, 3, 1, 5}, {279, 4, 1, 0}}, "damaged TIFF file"},
        {{{322, 4, 1, 65520}, {323, 4, 1, 65520}}, "damaged TIFF file: "},
        {{{322, 4, 1, 0x7FFFFFF0}, {323, 4, 1, 0x7FFFFFF0}}, "damaged TIFF file"},
        {{{322, 4, 1, 0}, {323, 4, 1, 16}}, "damaged TIFF file"},
        {{{262, 3, 1, 3}}, "damaged TIFF file"},
        {{{262, 3, 1, 2}}, "damaged TIFF file"},
        {{{284, 3, 1, 7}}, "damaged TIFF file"},
        {{{262, 5, 1, 300}}, "damaged TIFF file: "},
        {{{266, 3, 1, 3}}, "damaged TIFF file: "},
        {{{338, 2, 1, 'x'}}, "damaged TIFF file: "},
        {{{34675, 7, 1u << 20, 200}}, "the TIFF file is cut short"},
    };
    const char *path = in_folder(state, "a.tif");
    char wanted[300];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Err err = {0};
        write_by_hand(path, cases[i].extra, count_of(cases[i].extra), 0);
        snprintf(wanted, sizeof wanted, "%s: %s", path, cases[i].reason);
        Image *image = reader_load(path, NULL, &err);
        if (image || strncmp(err.text, wanted, strlen(wanted)) != 0)
            fail_msg("case %zu: wanted '%s', got '%s'", i, wanted, err.text);
    }
}

static void what_is_not_supported_is_named(void **state)
{
    static const struct {
        Entry extra[3];
        const char *what;
    } cases[] = {
        {{{258, 3, 1, 32}}, "a TIFF file of 32-bit samples"},
        {{{258, 3, 1, 32}, {339, 3, 1, 3}},
         "a TIFF file of 32-bit floating-point samples"},
        {{{339, 3, 1, 2}}, "a TIFF file of signed samples"},
        {{{339, 3, 1, 6}}, "a TIFF file of complex samples"},
        {{{262, 3, 1, 8}, {277, 3, 1, 3}}, "a TIFF file of Lab colours"},
        {{{262, 3, 1, 32844}}, "a TIFF file of LogLuv data"},
        {{{262, 3, 1, 4711}}, "a TIFF file of an unknown meaning of its samples"},
        {{{259, 3, 1, 6}}, "a TIFF file of old-style JPEG data"},
        {{{259, 3, 1, 4711}}, "the TIFF compression 4711"},
    };
    const char *path = in_folder(state, "a.tif");
    char wanted[300];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Err err = {0};
        write_by_hand(path, cases[i].extra, count_of(cases[i].extra), 0);
        snprintf(wanted, sizeof wanted, "%s: %s", path, cases[i].what);
        assert_null(reader_load(path, NULL, &err));
        if (strncmp(err.text, wanted, strlen(wanted)) != 0 ||
            !(strstr(err.text, "not supported") || strstr(err.text, "not read")))
            fail_msg("case %zu: wanted '%s', got '%s'", i, wanted, err.text);
    }
}

/* A directory that follows itself, and EXIF that is the main directory. */
static void loops_end(void **state)
{
    static const Entry exif[] = {{34665, 4, 1, 8}, {34853, 4, 1, 8}};
    const char *path = in_folder(state, "a.tif");
    for (int i = 0; i < 3; i++) {
        write_by_hand(path, exif, i, i == 0 ? 8 : 0);
        Image *image = load_good(path);
        assert_int_equal(sample_of(image, 1, 0, 0), (PIXELS_AT + 1) & 0xFF);
        save_good(image, in_folder(state, "b.tif"), 0);
        save_good(image, in_folder(state, "b.png"), 0);
        image_unref(&image);
    }
}

/* What does not change pixels does not cost them. */
static void odd_metadata_is_no_damage(void **state)
{
    static const Entry odd[] = {
        {274, 3, 1, 0},      {274, 3, 1, 99},      {274, 7, 1, 6},
        {282, 5, 1, 100},    {296, 3, 1, 77},      {34665, 4, 1, 0xFFFFFFF0},
        {34665, 2, 1, 1},    {700, 1, 0, 0},       {34675, 7, 3, 1},
        {33723, 4, 2, 300},  {34377, 1, 40, 300},  {318, 5, 2, 300},
        {51111, 4, 30, 300}, {51111, 99, 30, 300}, {270, 2, 20, 300},
    };
    const char *path = in_folder(state, "a.tif"), *to = in_folder(state, "b.tif");
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        write_by_hand(path, &odd[i], 1, 0);
        Image *image = load_good(path);
        assert_int_equal(sample_of(image, 0, 0, 0), PIXELS_AT & 0xFF);
        save_good(image, to, 0);
        Image *back = load_good(to);
        assert_same_pixels(image, back);
        image_unref(&back);
        image_unref(&image);
    }
}

/* Of this libtiff only warns, and makes the rest of each line up. */
static void a_fax_of_short_lines_fails(void **state)
{
    const char *path = in_folder(state, "a.tif");
    Maker m = {.width = 40,
               .height = 12,
               .samples = 1,
               .bits = 1,
               .strip_rows = 12,
               .compression = COMPRESSION_CCITTFAX3};
    size_t size;
    Err err = {0};
    make_tiff(path, &m);
    uint8_t *bytes = bytes_read(path, &size);
    static const uint8_t width[] = {0, 1, 3, 0, 1, 0, 0, 0, 40};
    uint8_t *entry = memmem(bytes, size, width, sizeof width);
    assert_non_null(entry);
    entry[8] = 48;
    bytes_write(path, bytes, size);
    assert_null(reader_load(path, NULL, &err));
    assert_non_null(strstr(err.text, ": damaged TIFF file: "));
    mem_free(bytes);
}

/* Old programs left out what they took for granted. */
static void missing_tags_have_defaults(void **state)
{
    static const Entry extra[] = {{262, 3, 0, 0}, {279, 4, 0, 0}};
    const char *path = in_folder(state, "a.tif");
    size_t size;
    for (int i = 0; i < 2; i++) {
        write_by_hand(path, NULL, 0, 0);
        uint8_t *bytes = bytes_read(path, &size);
        for (int k = 0; k < BASIC; k++) { /* a tag that nobody knows instead */
            uint8_t *entry = bytes + 10 + 12 * k;
            if ((entry[0] | entry[1] << 8) == extra[i].tag)
                memcpy(entry, "\xFF\xC0", 2);
        }
        bytes_write(path, bytes, size);
        Image *image = load_good(path);
        assert_int_equal(sample_of(image, 7, 7, 0), (PIXELS_AT + 63) & 0xFF);
        image_unref(&image);
        mem_free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_cut_tiff_fails),
        IN_FOLDER(a_cut_after_the_directory_fails),
        IN_FOLDER(a_changed_tiff_never_lacks_rows),
        IN_FOLDER(changed_pixels_are_noticed),
        IN_FOLDER(the_file_by_hand_is_good),
        IN_FOLDER(hostile_headers_are_refused),
        IN_FOLDER(what_is_not_supported_is_named),
        IN_FOLDER(loops_end),
        IN_FOLDER(a_fax_of_short_lines_fails),
        IN_FOLDER(odd_metadata_is_no_damage),
        IN_FOLDER(missing_tags_have_defaults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
