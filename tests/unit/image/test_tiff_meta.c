/* What travels with a TIFF file's pixels. */
#include "test_image.h"
#include "tiff_maker.h"

#include "image/codec/format.h"
#include "image/codec/formats.h"
#include "image/ifd/ifd_store.h"

/* An RGB profile's header is all that anybody looks at. */
static void set_icc(Meta *meta)
{
    uint8_t icc[300] = {0, 0, 300 >> 8, 300 & 0xFF};
    memcpy(icc + 8, "\2\x10\0\0mntrRGB XYZ ", 16);
    memcpy(icc + 36, "acsp", 4);
    memcpy(icc + 68, "\0\0\xF6\xD6\0\1\0\0\0\0\xD3\x2D", 12);
    for (int i = 132; i < 300; i++)
        icc[i] = (uint8_t)i;
    meta_set(&meta->icc, icc, sizeof icc, NULL);
}

/* Photoshop's head, a resource with a name, IPTC of odd size. */
static const uint8_t photoshop[] = "Photoshop 3.0\0"
                                   "8BIM\4\x25\3abc\0\0\0\2xy"
                                   "8BIM\4\4\0\0\0\0\0\5IPTC!\0"
                                   "8BIM\4\6\0\0\0\0\0\2zz";

static void assert_same_block(Block a, Block b)
{
    assert_int_equal(a.size, b.size);
    assert_memory_equal(a.data, b.data, a.size);
}

static void blocks_are_carried(void **state)
{
    static const char *const names[] = {"a.tif", "b.jpg", "c.tif", "d.tif"};
    static const char xmp[] = "<x:xmpmeta>Grüße</x:xmpmeta>";
    Image *first = picture(20, 10, 3, 8);
    first->meta = meta_new();
    set_icc(first->meta);
    meta_set(&first->meta->xmp, xmp, sizeof xmp - 1, NULL);
    meta_set(&first->meta->iptc, photoshop, sizeof photoshop - 1, NULL);
    first->meta->dpi = 240;
    Image *image = image_ref(first);
    for (int i = 0; i < 4; i++) {
        const char *path = in_folder(state, names[i]);
        save_good(image, path, 0);
        image_unref(&image);
        image = load_good(path);
        assert_same_block(image->meta->icc, first->meta->icc);
        assert_same_block(image->meta->xmp, first->meta->xmp);
        assert_same_block(image->meta->iptc, first->meta->iptc);
        assert_null(image->meta->exif.data);
        assert_true(image->meta->dpi > 239.9 && image->meta->dpi < 240.1);
    }
    image_unref(&image);
    image_unref(&first);
}

static TIFF *begin(const char *path, const Maker *m)
{
    TIFF *tiff = TIFFOpen(path, m->mode);
    assert_non_null(tiff);
    maker_set_fields(tiff, m);
    return tiff;
}

static Image *end(TIFF *tiff, const char *path, const Maker *m)
{
    maker_write_pixels(tiff, m);
    TIFFClose(tiff);
    return load_good(path);
}

static const Maker small[] = {
    {.width = 5, .height = 4, .samples = 3, .bits = 8, .photometric = 2, .mode = "wl"},
    {.width = 5, .height = 4, .samples = 3, .bits = 8, .photometric = 2, .mode = "wb8"},
};

/* IPTC has a tag of its own, and may have no other place. */
static void lone_iptc_becomes_a_resource(void **state)
{
    static const char wanted[] = "Photoshop 3.0\0"
                                 "8BIM\4\4\0\0\0\0\0\7IPTC it\0";
    static const char other[] = "8BIM\4\x25\0\0\0\0\0\1x";
    const char *path = in_folder(state, "a.tif");
    for (int i = 0; i < 2; i++) {
        uint32_t size;
        void *data;
        TIFF *tiff = begin(path, &small[i]);
        TIFFSetField(tiff, TIFFTAG_RICHTIFFIPTC, 7, "IPTC it");
        if (i)
            TIFFSetField(tiff, TIFFTAG_PHOTOSHOP, 13, other);
        Image *image = end(tiff, path, &small[i]);
        const Block *found = &image->meta->iptc;
        assert_int_equal(found->size, sizeof wanted - 1 + (i ? 14 : 0));
        assert_memory_equal(found->data, wanted, 14);
        assert_memory_equal(found->data + found->size - 20, wanted + 14, 20);
        save_good(image, path, 0);
        tiff = TIFFOpen(path, "r");
        assert_int_equal(TIFFGetField(tiff, TIFFTAG_RICHTIFFIPTC, &size, &data), 1);
        assert_int_equal(size, 7);
        assert_memory_equal(data, "IPTC it", 7);
        TIFFClose(tiff);
        image_unref(&image);
    }
}

