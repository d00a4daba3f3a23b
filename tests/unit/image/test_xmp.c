/* Claims of an XMP packet that hold no longer. */
#include "image/meta/xmp.h"
#include "image/reader.h"
#include "test_image.h"

#define HEAD                                                                           \
    "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"             \
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"                                         \
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"            \
    "<rdf:Description rdf:about=\"\""
#define TAIL                                                                           \
    "</rdf:Description></rdf:RDF></x:xmpmeta>\n"                                       \
    "<?xpacket end=\"w\"?>"
#define HDRGM " xmlns:hdrgm=\"http://ns.adobe.com/hdr-gain-map/1.0/\""
#define APPLE " xmlns:HDRGainMap='http://ns.apple.com/HDRGainMap/1.0/'"
#define CONTAINER                                                                      \
    "\n xmlns:Container=\"http://ns.google.com/photos/1.0/container/\""                \
    "\n xmlns:Item=\"http://ns.google.com/photos/1.0/container/item/\""
#define CAMERA " xmlns:GCamera=\"http://ns.google.com/photos/1.0/camera/\""
#define DC     " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
#define NOTE   " xmlns:xmpNote=\"http://ns.adobe.com/xmp/note/\""
#define XMP_NS " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
#define DIRECTORY(semantic)                                                            \
    "<Container:Directory><rdf:Seq>"                                                   \
    "<rdf:li rdf:parseType=\"Resource\"><Container:Item Item:Semantic=\"Primary\""     \
    " Item:Mime=\"image/jpeg\"/></rdf:li>"                                             \
    "<rdf:li rdf:parseType=\"Resource\"><Container:Item Item:Semantic=\"" semantic     \
    "\" Item:Mime=\"image/jpeg\" Item:Length=\"12345\"/></rdf:li>"                     \
    "</rdf:Seq></Container:Directory>"

typedef struct Case {
    const char *before, *after; /* after NULL: the packet goes */
    unsigned lost;
} Case;

static const Case CASES[] = {
    {HEAD DC " dc:format=\"a > b\">" TAIL, HEAD DC " dc:format=\"a > b\">" TAIL, 0},
    {HEAD HDRGM DC CONTAINER
     " hdrgm:Version=\"1.0\" dc:format=\"hdrgm:Version='1'\">" //
     DIRECTORY("GainMap") "<dc:title>x</dc:title>" TAIL,
     HEAD DC " dc:format=\"hdrgm:Version='1'\"><dc:title>x</dc:title>" TAIL,
     XMP_GAIN_MAP},
    {HEAD APPLE
     ">\n<HDRGainMap:HDRGainMapVersion>65536</HDRGainMap:HDRGainMapVersion>" TAIL,
     HEAD ">\n" TAIL, XMP_GAIN_MAP},
    {HEAD CONTAINER CAMERA
     " GCamera:MotionPhoto=\"1\" GCamera:MotionPhotoVersion = '1'" //
     " GCamera:SpecialTypeID=\"z\">" DIRECTORY("MotionPhoto") TAIL,
     HEAD CAMERA " GCamera:SpecialTypeID=\"z\">" TAIL, XMP_MOTION},
    {HEAD CAMERA " GCamera:MotionPhoto=\"0\">" TAIL, HEAD CAMERA ">" TAIL, 0},
    {HEAD NOTE "\txmpNote:HasExtendedXMP=\"00FF\">" TAIL, HEAD NOTE ">" TAIL,
     XMP_EXTENSION},
    {HEAD XMP_NS "><xmp:Thumbnails><rdf:Alt><rdf:li>QUJD</rdf:li></rdf:Alt>" //
                 "</xmp:Thumbnails><xmp:Rating>3</xmp:Rating>" TAIL,
     HEAD XMP_NS "><xmp:Rating>3</xmp:Rating>" TAIL, 0},
    {"<a>not closed", "<a>not closed", 0},
    {"<a hdrgm='http://ns.adobe.com/hdr-gain-map/1.0/'>not closed", NULL, XMP_BROKEN},
    {"<!DOCTYPE a [<!ENTITY b \"GainMap\">]><a>&b;</a>", NULL, XMP_BROKEN},
};

