/* An XMP packet in two parts: divided, joined, and left alone where it is none. */
#include "image/meta/xmp_extension.h"
#include "test_image.h"

#define HEAD                                                                           \
    "<?xpacket begin=\"\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>"                           \
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"                                           \
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
#define TAIL "</rdf:RDF></x:xmpmeta>"
#define NOTE                                                                           \
    "<rdf:Description rdf:about=\"\" xmlns:n=\"http://ns.adobe.com/xmp/note/\""        \
    " n:HasExtendedXMP=\"0123456789ABCDEF0123456789ABCDEF\"/>"

enum { ELEMENTS = 20, EACH = 500 };

static Block block_of(const char *text)
{
    Block block = {0};
    assert_true(meta_set(&block, text, strlen(text), NULL));
    return block;
}

static void put(Block *block, const char *text)
{
    assert_true(meta_append(block, text, strlen(text), NULL));
}

/* Elements <a:e0>...</a:e0>, and room for changes behind them. */
static Block long_packet(void)
{
    Block xmp = {0};
    put(&xmp, HEAD);
    for (int i = 0; i < ELEMENTS; i++) {
        char *text = mem_printf("<rdf:Description rdf:about=\"\" xmlns:a=\"urn:a\">"
                                "<a:e%d>%0*d</a:e%d></rdf:Description>",
                                i, EACH, i, i);
        put(&xmp, text);
        mem_free(text);
    }
    put(&xmp, TAIL);
    for (int i = 0; i < EACH; i++)
        put(&xmp, "    \n");
    put(&xmp, "<?xpacket end=\"w\"?>");
    return xmp;
}

static bool has(const Block *block, const char *text)
{
    return memmem(block->data, block->size, text, strlen(text));
}

/* Each element is there, and once. */
static int count_elements(const Block *block)
{
    int found = 0;
    for (int i = 0; i < ELEMENTS; i++) {
        char *text = mem_printf("<a:e%d>", i);
        const uint8_t *at = memmem(block->data, block->size, text, strlen(text));
        size_t left = at ? block->size - (size_t)(at + 1 - block->data) : 0;
        found += at && !memmem(at + 1, left, text, strlen(text));
        mem_free(text);
    }
    return found;
}

static void what_was_divided_is_joined(void **state)
{
    (void)state;
    Block xmp = long_packet();
    for (size_t most = 700; most <= xmp.size; most += 450) {
        XmpParts parts;
        assert_true(xmp_extension_divide(&xmp, most, &parts, NULL, NULL));
        assert_in_range(parts.first.size, 1, most);
        assert_true(has(&parts.first, "<?xpacket end"));
        int first = count_elements(&parts.first);
        if (!parts.extension.data) {
            assert_int_equal(first, ELEMENTS);
            assert_false(has(&parts.first, "HasExtendedXMP"));
        } else {
            bool joined = false;
            assert_int_equal(strlen(parts.name), XMP_NAME);
            assert_true(has(&parts.first, parts.name));
            assert_false(has(&parts.extension, "xpacket"));
            assert_int_equal(count_elements(&parts.extension), ELEMENTS - first);
            assert_true(xmp_extension_join(&parts.first, &parts.extension, &joined,
                                           NULL, NULL));
            assert_true(joined);
            assert_int_equal(count_elements(&parts.first), ELEMENTS);
            assert_false(has(&parts.first, "HasExtendedXMP"));
        }
        xmp_parts_clear(&parts);
    }
    mem_free(xmp.data);
}

static void what_cannot_be_divided_stays_whole(void **state)
{
    (void)state;
    static const char *const odd[] = {
        "",
        "<a>not closed",
        "<a/>",
        (HEAD TAIL),
        ("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
         "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"/></x:xmpmeta>"),
        "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
        (HEAD "<a/></rdf:RDF><b><c>d</c></b></x:xmpmeta>"),
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        XmpParts parts;
        Block xmp = block_of(odd[i]);
        assert_true(xmp_extension_divide(&xmp, 10, &parts, NULL, NULL));
        assert_null(parts.first.data);
        assert_null(parts.extension.data);
        mem_free(xmp.data);
    }
}

/* The parser tells the end of an empty element, though it was stopped at its start. */
static void too_many_elements_stay_together(void **state)
{
    (void)state;
    XmpParts parts;
    Block xmp = {0};
    put(&xmp, HEAD);
    for (int i = 0; i < 1030; i++)
        put(&xmp, "<rdf:Description/>");
    put(&xmp, TAIL);
    assert_true(xmp_extension_divide(&xmp, 2000, &parts, NULL, NULL));
    assert_null(parts.extension.data);
    mem_free(xmp.data);
}

static void what_does_not_fit_is_not_joined(void **state)
{
    (void)state;
    static const char *const odd[] = {
        "",
        "<a>not closed",
        "<a/>",
        ("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\" xmlns:b=\"urn:b\"><rdf:RDF "
         "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><b:c/></rdf:RDF>"
         "</x:xmpmeta>"),
        (HEAD "<a/></rdf:RDF><b><c>d</c></b></x:xmpmeta>"),
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        Block xmp = block_of(HEAD NOTE TAIL), rest = block_of(odd[i]);
        bool joined = true;
        assert_true(xmp_extension_join(&xmp, &rest, &joined, NULL, NULL));
        assert_false(joined);
        assert_int_equal(xmp.size, strlen(HEAD NOTE TAIL));
        assert_memory_equal(xmp.data, HEAD NOTE TAIL, xmp.size);
        mem_free(xmp.data);
        mem_free(rest.data);
    }
}

/* A phone's picture behind the picture shows it as it was. */
static void pictures_are_left_out(void **state)
{
    (void)state;
    Block xmp = block_of(HEAD NOTE TAIL);
    Block rest = block_of(
        HEAD "<rdf:Description xmlns:G=\"http://ns.google.com/photos/1.0/image/\" "
             "xmlns:a=\"urn:a\" G:Data=\"QUJD\" a:kept=\"yes\"/>" TAIL);
    bool joined = false;
    assert_true(xmp_extension_join(&xmp, &rest, &joined, NULL, NULL));
    assert_true(joined && has(&xmp, "a:kept") && !has(&xmp, "QUJD"));
    mem_free(xmp.data);
    mem_free(rest.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_divided_is_joined),
        cmocka_unit_test(what_cannot_be_divided_stays_whole),
        cmocka_unit_test(too_many_elements_stay_together),
        cmocka_unit_test(what_does_not_fit_is_not_joined),
        cmocka_unit_test(pictures_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