static void resolution_is_in_inches(void **state)
{
    static const struct {
        uint16_t unit;
        double dpi;
    } cases[] = {
        {RESUNIT_INCH, 100}, {RESUNIT_CENTIMETER, 254}, {RESUNIT_NONE, 0}, {0, 100}};
    const char *path = in_folder(state, "a.tif");
    for (int i = 0; i < 8; i++) {
        TIFF *tiff = begin(path, &small[i & 1]);
        TIFFSetField(tiff, TIFFTAG_XRESOLUTION, 100.0);
        TIFFSetField(tiff, TIFFTAG_YRESOLUTION, 50.0);
        if (cases[i / 2].unit)
            TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, cases[i / 2].unit);
        Image *image = end(tiff, path, &small[i & 1]);
        assert_float_equal(image->meta->dpi, cases[i / 2].dpi, 1e-9);
        image_unref(&image);
    }
}

static void primaries_are_carried(void **state)
{
    static const int32_t chroma[8] = {31270, 32900, 64000, 33000,
                                      21000, 71000, 15000, 6000};
    static const char *const names[] = {"a.tif", "b.png", "c.tif"};
    Image *image = picture(4, 4, 3, 8);
    image->meta = meta_new();
    memcpy(image->meta->chroma, chroma, sizeof chroma);
    for (int i = 0; i < 3; i++) {
        const char *path = in_folder(state, names[i]);
        save_good(image, path, 0);
        image_unref(&image);
        image = load_good(path);
        assert_memory_equal(image->meta->chroma, chroma, sizeof chroma);
    }
    image_unref(&image);
}

/* Other programs declare white alone, too. */
static void primaries_stand_beside_a_profile(void **state)
{
    static const int32_t white[8] = {31270, 32900};
    static const uint8_t icc[400] = {[16] = 'R', 'G', 'B', ' '};
    const char *path = in_folder(state, "a.tif");
    Image *image = picture(4, 4, 3, 8);
    image->meta = meta_new();
    memcpy(image->meta->chroma, white, sizeof white);
    assert_true(meta_set(&image->meta->icc, icc, sizeof icc, NULL));
    save_good(image, path, 0);
    image_unref(&image);
    image = load_good(path);
    assert_memory_equal(image->meta->chroma, white, sizeof white);
    assert_int_equal(image->meta->icc.size, sizeof icc);
    path = in_folder(state, "a.png"); /* which has all of them or none */
    meta_drop(&image->meta->icc);
    save_good(image, path, 0);
    image_unref(&image);
    image = load_good(path);
    assert_int_equal(image->meta->chroma[1], 0);
    image_unref(&image);
}

/* One field of a directory, made of a number. */
static IfdField field(uint16_t tag, uint16_t type, uint64_t count, const void *data,
                      size_t size)
{
    IfdField made = {.tag = tag, .type = type, .count = count, .size = size};
    made.data = mem_new(size, 1);
    memcpy(made.data, data, size);
    return made;
}

static Ifd *directory(int count)
{
    Ifd *ifd = mem_new(1, sizeof *ifd);
    ifd->fields = mem_new((size_t)count, sizeof *ifd->fields);
    ifd->count = count;
    return ifd;
}