static unsigned dropped(Block *xmp)
{
    unsigned lost;
    assert_true(xmp_drop_announcements(xmp, &lost, NULL, NULL));
    return lost;
}

static void announcements_go(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Block xmp = {0};
        meta_set(&xmp, CASES[i].before, strlen(CASES[i].before), NULL);
        assert_int_equal(dropped(&xmp), CASES[i].lost);
        size_t size = CASES[i].after ? strlen(CASES[i].after) : 0;
        if (xmp.size != size || (size && memcmp(xmp.data, CASES[i].after, size) != 0))
            fail_msg("%zu: %.*s", i, (int)xmp.size, (const char *)xmp.data);
        mem_free(xmp.data);
    }
}

static void sizes_become_the_files(void **state)
{
    (void)state;
    static const char before[] =
        HEAD " xmlns:tiff=\"http://ns.adobe.com/tiff/1.0/\""
             " xmlns:e='http://ns.adobe.com/exif/1.0/' tiff:ImageWidth='640'"
             " tiff:ImageLength=\"480\"><e:PixelXDimension> 640 </e:PixelXDimension>"
             "<e:PixelYDimension>480</e:PixelYDimension>" TAIL;
    static const char after[] =
        HEAD " xmlns:tiff=\"http://ns.adobe.com/tiff/1.0/\""
             " xmlns:e='http://ns.adobe.com/exif/1.0/' tiff:ImageWidth='48'"
             " tiff:ImageLength=\"12345\"><e:PixelXDimension>48</e:PixelXDimension>"
             "<e:PixelYDimension>12345</e:PixelYDimension>" TAIL;
    Block xmp = {0};
    meta_set(&xmp, before, sizeof before, NULL); /* with a zero at its end */
    assert_true(xmp_set_size(&xmp, 48, 12345, NULL, NULL));
    assert_int_equal(xmp.size, sizeof after);
    assert_memory_equal(xmp.data, after, sizeof after);
    mem_free(xmp.data);
}

/* Whatever stands in a packet, nothing outside is touched (the sanitizers look). */
static void hostile_packets_are_harmless(void **state)
{
    (void)state;
    static const char words[][16] = {"<",    ">",   "\"",     "'",
                                     "=",    "/",   "xmlns:", "\xFF",
                                     "<!--", "]]>", " ",      "hdrgm:a=\"1\""};
    enum { ROUNDS = SANITIZED ? 3000 : 30000 };
    uint32_t noise = 17;
    for (int round = 0; round < ROUNDS; round++) {
        const char *seed =
            CASES[(unsigned)round % (sizeof CASES / sizeof *CASES)].before;
        size_t size = strlen(seed);
        Block xmp = {0};
        meta_set(&xmp, seed, size, NULL);
        for (int i = 0; i < 3; i++) {
            noise = noise * 1664525 + 1013904223;
            const char *word = words[(noise >> 5) % 12];
            size_t length = strlen(word), at = (noise >> 10) % size;
            memcpy(xmp.data + at, word, length < size - at ? length : size - at);
        }
        assert_true(xmp_set_upright(&xmp, NULL, NULL));
        assert_true(xmp_set_size(&xmp, 5, 6, NULL, NULL));
        dropped(&xmp);
        dropped(&xmp);
        mem_free(xmp.data);
    }
}

/* "<a" and attributes up to so many bytes, "/>". */
static Block long_tag(size_t bytes)
{
    enum { ROOM = 100 };
    char *text = mem_new(bytes + ROOM, 1);
    size_t size = (size_t)sprintf(text, "<a" HDRGM);
    for (int i = 0; size < bytes; i++)
        size += (size_t)sprintf(text + size, " b%d='' hdrgm:c%d=''", i, i);
    size += (size_t)sprintf(text + size, "/>");
    return (Block){(uint8_t *)text, size};
}

