/* What is changed in metadata because the pixels are others than they were. */
#include "image/meta/exif.h"
#include "image/meta/photoshop.h"
#include "test_image.h"

/* A block with everything that is looked at. Directories and values stand in this
 * order; the thumbnail ends it. */
enum {
    FIRST = 8,
    EXIF = FIRST + 2 + 6 * 12 + 4,
    INTEROPERABILITY = EXIF + 2 + 3 * 12 + 4,
    GPS = INTEROPERABILITY + 2 + 2 * 12 + 4,
    MAKER = GPS + 2 + 12 + 4, /* what the first directory keeps outside */
    SECOND = MAKER + 8,
    THUMBNAIL = SECOND + 2 + 3 * 12 + 4,
    THUMBNAIL_BYTES = 100,
    TOTAL = THUMBNAIL + THUMBNAIL_BYTES,
};

typedef struct Maker {
    uint8_t *at;
    bool big;
} Maker;

static void put(Maker *maker, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        *maker->at++ = (uint8_t)(value >> 8 * (maker->big ? bytes - 1 - i : i));
}

/* One number: SHORT (3) or LONG (4). */
static void put_entry(Maker *maker, uint32_t tag, uint32_t type, uint32_t value)
{
    put(maker, tag, 2);
    put(maker, type, 2);
    put(maker, 1, 4);
    put(maker, value, type == 3 ? 2 : 4);
    put(maker, 0, type == 3 ? 2 : 0);
}

static void make_exif(uint8_t exif[TOTAL], bool big)
{
    Maker maker = {exif, big};
    memcpy(exif, big ? "MM\0*" : "II*\0", 4);
    maker.at += 4;
    put(&maker, FIRST, 4);
    put(&maker, 6, 2);
    put_entry(&maker, 0x0100, 3, 640);
    put_entry(&maker, 0x0101, 4, 480);
    put_entry(&maker, 0x0112, 3, 6);
    put(&maker, 0x011A, 2); /* a RATIONAL outside */
    put(&maker, 5, 2);
    put(&maker, 1, 4);
    put(&maker, MAKER, 4);
    put_entry(&maker, 0x8769, 4, EXIF);
    put_entry(&maker, 0x8825, 4, GPS);
    put(&maker, SECOND, 4);
    put(&maker, 3, 2);
    put_entry(&maker, 0xA002, 3, 640);
    put_entry(&maker, 0xA003, 4, 480);
    put_entry(&maker, 0xA005, 4, INTEROPERABILITY);
    put(&maker, 0, 4);
    put(&maker, 2, 2);
    put_entry(&maker, 0x1001, 3, 640);
    put_entry(&maker, 0x1002, 3, 480);
    put(&maker, 0, 4);
    put(&maker, 1, 2);
    put_entry(&maker, 0, 3, 2);
    put(&maker, 0, 4);
    put(&maker, 72, 4);
    put(&maker, 1, 4);
    put(&maker, 3, 2);
    put_entry(&maker, 0x0112, 3, 6);
    put_entry(&maker, 0x0201, 4, THUMBNAIL);
    put_entry(&maker, 0x0202, 4, THUMBNAIL_BYTES);
    put(&maker, 0, 4);
    memset(maker.at, 0xEE, THUMBNAIL_BYTES);
    assert_ptr_equal(maker.at + THUMBNAIL_BYTES, exif + TOTAL);
}

static uint32_t get(const uint8_t *at, bool big, int bytes)
{
    uint32_t value = 0;
    for (int i = 0; i < bytes; i++)
        value |= (uint32_t)at[i] << 8 * (big ? bytes - 1 - i : i);
    return value;
}

static void assert_number(const uint8_t *exif, bool big, int entry, uint32_t type,
                          uint32_t value)
{
    assert_int_equal(get(exif + entry + 2, big, 2), type);
    assert_int_equal(get(exif + entry + 8, big, type == 3 ? 2 : 4), value);
}