/* Four levels of what a camera writes, with values inside and outside their entries. */
static Block camera_exif(void)
{
    const uint32_t time[2] = {1, 125}, where[6] = {52, 1, 31, 1, 0, 1};
    const uint16_t iso = 400, orientation = 6, rating = 5;
    uint64_t at;
    IfdStore store = {0};
    Ifd *main = directory(6), *exif = directory(4), *gps = directory(1);
    Ifd *interop = directory(1);
    interop->fields[0] = field(1, 2, 4, "R98", 4);
    exif->fields[0] = field(33434, 5, 1, time, 8);
    exif->fields[1] = field(34855, 3, 1, &iso, 2);
    exif->fields[2] = field(37500, 7, 9, "a maker's", 9);
    exif->fields[3] = field(40965, 4, 1, &(uint32_t){0}, 4);
    exif->fields[3].sub = interop;
    gps->fields[0] = field(2, 5, 3, where, 24);
    main->fields[0] = field(271, 2, 10, "A. Camera", 10);
    main->fields[1] = field(274, 3, 1, &orientation, 2);
    main->fields[2] = field(18246, 3, 1, &rating, 2);
    main->fields[3] = field(34665, 4, 1, &(uint32_t){0}, 4);
    main->fields[3].sub = exif;
    main->fields[4] = field(34853, 4, 1, &(uint32_t){0}, 4);
    main->fields[4].sub = gps;
    main->fields[5] = field(40091, 1, 6, "T\0\xFC\0\0\0", 6);
    assert_true(meta_append(&store.block, "II*\0\10\0\0\0", 8, NULL));
    assert_true(ifd_store(&store, main, &at, NULL));
    assert_int_equal(at, 8);
    ifd_free(main);
    return store.block;
}

static Ifd *parsed(const Block *block)
{
    IfdSource source;
    assert_true(ifd_source_block(&source, block));
    Ifd *ifd = ifd_read_all(&source, source.first);
    assert_non_null(ifd);
    return ifd;
}

static void assert_same_directory(const Ifd *a, const Ifd *b)
{
    REQUIRE(a && b);
    assert_int_equal(a->count, b->count);
    for (int i = 0; i < a->count; i++) {
        const IfdField *x = &a->fields[i], *y = &b->fields[i];
        assert_int_equal(x->tag, y->tag);
        assert_int_equal(x->type, y->type);
        assert_int_equal(x->count, y->count);
        assert_int_equal(x->sub != NULL, y->sub != NULL);
        if (x->sub)
            assert_same_directory(x->sub, y->sub);
        else
            assert_memory_equal(x->data, y->data, x->size);
    }
}

/* A directory full of ways to another, which is full of ways to a third: a million
 * times as much to read as the block has bytes, unless a tag counts once. */
static void a_tag_counts_once(void **state)
{
    (void)state;
    enum { FIELDS = 1000, TABLE = 2 + 12 * FIELDS + 4, BYTES = 8 + 3 * TABLE };
    Block block = {mem_new(BYTES, 1), BYTES};
    memcpy(block.data, "II*\0\10\0\0\0", 8);
    for (int d = 0; d < 3; d++) {
        uint8_t *p = block.data + 8 + d * TABLE;
        const uint16_t count = FIELDS, entry[4] = {40965, 4, 1, 0};
        const uint32_t next = d < 2 ? 8 + (uint32_t)(d + 1) * TABLE : 0;
        memcpy(p, &count, 2);
        for (int i = 0; i < FIELDS; i++) {
            memcpy(p + 2 + 12 * i, entry, 8);
            memcpy(p + 10 + 12 * i, &next, 4);
        }
    }
    Ifd *ifd = parsed(&block);
    for (int d = 0; d < 3; d++) {
        const Ifd *here = d == 0   ? ifd
                          : d == 1 ? ifd->fields[0].sub
                                   : ifd->fields[0].sub->fields[0].sub;
        assert_int_equal(here->count, 1);
    }
    ifd_free(ifd);
    mem_free(block.data);
}

/* Where the maker's notes stand: offsets inside them count on it. */
static uint64_t notes_at(const Ifd *ifd)
{
    return ifd_find(ifd_find(ifd, IFD_TAG_EXIF)->sub, IFD_TAG_MAKER_NOTE)->at;
}

