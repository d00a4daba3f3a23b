/* What a PNG file's chunks say beside the pixels, and what they may not do. */
#include <zlib.h>

#include "image/codec/bytes.h"
#include "image/meta/photoshop.h"
#include "image/png/png_chunk.h"
#include "image/png/png_text.h"
#include "image/reader.h"
#include "test_image.h"

enum { SIGNATURE = 8, HEADER_END = SIGNATURE + PNG_CHUNK_FRAME + 13 };

static const char EXIF[] = "II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\6\0\0\0\0\0\0";

/* A chunk as it stands in a file; mem_free. */
static Block chunk(const char *type, const void *data, size_t size)
{
    Block made = {mem_new(size + PNG_CHUNK_FRAME, 1), size + PNG_CHUNK_FRAME};
    for (int i = 0; i < 4; i++)
        made.data[i] = (uint8_t)(size >> (24 - 8 * i));
    memcpy(made.data + 4, type, 4);
    memcpy(made.data + PNG_CHUNK_HEAD, data, size);
    uint32_t sum = (uint32_t)crc32(0, made.data + 4, (uInt)size + 4);
    for (int i = 0; i < 4; i++)
        made.data[PNG_CHUNK_HEAD + size + (size_t)i] = (uint8_t)(sum >> (24 - 8 * i));
    return made;
}

/* A small PNG file with `more` in front of its pixels, or behind them. */
static void make_png(const char *path, const Block *more, bool behind)
{
    size_t size;
    Image *image = picture(12, 9, 3, 8);
    save_good(image, path, 0);
    image_unref(&image);
    uint8_t *bytes = bytes_read(path, &size);
    size_t at = behind ? size - PNG_CHUNK_FRAME : HEADER_END;
    FILE *file = fopen(path, "wb");
    fwrite(bytes, 1, at, file);
    fwrite(more->data, 1, more->size, file);
    fwrite(bytes + at, 1, size - at, file);
    fclose(file);
    mem_free(bytes);
}

static void make_with(const char *path, const char *type, const void *data, size_t size,
                      bool behind)
{
    Block made = chunk(type, data, size);
    make_png(path, &made, behind);
    mem_free(made.data);
}

/* How many chunks of a type a file has in front of its pixels, and behind. */
static void count_chunks(const char *path, const char *type, int counts[2])
{
    size_t size;
    bool pixels = false;
    uint8_t *bytes = bytes_read(path, &size);
    counts[0] = counts[1] = 0;
    for (size_t at = SIGNATURE; at < size; at += be32(bytes + at) + PNG_CHUNK_FRAME) {
        pixels = pixels || memcmp(bytes + at + 4, "IDAT", 4) == 0;
        counts[pixels] += memcmp(bytes + at + 4, type, 4) == 0;
    }
    mem_free(bytes);
}

static void exif_is_written_once_before_the_pixels(void **state)
{
    const char *path = in_folder(state, "a.png");
    for (int behind = 0; behind < 2; behind++) {
        int counts[2];
        make_with(path, "eXIf", EXIF, sizeof EXIF, behind);
        Image *image = load_good(path);
        assert_int_equal(image->info.width, 9); /* orientation 6 */
        save_good(image, path, 0);
        count_chunks(path, "eXIf", counts);
        assert_int_equal(counts[0], 1);
        assert_int_equal(counts[1], 0);
        image_unref(&image);
    }
}

static void texts_go_from_png_to_png(void **state)
{
    static const struct {
        const char *type, *data;
        size_t size;
    } texts[] = {
        {"tEXt", "Author\0Anna", 11},
        {"tEXt", "Copyright\0\xA9 Anna", 16},
        {"zTXt", "Comment\0\0x\x9C\3\0\0\0\0\1", 17},
        {"iTXt", "Description\0\0\0de\0\0Gr\xC3\xBC\xC3\x9F", 23},
    };
    const char *path = in_folder(state, "a.png");
    for (int behind = 0; behind < 2; behind++) {
        Block all = {0};
        for (int i = 0; i < 4; i++) {
            Block one = chunk(texts[i].type, texts[i].data, texts[i].size);
            all.data = mem_grow(all.data, all.size + one.size, 1);
            memcpy(all.data + all.size, one.data, one.size);
            all.size += one.size;
            mem_free(one.data);
        }
        make_png(path, &all, behind);
        for (int round = 0; round < 3; round++) {
            Image *image = load_good(path);
            assert_int_equal(image->meta->texts.size, all.size);
            assert_memory_equal(image->meta->texts.data, all.data, all.size);
            save_good(image, path, 0);
            image_unref(&image);
        }
        mem_free(all.data);
    }
}