static void sizes_become_the_files(void **state)
{
    (void)state;
    for (int big = 0; big < 2; big++) {
        uint8_t bytes[TOTAL];
        Block exif = {bytes, TOTAL};
        make_exif(bytes, big);
        exif_set_size(&exif, 300, 70000);
        assert_number(bytes, big, FIRST + 2, 3, 300);
        assert_number(bytes, big, FIRST + 2 + 12, 4, 70000);
        assert_number(bytes, big, EXIF + 2, 3, 300);
        assert_number(bytes, big, EXIF + 2 + 12, 4, 70000);
        assert_number(bytes, big, INTEROPERABILITY + 2, 3, 300);
        assert_number(bytes, big, INTEROPERABILITY + 2 + 12, 4, 70000);
        assert_int_equal(exif_orientation(&exif), 6);
        assert_true(exif_set_upright(&exif));
        assert_int_equal(exif_orientation(&exif), 1);
    }
}

/* Nothing of it is left, and nothing else is touched. */
static void a_thumbnail_goes(void **state)
{
    (void)state;
    for (int big = 0; big < 2; big++) {
        uint8_t bytes[TOTAL], before[TOTAL];
        Block exif = {bytes, TOTAL};
        make_exif(bytes, big);
        memcpy(before, bytes, TOTAL);
        exif_drop_thumbnail(&exif);
        assert_int_equal(exif.size, SECOND);
        memset(before + EXIF - 4, 0, 4);
        assert_memory_equal(bytes, before, SECOND);
    }
}

/* A thumbnail in the middle is wiped where it stands. */
static void bytes_behind_a_thumbnail_stay(void **state)
{
    (void)state;
    uint8_t bytes[TOTAL + 10];
    Block exif = {bytes, sizeof bytes};
    make_exif(bytes, false);
    memset(bytes + TOTAL, 0x77, 10);
    exif_drop_thumbnail(&exif);
    assert_int_equal(exif.size, sizeof bytes);
    for (int i = SECOND; i < TOTAL; i++)
        assert_int_equal(bytes[i], 0);
    assert_int_equal(bytes[TOTAL], 0x77);
}

/* A thumbnail that claims bytes of something else does not take them along. */
static void shared_bytes_stay(void **state)
{
    (void)state;
    uint8_t bytes[TOTAL], before[TOTAL];
    Block exif = {bytes, TOTAL};
    make_exif(bytes, false);
    Maker maker = {bytes + SECOND + 2 + 12 + 8, false};
    put(&maker, MAKER, 4);
    memcpy(before, bytes, TOTAL);
    exif_drop_thumbnail(&exif);
    memset(before + EXIF - 4, 0, 4);
    assert_memory_equal(bytes, before, SECOND);
}

/* Whatever stands in a block, nothing outside is touched (the sanitizers look). */
static void hostile_blocks_are_harmless(void **state)
{
    (void)state;
    uint32_t noise = 7;
    for (int round = 0; round < 200000; round++) {
        uint8_t bytes[TOTAL];
        make_exif(bytes, round & 1);
        for (int i = 0; i < 4; i++) {
            noise = noise * 1664525 + 1013904223;
            bytes[(noise >> 8) % THUMBNAIL] = (uint8_t)(noise >> 24);
        }
        Block exif = {0};
        meta_set(&exif, bytes, (noise >> 12) % (TOTAL + 1), NULL);
        exif_set_upright(&exif);
        exif_set_size(&exif, 5, 100000);
        exif_set_colors(&exif, round & 2);
        assert_false(exif_is_adobe_rgb(&exif) && !exif.size);
        exif_drop_thumbnail(&exif);
        exif_drop_thumbnail(&exif);
        assert_int_equal(exif_orientation(&exif), 1);
        mem_free(exif.data);
    }
}

static const char RESOURCES[] = "Photoshop 3.0\0"
                                "8BIM\x04\x04\0\0\0\0\0\3abc\0"
                                "8BIM\x04\x0C\2ab\0\0\0\0\2xy"
                                "8BIM\x04\x09\0\0\0\0\0\1z\0"
                                "8BIM\x04\x25\0\0\0\0\0\2de";

