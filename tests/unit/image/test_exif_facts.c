/* What an EXIF block says of a photograph, in words. */
#include "cm.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "image/ifd/exif_facts.h"

enum { ASCII = 2, SHORT = 3, LONG = 4, RATIONAL = 5, BYTES = 1024, ROOM = 512 };

/* A block under construction: entries from `entry` on, their values from `value` on. */
typedef struct Maker {
    uint8_t data[BYTES];
    bool big;
    size_t entry, value, count; /* `count`: where the directory's number stands */
} Maker;

static void put(Maker *maker, size_t at, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        maker->data[at + (size_t)i] =
            (uint8_t)(value >> 8 * (maker->big ? bytes - 1 - i : i));
}

static void begin(Maker *maker, size_t at)
{
    maker->count = at;
    maker->entry = at + 2;
}

static void entry(Maker *maker, uint32_t tag, uint32_t type, uint32_t count)
{
    size_t entries = (maker->entry - maker->count - 2) / 12 + 1;
    put(maker, maker->count, (uint32_t)entries, 2);
    put(maker, maker->entry, tag, 2);
    put(maker, maker->entry + 2, type, 2);
    put(maker, maker->entry + 4, count, 4);
    maker->entry += 12;
}

static void number(Maker *maker, uint32_t tag, uint32_t value)
{
    bool wide = value > UINT16_MAX;
    entry(maker, tag, wide ? LONG : SHORT, 1);
    put(maker, maker->entry - 4, value, wide ? 4 : 2);
}

static void text(Maker *maker, uint32_t tag, const char *value)
{
    size_t size = strlen(value) + 1;
    entry(maker, tag, ASCII, (uint32_t)size);
    size_t at = size <= 4 ? maker->entry - 4 : maker->value;
    memcpy(maker->data + at, value, size);
    if (size > 4) {
        put(maker, maker->entry - 4, (uint32_t)at, 4);
        maker->value += size;
    }
}

static void fractions(Maker *maker, uint32_t tag, const uint32_t *pairs, uint32_t count)
{
    entry(maker, tag, RATIONAL, count);
    put(maker, maker->entry - 4, (uint32_t)maker->value, 4);
    for (uint32_t i = 0; i < 2 * count; i++, maker->value += 4)
        put(maker, maker->value, pairs[i], 4);
}

static void fraction(Maker *maker, uint32_t tag, uint32_t above, uint32_t below)
{
    fractions(maker, tag, (const uint32_t[]){above, below}, 1);
}

/* Ready for the first directory's entries; `second`: where the other one will be. */
static void start(Maker *maker, bool big)
{
    *maker = (Maker){.big = big, .value = ROOM};
    memcpy(maker->data, big ? "MM\0*" : "II*\0", 4);
    put(maker, 4, 8, 4);
    begin(maker, 8);
    number(maker, 0x8769, 200);
}

static ExifFacts read(Maker *maker)
{
    return exif_facts(&(Block){maker->data, BYTES});
}

static void a_photograph_is_described(void **state)
{
    (void)state;
    for (int big = 0; big < 2; big++) {
        Maker maker;
        start(&maker, big);
        text(&maker, 0x010F, "NIKON CORPORATION");
        text(&maker, 0x0110, "NIKON D850  ");
        text(&maker, 0x0132, "2024:06:02 00:00:00");
        begin(&maker, 200);
        fraction(&maker, 0x829A, 1, 250);
        fraction(&maker, 0x829D, 28, 10);
        number(&maker, 0x8827, 400);
        text(&maker, 0x9003, "2024:05:01 12:33:10");
        fraction(&maker, 0x920A, 35, 1);
        number(&maker, 0xA405, 52);
        text(&maker, 0xA434, "24-70mm f/2.8");
        ExifFacts facts = read(&maker);
        assert_string_equal(facts.camera, "NIKON D850");
        assert_string_equal(facts.lens, "24-70mm f/2.8");
        assert_string_equal(facts.exposure, "1/250 s");
        assert_string_equal(facts.aperture, "f/2.8");
        assert_string_equal(facts.iso, "ISO 400");
        assert_string_equal(facts.focal, "35 mm (like 52 mm)");
        assert_string_equal(facts.date, "2024-05-01 12:33:10");
    }
}