/* A text of ImageMagick's, deflated or not. */
static void make_profile(const char *path, const char *name, const void *data,
                         size_t size, bool packed)
{
    const uint8_t *bytes = data;
    char text[1024];
    int used = sprintf(text, "\n%s\n%8zu\n", name, size);
    for (size_t i = 0; i < size; i++)
        used += sprintf(text + used, i % 36 == 35 ? "%02x\n" : "%02X", bytes[i]);
    uint8_t body[4096] = {0};
    int head = snprintf((char *)body, 100, "Raw profile type %s", name) + 1;
    uLongf room = sizeof body - 200;
    if (packed)
        compress(body + ++head, &room, (const Bytef *)text, strlen(text));
    else
        memcpy(body + head, text, room = strlen(text));
    make_with(path, packed ? "zTXt" : "tEXt", body, (size_t)head + room, false);
}

static void assert_block(Block block, const void *data, size_t size)
{
    assert_int_equal(block.size, size);
    assert_memory_equal(block.data, data, size);
}

static void raw_profiles_are_understood(void **state)
{
    static const char marked[] = "Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0";
    static const char xmp[] = "http://ns.adobe.com/xap/1.0/\0<x/>";
    static const char iptc[] = "8BIM\4\4\0\0\0\0\0\4abcd";
    static const char record[] = "\x1C\2\5\0\1x";
    const char *path = in_folder(state, "a.png");
    for (int packed = 0; packed < 2; packed++) {
        const struct {
            const char *name;
            const void *data;
            size_t size;
        } cases[] = {{"exif", marked, 18}, {"APP1", marked, 18}, {"APP1", xmp, 33},
                     {"xmp", "<x/>", 4},   {"iptc", iptc, 16},   {"iptc", record, 6}};
        for (int i = 0; i < 6; i++) {
            make_profile(path, cases[i].name, cases[i].data, cases[i].size, packed);
            Image *image = load_good(path);
            assert_null(image->meta->texts.data);
            if (i < 2)
                assert_block(image->meta->exif, marked + 6, 12);
            else if (i < 4)
                assert_block(image->meta->xmp, "<x/>", 4);
            else
                assert_memory_equal(image->meta->iptc.data, "Photoshop 3.0\0008BIM\4\4",
                                    20);
            image_unref(&image);
        }
    }
}

static void iptc_goes_through_png(void **state)
{
    static const char iptc[] = "Photoshop 3.0\0008BIM\4\4\0\0\0\0\0\4abcd";
    static const char *const names[] = {"a.jpg", "a.png", "b.jpg"};
    Image *image = picture(12, 9, 3, 8);
    image->meta = meta_new();
    meta_set(&image->meta->iptc, iptc, 30, NULL);
    for (int i = 0; i < 3; i++) {
        const char *path = in_folder(state, names[i]);
        save_good(image, path, 0);
        image_unref(&image);
        image = load_good(path);
        assert_block(image->meta->iptc, iptc, 30);
    }
    image_unref(&image);
}

/* One wrong bit costs what the chunk says, not the picture. */
static void a_damaged_chunk_is_left_out(void **state)
{
    static const struct {
        const char *type, *data;
        size_t size;
    } cases[] = {{"tEXt", "Author\0Anna", 11},    {"eXIf", EXIF, sizeof EXIF},
                 {"gAMA", "\0\0\xB1\x8F", 4},     {"pHYs", "\0\0\1\0\0\0\1\0\1", 9},
                 {"tIME", "\7\xE8\1\1\1\1\1", 7}, {"abCd", "xyz", 3}};
    const char *path = in_folder(state, "a.png");
    Image *plain = picture(12, 9, 3, 8);
    for (int i = 0; i < 12; i++) {
        Err err = {0};
        Notes notes = {0};
        ReadOptions options = {.notes = &notes};
        char wanted[100];
        Block made = chunk(cases[i / 2].type, cases[i / 2].data, cases[i / 2].size);
        made.data[PNG_CHUNK_HEAD + 1] ^= 4;
        make_png(path, &made, i % 2);
        mem_free(made.data);
        Image *image = reader_load(path, &options, &err);
        if (!image) {
            fail_msg("%s", err.text);
            return;
        }
        assert_same_pixels(plain, image);
        snprintf(wanted, sizeof wanted, "the chunk %s is damaged and left out",
                 cases[i / 2].type);
        assert_string_equal(notes.text, wanted);
        assert_true(notes.damaged);
        assert_null(image->meta->exif.data);
        assert_null(image->meta->texts.data);
        image_unref(&image);
    }
    image_unref(&plain);
}

/* No memory is taken on a chunk's word. */
static void a_claimed_length_is_held_against_the_size(void **state)
{
    static const char *const types[] = {"tEXt", "zTXt", "iTXt", "sPLT", "iCCP", "abCd"};
    const char *path = in_folder(state, "a.png");
    for (int i = 0; i < 6; i++) {
        Err err = {0};
        Block made = chunk(types[i], "Comment\0text", 12);
        memcpy(made.data, "\x3F\xFF\xFF\xFF", 4);
        make_png(path, &made, false);
        mem_free(made.data);
        assert_null(reader_open(path, NULL, &err));
        assert_non_null(strstr(err.text, "the PNG file is cut short"));
    }
}