static void photoshop_thumbnails_go(void **state)
{
    (void)state;
    static const char left[] = "Photoshop 3.0\0"
                               "8BIM\x04\x04\0\0\0\0\0\3abc\0"
                               "8BIM\x04\x25\0\0\0\0\0\2de";
    Block block = {0};
    meta_set(&block, RESOURCES, sizeof RESOURCES - 1, NULL);
    photoshop_drop_thumbnails(&block);
    assert_int_equal(block.size, sizeof left - 1);
    assert_memory_equal(block.data, left, sizeof left - 1);
    mem_free(block.data);
}

/* Were the rest moved up for each of them, this would take many minutes. */
static void many_thumbnails_take_one_pass(void **state)
{
    (void)state;
    enum { THUMBNAILS = 1000000, BYTES = 12, HEAD = 14, END = 14 };
    size_t size = HEAD + (size_t)THUMBNAILS * BYTES + END;
    Block block = {mem_new(size, 1), size};
    memcpy(block.data, RESOURCES, HEAD);
    for (size_t i = 0; i < THUMBNAILS; i++)
        memcpy(block.data + HEAD + i * BYTES, "8BIM\x04\x0C\0\0\0\0\0\0", BYTES);
    memcpy(block.data + size - END, "8BIM\x04\x25\0\0\0\0\0\2de", END);
    photoshop_drop_thumbnails(&block);
    assert_int_equal(block.size, HEAD + END);
    assert_memory_equal(block.data + HEAD, "8BIM\x04\x25\0\0\0\0\0\2de", END);
    mem_free(block.data);
}

static void hostile_resources_are_harmless(void **state)
{
    (void)state;
    uint32_t noise = 11;
    for (int round = 0; round < 200000; round++) {
        char bytes[sizeof RESOURCES];
        memcpy(bytes, RESOURCES, sizeof bytes);
        for (int i = 0; i < 3; i++) {
            noise = noise * 1664525 + 1013904223;
            bytes[(noise >> 8) % sizeof bytes] = (char)(noise >> 26);
        }
        Block block = {0};
        meta_set(&block, bytes, (noise >> 12) % sizeof bytes, NULL);
        photoshop_drop_thumbnails(&block);
        mem_free(block.data);
    }
}

/* The file that is written says what is true of it. */
static void an_output_has_its_own_sizes(void **state)
{
    static const char *const names[] = {"a.jpg", "a.png", "a.tif"};
    Image *image = picture(23, 41, 3, 8);
    uint8_t exif[TOTAL];
    image->meta = meta_new();
    make_exif(exif, true);
    meta_set(&image->meta->exif, exif, sizeof exif, NULL);
    meta_set(&image->meta->iptc, RESOURCES, sizeof RESOURCES - 1, NULL);
    for (int i = 0; i < 3; i++) {
        const char *path = in_folder(state, names[i]);
        size_t size;
        save_good(image, path, 0);
        uint8_t *bytes = bytes_read(path, &size);
        for (size_t at = 0; at + 8 < size; at++)
            assert_memory_not_equal(bytes + at, "\xEE\xEE\xEE\xEE\xEE\xEE\xEE\xEE", 8);
        mem_free(bytes);
        Image *back = load_good(path);
        assert_true(back->meta->exif.size > 0);
        if (i < 2) { /* TIFF has directories of its own */
            assert_number(back->meta->exif.data, true, FIRST + 2, 3, 23);
            assert_number(back->meta->exif.data, true, EXIF + 2 + 12, 4, 41);
        }
        image_unref(&back);
    }
    image_unref(&image);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_become_the_files),
        cmocka_unit_test(a_thumbnail_goes),
        cmocka_unit_test(bytes_behind_a_thumbnail_stay),
        cmocka_unit_test(shared_bytes_stay),
        cmocka_unit_test(hostile_blocks_are_harmless),
        cmocka_unit_test(photoshop_thumbnails_go),
        cmocka_unit_test(many_thumbnails_take_one_pass),
        cmocka_unit_test(hostile_resources_are_harmless),
        IN_FOLDER(an_output_has_its_own_sizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