static void other_ways_to_say_it(void **state)
{
    (void)state;
    Maker maker;
    start(&maker, false);
    text(&maker, 0x010F, "Canon");
    text(&maker, 0x0110, "EOS R5");
    text(&maker, 0x0132, "2024:06:02 00:00:00");
    begin(&maker, 200);
    fraction(&maker, 0x829A, 5, 2);
    number(&maker, 0x8827, 65535);
    number(&maker, 0x8832, 102400);
    fractions(&maker, 0xA432, (const uint32_t[]){24, 1, 105, 1, 4, 1, 4, 1}, 4);
    fraction(&maker, 0x920A, 50, 1);
    number(&maker, 0xA405, 50);
    ExifFacts facts = read(&maker);
    assert_string_equal(facts.camera, "Canon EOS R5");
    assert_string_equal(facts.lens, "24–105 mm f/4");
    assert_string_equal(facts.exposure, "2.5 s");
    assert_string_equal(facts.aperture, "");
    assert_string_equal(facts.iso, "ISO 102400");
    assert_string_equal(facts.focal, "50 mm");
    assert_string_equal(facts.date, "2024-06-02 00:00:00");
}

static void what_is_not_said_is_empty(void **state)
{
    (void)state;
    static const ExifFacts none;
    Maker maker;
    ExifFacts facts = exif_facts(&(Block){NULL, 0});
    assert_memory_equal(&facts, &none, sizeof none);
    start(&maker, true);
    text(&maker, 0x0132, "    :  :     :  :  "); /* a camera without a clock */
    begin(&maker, 200);
    fraction(&maker, 0x829A, 1, 0);
    fraction(&maker, 0x829D, 0, 0);
    fraction(&maker, 0x920A, 0, 1);
    text(&maker, 0x8827, "x");
    facts = read(&maker);
    assert_memory_equal(&facts, &none, sizeof none);
}

/* A file's texts go to a terminal and into the window. */
static void control_characters_are_escaped(void **state)
{
    (void)state;
    Maker maker;
    start(&maker, false);
    text(&maker, 0x0110, "A\x1b[2J\nB");
    begin(&maker, 200);
    text(&maker, 0xA434, "a\tlens");
    text(&maker, 0x9003, "2024:05:01 \a");
    ExifFacts facts = read(&maker);
    assert_string_equal(facts.camera, "A\\x1b[2J\\nB");
    assert_string_equal(facts.lens, "a\\tlens");
    assert_string_equal(facts.date, "2024-05-01 \\a");
}

/* Cut off anywhere, or with any byte changed, it never leads outside. */
static void broken_blocks_are_harmless(void **state)
{
    (void)state;
    Maker maker;
    start(&maker, false);
    text(&maker, 0x0110, "a rather long name of a camera that ends nowhere");
    begin(&maker, 200);
    fraction(&maker, 0x829A, 1, 250);
    text(&maker, 0xA434, "a lens");
    for (size_t size = 0; size <= BYTES; size++) {
        uint8_t *exact = malloc(size ? size : 1);
        memcpy(exact, maker.data, size);
        exif_facts(&(Block){exact, size});
        free(exact);
    }
    for (size_t i = 0; i < maker.value; i++)
        for (int bit = 0; bit < 8; bit++) {
            maker.data[i] ^= (uint8_t)(1 << bit);
            read(&maker);
            maker.data[i] ^= (uint8_t)(1 << bit);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_photograph_is_described),
        cmocka_unit_test(other_ways_to_say_it),
        cmocka_unit_test(what_is_not_said_is_empty),
        cmocka_unit_test(control_characters_are_escaped),
        cmocka_unit_test(broken_blocks_are_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