/* One tag of very many attributes comes in pieces and is walked through once: were it
 * read again for each attribute, this would take minutes. */
static void many_attributes_take_one_pass(void **state)
{
    (void)state;
    Block xmp = long_tag(500 << 10);
    assert_int_equal(dropped(&xmp), XMP_GAIN_MAP);
    assert_memory_equal(xmp.data, "<a b0='' b1='' b2=''", 20);
    assert_null(memmem(xmp.data, xmp.size, "hdr", 3));
    mem_free(xmp.data);
}

/* A tag that would keep the parser busy for long is as good as broken. */
static void a_longer_tag_is_not_read(void **state)
{
    (void)state;
    Block xmp = long_tag(900 << 10);
    assert_int_equal(dropped(&xmp), XMP_BROKEN);
    assert_null(xmp.data);
}

/* A packet of many pieces; text between tags may be as long as it likes. */
static void a_large_packet_is_read(void **state)
{
    (void)state;
    enum { TEXT = 3 << 20 };
    static const char head[] = "<a xmlns:t=\"http://ns.adobe.com/tiff/1.0/\">",
                      tail[] = "<t:Orientation>6</t:Orientation></a>";
    Block xmp = {mem_new(TEXT + 100, 1), sizeof head - 1 + TEXT + sizeof tail - 1};
    memcpy(xmp.data, head, sizeof head - 1);
    memset(xmp.data + sizeof head - 1, ' ', TEXT);
    memcpy(xmp.data + sizeof head - 1 + TEXT, tail, sizeof tail - 1);
    assert_true(xmp_set_upright(&xmp, NULL, NULL));
    assert_memory_equal(xmp.data + sizeof head - 1 + TEXT,
                        "<t:Orientation>1</t:Orientation></a>", sizeof tail - 1);
    mem_free(xmp.data);
}

static void a_cancel_is_heard(void **state)
{
    (void)state;
    Err err = {0};
    Cancel cancel = {0};
    unsigned lost;
    Block xmp = long_tag(1000);
    size_t size = xmp.size;
    cancel_set(&cancel, CANCEL_STOPPED);
    assert_false(xmp_drop_announcements(&xmp, &lost, &cancel, &err));
    assert_int_equal(err.kind, ERR_CANCELLED);
    err = (Err){0};
    assert_false(xmp_set_size(&xmp, 5, 6, &cancel, &err));
    assert_int_equal(err.kind, ERR_CANCELLED);
    assert_false(xmp_set_upright(&xmp, &cancel, &err));
    assert_int_equal(xmp.size, size);
    mem_free(xmp.data);
}

/* The note that a file's reader takes. */
static void a_lost_gain_map_is_noted(void **state)
{
    static const char packet[] = HEAD HDRGM " hdrgm:Version=\"1.0\">" TAIL;
    static const char *const names[] = {"a.jpg", "a.png", "a.tif"};
    for (int i = 0; i < 3; i++) {
        Err err = {0};
        Notes notes = {0};
        ReadOptions options = {.notes = &notes};
        const char *path = in_folder(state, names[i]);
        Image *image = picture(8, 8, 3, 8);
        image->meta = meta_new();
        meta_set(&image->meta->xmp, packet, sizeof packet - 1, NULL);
        save_good(image, path, 0);
        image_unref(&image);
        image = reader_load(path, &options, &err);
        assert_string_equal(notes.text, "its HDR gain map is not kept");
        assert_false(notes.damaged);
        assert_null(memmem(image->meta->xmp.data, image->meta->xmp.size, "hdrgm", 5));
        image_unref(&image);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(announcements_go),
        cmocka_unit_test(sizes_become_the_files),
        cmocka_unit_test(many_attributes_take_one_pass),
        cmocka_unit_test(a_longer_tag_is_not_read),
        cmocka_unit_test(a_large_packet_is_read),
        cmocka_unit_test(a_cancel_is_heard),
        cmocka_unit_test(hostile_packets_are_harmless),
        IN_FOLDER(a_lost_gain_map_is_noted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