static void exif_survives_tiff(void **state)
{
    static const char *const names[] = {"a.jpg", "b.tif", "c.tif", "d.png", "e.tif"};
    Block block = camera_exif();
    Ifd *wanted = parsed(&block);
    Image *image = picture(20, 10, 3, 8);
    image->meta = meta_new();
    meta_set(&image->meta->exif, block.data, block.size, NULL);
    assert_true(meta_set_upright(image->meta, NULL, NULL));
    ifd_find(wanted, 274)->data[0] = 1;
    for (int i = 0; i < 5; i++) {
        const char *path = in_folder(state, names[i]);
        save_good(image, path, 0);
        image_unref(&image);
        image = load_good(path);
        Ifd *found = parsed(&image->meta->exif);
        if (i == 1) { /* TIFF has it in the file itself: a part only when not upright */
            IfdField *orientation = ifd_find(wanted, 274);
            mem_free(orientation->data);
            memmove(orientation, orientation + 1, 4 * sizeof *orientation);
            wanted->count--;
        }
        assert_same_directory(found, wanted);
        assert_int_equal(notes_at(found), notes_at(wanted));
        ifd_free(found);
    }
    ifd_free(wanted);
    mem_free(block.data);
    image_unref(&image);
}

/* libtiff finds its way through what was written, in both forms. */
static void others_can_read_the_directories(void **state)
{
    Block block = camera_exif();
    Meta *meta = meta_new();
    meta_set(&meta->exif, block.data, block.size, NULL);
    for (int big = 0; big < 2; big++) {
        Err err = {0};
        uint64_t at;
        float time;
        char *text;
        const char *path = in_folder(state, "a.tif");
        ImageInfo info = {big ? 60000 : 60, 60000, 3, 16};
        FILE *file = fopen(path, "w+b");
        void *encoder =
            format_create(&format_tiff, file, &info, meta, &(SaveOptions){0}, &err);
        assert_non_null(encoder);
        uint8_t *row = mem_new(image_row_bytes(info), 1);
        for (int y = 0; y < (big ? 1 : info.height); y++)
            assert_true(format_tiff.encode->write(encoder, row, 0, 1, &err));
        assert_true(format_tiff.encode->finish(encoder, &err));
        format_discard(&format_tiff, encoder);
        fclose(file);
        TIFF *tiff = TIFFOpen(path, "r");
        assert_non_null(tiff);
        assert_int_equal(TIFFGetField(tiff, TIFFTAG_MAKE, &text), 1);
        assert_string_equal(text, "A. Camera");
        assert_int_equal(TIFFGetField(tiff, TIFFTAG_EXIFIFD, &at), 1);
        assert_int_equal(TIFFReadEXIFDirectory(tiff, at), 1);
        assert_int_equal(TIFFGetField(tiff, EXIFTAG_EXPOSURETIME, &time), 1);
        assert_float_equal(time, 1 / 125.0, 1e-7);
        TIFFClose(tiff);
        mem_free(row);
    }
    meta_unref(&meta);
    mem_free(block.data);
}

/* A block that came with a JPEG may be anything. */
static void hostile_exif_is_harmless(void **state)
{
    const char *path = in_folder(state, "a.tif");
    Block block = camera_exif();
    uint32_t noise = 11;
    for (int round = 0; round < 2000; round++) {
        Image *image = picture(4, 3, 3, 8);
        uint8_t *bytes = mem_new(block.size, 1);
        memcpy(bytes, block.data, block.size);
        for (int i = 0; i < 4; i++) {
            noise = noise * 1664525 + 1013904223;
            bytes[(noise >> 8) % block.size] = (uint8_t)(noise >> 24);
        }
        image->meta = meta_new();
        meta_set(&image->meta->exif, bytes, (noise >> 12) % (block.size + 1), NULL);
        save_good(image, path, 0);
        Image *back = load_good(path);
        assert_same_pixels(image, back);
        image_unref(&back);
        image_unref(&image);
        mem_free(bytes);
    }
    mem_free(block.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(blocks_are_carried),
        IN_FOLDER(lone_iptc_becomes_a_resource),
        IN_FOLDER(resolution_is_in_inches),
        IN_FOLDER(primaries_are_carried),
        IN_FOLDER(primaries_stand_beside_a_profile),
        cmocka_unit_test(a_tag_counts_once),
        IN_FOLDER(exif_survives_tiff),
        IN_FOLDER(others_can_read_the_directories),
        IN_FOLDER(hostile_exif_is_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