static void a_claimed_size_is_held_against_the_size(void **state)
{
    size_t size;
    Err err = {0};
    const char *path = in_folder(state, "a.png");
    make_with(path, "tEXt", "a\0b", 3, false);
    uint8_t *bytes = bytes_read(path, &size);
    Block header = chunk("IHDR", "\0\0\x3F\xFF\0\0\x3F\xFF\x08\2\0\0\1", 13);
    memcpy(bytes + SIGNATURE, header.data, header.size);
    bytes_write(path, bytes, size);
    assert_null(reader_open(path, NULL, &err));
    assert_non_null(strstr(err.text, "its header claims more pixels than its"));
    mem_free(header.data);
    mem_free(bytes);
}

/* 20 MB of zeros in 20 kB: a text is carried as it is, XMP counts as what it becomes.
 */
static void a_bomb_stays_packed_or_is_refused(void **state)
{
    enum { PLAIN = 20 << 20, PACKED = 40000, HEAD = 50 };
    static const char xmp[] = "XML:com.adobe.xmp\0\1\0\0\0";
    ReadOptions options = {.max_metadata = 1 << 20};
    const char *path = in_folder(state, "a.png");
    uint8_t *plain = mem_new(PLAIN, 1), *packed = mem_new(PACKED + HEAD, 1);
    for (int refused = 0; refused < 2; refused++) {
        Err err = {0};
        size_t head = refused ? sizeof xmp - 1 : 9;
        uLongf size = PACKED;
        memcpy(packed, refused ? xmp : "Comment\0\0", head);
        assert_int_equal(compress(packed + head, &size, plain, PLAIN), Z_OK);
        make_with(path, refused ? "iTXt" : "zTXt", packed, head + size, false);
        Reader *reader = reader_open(path, &options, &err);
        assert_int_equal(reader == NULL, refused);
        assert_int_equal(strstr(err.text, "bytes of metadata") != NULL, refused);
        reader_close(reader);
    }
    mem_free(plain);
    mem_free(packed);
}

static void chunks_of_metadata_are_counted(void **state)
{
    enum { MOST = 65536 };
    const char *path = in_folder(state, "a.png");
    Block one = chunk("tEXt", "a\0b", 3), all = {0};
    for (int count = MOST; count <= MOST + 1; count++) {
        Err err = {0};
        all.size = one.size * (size_t)count;
        all.data = mem_grow(all.data, all.size, 1);
        for (int i = 0; i < count; i++)
            memcpy(all.data + one.size * (size_t)i, one.data, one.size);
        make_png(path, &all, true);
        Reader *reader = reader_open(path, NULL, &err);
        assert_int_equal(reader != NULL, count == MOST);
        reader_close(reader);
    }
    mem_free(one.data);
    mem_free(all.data);
}

/* Whatever a text holds, reading it stays inside (the sanitizers look). */
static void hostile_texts_are_harmless(void **state)
{
    (void)state;
    static const char seeds[][64] = {
        "Raw profile type exif\0\nexif\n       8\n49492a0008000000\n",
        "Raw profile type iptc\0\niptc\n       4\n1c020500",
        "XML:com.adobe.xmp\0\0\0\0\0<x/>", "Comment\0\0x\x9C\3\0\0\0\0\1"};
    static const char *const types[] = {"tEXt", "zTXt", "iTXt"};
    uint32_t noise = 5;
    Notes notes = {0};
    Source source = {.max_metadata = 1 << 20, .notes = &notes};
    for (int round = 0; round < 100000; round++) {
        char data[64];
        Err err = {0};
        uint64_t bytes = 0;
        memcpy(data, seeds[round % 4], sizeof data);
        for (int i = 0; i < 3; i++) {
            noise = noise * 1664525 + 1013904223;
            data[(noise >> 8) % sizeof data] = (char)(noise >> 24);
        }
        Block made = chunk(types[(noise >> 4) % 3], data, (noise >> 12) % 65);
        Meta *meta = meta_new();
        png_text_take(&source, meta, made.data, (uint32_t)(made.size - PNG_CHUNK_FRAME),
                      &bytes, &err);
        meta_unref(&meta);
        mem_free(made.data);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(exif_is_written_once_before_the_pixels),
        IN_FOLDER(texts_go_from_png_to_png),
        IN_FOLDER(raw_profiles_are_understood),
        IN_FOLDER(iptc_goes_through_png),
        IN_FOLDER(a_damaged_chunk_is_left_out),
        IN_FOLDER(a_claimed_length_is_held_against_the_size),
        IN_FOLDER(a_claimed_size_is_held_against_the_size),
        IN_FOLDER(a_bomb_stays_packed_or_is_refused),
        IN_FOLDER(chunks_of_metadata_are_counted),
        cmocka_unit_test(hostile_texts_are_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
