#include "image/meta/exif.h"

#include <string.h>

enum {
    TYPE_SHORT = 3,
    TYPE_LONG = 4,
    TYPE_RATIONAL = 5,
    ENTRY_BYTES = 12,
    LINK_BYTES = 4
};
enum {
    TAG_INDEX = 0x0001, /* of the interoperability directory */
    TAG_WIDTH = 0x0100,
    TAG_HEIGHT = 0x0101,
    TAG_STRIPS = 0x0111,
    TAG_ORIENTATION = 0x0112,
    TAG_STRIP_BYTES = 0x0117,
    TAG_X_RESOLUTION = 0x011A,
    TAG_RESOLUTION_UNIT = 0x0128,
    TAG_THUMBNAIL = 0x0201,
    TAG_THUMBNAIL_BYTES = 0x0202,
    TAG_RELATED_WIDTH = 0x1001, /* of the interoperability directory */
    TAG_RELATED_HEIGHT = 0x1002,
    TAG_EXIF = 0x8769,
    TAG_GPS = 0x8825,
    TAG_COLOR_SPACE = 0xA001, /* of the EXIF directory */
    TAG_PIXEL_WIDTH = 0xA002,
    TAG_PIXEL_HEIGHT = 0xA003,
    TAG_INTEROPERABILITY = 0xA005,
};

/* EXIF's ColorSpace; 2 is no standard's. */
enum { COLORS_SRGB = 1, COLORS_ADOBE = 2, COLORS_UNCALIBRATED = 0xFFFF };

/* The first two bytes tell the byte order. */
typedef struct Tiff {
    uint8_t *data;
    size_t size;
    bool big;
} Tiff;

/* A directory whose entries lie inside the block; count 0: there is none. */
typedef struct Directory {
    size_t at; /* of the first entry */
    size_t count;
} Directory;

/* Bytes [from, to) of the block; to 0: none. */
typedef struct Span {
    size_t from, to;
} Span;

static bool tiff_init(Tiff *tiff, const Block *block)
{
    if (block->size < 8)
        return false;
    bool big = memcmp(block->data, "MM\0*", 4) == 0;
    *tiff = (Tiff){block->data, block->size, big};
    return big || memcmp(block->data, "II*\0", 4) == 0;
}

/* The caller has checked that at + 2 (at + 4) lie inside. */
static uint32_t get16(const Tiff *tiff, size_t at)
{
    const uint8_t *p = tiff->data + at;
    return tiff->big ? (uint32_t)(p[0] << 8 | p[1]) : (uint32_t)(p[1] << 8 | p[0]);
}

static uint32_t get32(const Tiff *tiff, size_t at)
{
    uint32_t first = get16(tiff, at), second = get16(tiff, at + 2);
    return tiff->big ? first << 16 | second : second << 16 | first;
}

static void put32(const Tiff *tiff, size_t at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        tiff->data[at + (size_t)i] = (uint8_t)(value >> 8 * (tiff->big ? 3 - i : i));
}

/* The directory's claimed number of entries, limited by the block's size. */
static Directory directory(const Tiff *tiff, size_t at)
{
    if (at < 8 || at > tiff->size - 2)
        return (Directory){0};
    size_t count = get16(tiff, at), room = (tiff->size - at - 2) / ENTRY_BYTES;
    return (Directory){at + 2, count < room ? count : room};
}

/* Where the entry of `tag` stands; 0: nowhere. */
static size_t find(const Tiff *tiff, Directory d, uint32_t tag)
{
    for (size_t i = 0; i < d.count; i++)
        if (get16(tiff, d.at + i * ENTRY_BYTES) == tag)
            return d.at + i * ENTRY_BYTES;
    return 0;
}

/* Where the entry of a tag with one whole number stands; 0: nowhere. */
static size_t find_number(const Tiff *tiff, Directory d, uint32_t tag)
{
    size_t at = find(tiff, d, tag);
    uint32_t type = at ? get16(tiff, at + 2) : 0;
    bool number = type == TYPE_SHORT || type == TYPE_LONG;
    return number && get32(tiff, at + 4) == 1 ? at : 0;
}

static uint32_t number_at(const Tiff *tiff, size_t entry)
{
    return get16(tiff, entry + 2) == TYPE_SHORT ? get16(tiff, entry + 8)
                                                : get32(tiff, entry + 8);
}

static uint32_t number(const Tiff *tiff, Directory d, uint32_t tag)
{
    size_t at = find_number(tiff, d, tag);
    return at ? number_at(tiff, at) : 0;
}

static void set_number(const Tiff *tiff, Directory d, uint32_t tag, uint32_t value)
{
    size_t at = find_number(tiff, d, tag);
    if (!at)
        return;
    bool is_long = get16(tiff, at + 2) == TYPE_LONG || value > UINT16_MAX;
    uint32_t type = is_long ? TYPE_LONG : TYPE_SHORT;
    /* A short number stands in the first half of its field. */
    put32(tiff, at + 8, !is_long && tiff->big ? value << 16 : value);
    tiff->data[at + (tiff->big ? 3 : 2)] = (uint8_t)type;
}

static Directory first_directory(const Tiff *tiff)
{
    return directory(tiff, get32(tiff, 4));
}

static Directory sub_directory(const Tiff *tiff, Directory d, uint32_t tag)
{
    return directory(tiff, number(tiff, d, tag));
}

Block exif_behind_mark(const uint8_t *data, size_t size)
{
    static const char mark[] = "Exif\0"; /* and one more zero: sizeof is 6 */
    size_t skip = size > sizeof mark && memcmp(data, mark, sizeof mark) == 0 ? 6 : 0;
    return (Block){(uint8_t *)data + skip, size - skip};
}

int exif_orientation(const Block *exif)
{
    Tiff tiff;
    if (!tiff_init(&tiff, exif))
        return 1;
    uint32_t value = number(&tiff, first_directory(&tiff), TAG_ORIENTATION);
    return value >= 1 && value <= 8 ? (int)value : 1;
}

/* Of a tag with one unsigned fraction; 0: there is none. */
static double fraction(const Tiff *tiff, Directory d, uint32_t tag)
{
    enum { FRACTION_BYTES = 8 };
    size_t entry = find(tiff, d, tag);
    if (!entry || get16(tiff, entry + 2) != TYPE_RATIONAL)
        return 0;
    size_t at = get32(tiff, entry + 8);
    if (at > tiff->size - FRACTION_BYTES || !get32(tiff, at + 4))
        return 0;
    return (double)get32(tiff, at) / get32(tiff, at + 4);
}

double exif_dpi(const Block *exif)
{
    enum { INCH = 2, CENTIMETRE = 3 };
    static const double cm_per_inch = 2.54;
    Tiff tiff;
    if (!tiff_init(&tiff, exif))
        return 0;
    Directory first = first_directory(&tiff);
    double dots = fraction(&tiff, first, TAG_X_RESOLUTION);
    switch (number(&tiff, first, TAG_RESOLUTION_UNIT)) {
    case INCH:
        return dots;
    case CENTIMETRE:
        return dots * cm_per_inch;
    default:
        return 0;
    }
}

bool exif_set_upright(Block *exif)
{
    Tiff tiff;
    if (!tiff_init(&tiff, exif))
        return false;
    Directory d = first_directory(&tiff);
    set_number(&tiff, d, TAG_ORIENTATION, 1);
    return find_number(&tiff, d, TAG_ORIENTATION) != 0;
}

void exif_set_size(Block *exif, int width, int height)
{
    Tiff tiff;
    if (!tiff_init(&tiff, exif))
        return;
    Directory first = first_directory(&tiff);
    Directory second = sub_directory(&tiff, first, TAG_EXIF);
    Directory third = sub_directory(&tiff, second, TAG_INTEROPERABILITY);
    set_number(&tiff, first, TAG_WIDTH, (uint32_t)width);
    set_number(&tiff, first, TAG_HEIGHT, (uint32_t)height);
    set_number(&tiff, second, TAG_PIXEL_WIDTH, (uint32_t)width);
    set_number(&tiff, second, TAG_PIXEL_HEIGHT, (uint32_t)height);
    set_number(&tiff, third, TAG_RELATED_WIDTH, (uint32_t)width);
    set_number(&tiff, third, TAG_RELATED_HEIGHT, (uint32_t)height);
}

/* Where the four bytes of the interoperability index stand; 0: nowhere. */
static size_t find_index(const Tiff *tiff, Directory exif)
{
    enum { TYPE_ASCII = 2, INDEX_BYTES = 4 };
    Directory d = sub_directory(tiff, exif, TAG_INTEROPERABILITY);
    size_t at = find(tiff, d, TAG_INDEX);
    bool text = at && get16(tiff, at + 2) == TYPE_ASCII;
    return text && get32(tiff, at + 4) == INDEX_BYTES ? at + 8 : 0;
}

bool exif_is_adobe_rgb(const Block *exif)
{
    Tiff tiff;
    if (!tiff_init(&tiff, exif))
        return false;
    Directory d = sub_directory(&tiff, first_directory(&tiff), TAG_EXIF);
    uint32_t space = number(&tiff, d, TAG_COLOR_SPACE);
    size_t index = find_index(&tiff, d);
    return space == COLORS_ADOBE ||
           (space != COLORS_SRGB && index && memcmp(tiff.data + index, "R03", 4) == 0);
}

void exif_set_colors(Block *exif, bool srgb)
{
    Tiff tiff;
    if (!tiff_init(&tiff, exif))
        return;
    Directory d = sub_directory(&tiff, first_directory(&tiff), TAG_EXIF);
    size_t index = find_index(&tiff, d);
    set_number(&tiff, d, TAG_COLOR_SPACE, srgb ? COLORS_SRGB : COLORS_UNCALIBRATED);
    if (index && memcmp(tiff.data + index, "R03", 4) == 0)
        memcpy(tiff.data + index, "R98", 4);
}

static Span span(const Tiff *tiff, uint64_t from, uint64_t size)
{
    if (from < 8 || from >= tiff->size || size == 0)
        return (Span){0};
    uint64_t room = tiff->size - from;
    return (Span){(size_t)from, (size_t)(from + (size < room ? size : room))};
}

/* With its count and its link. */
static Span directory_span(const Tiff *tiff, Directory d)
{
    return d.at ? span(tiff, d.at - 2, 2 + d.count * ENTRY_BYTES + LINK_BYTES)
                : (Span){0};
}

/* The bytes of an entry's value, where they stand outside of its directory. */
static Span value_span(const Tiff *tiff, size_t entry)
{
    static const uint8_t sizes[] = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};
    uint32_t type = get16(tiff, entry + 2);
    uint64_t bytes = type < sizeof sizes ? sizes[type] : 0;
    bytes *= get32(tiff, entry + 4);
    return bytes > 4 ? span(tiff, get32(tiff, entry + 8), bytes) : (Span){0};
}

static bool overlap(Span a, Span b)
{
    return a.from < b.to && b.from < a.to;
}

static bool uses(const Tiff *tiff, Directory d, Span bytes)
{
    if (overlap(directory_span(tiff, d), bytes))
        return true;
    for (size_t i = 0; i < d.count; i++)
        if (overlap(value_span(tiff, d.at + i * ENTRY_BYTES), bytes))
            return true;
    return false;
}

/* Does any field outside of the thumbnail's directory use one of the bytes? */
static bool is_used(const Tiff *tiff, Span bytes)
{
    Directory first = first_directory(tiff);
    Directory second = sub_directory(tiff, first, TAG_EXIF);
    return uses(tiff, first, bytes) || uses(tiff, second, bytes) ||
           uses(tiff, sub_directory(tiff, first, TAG_GPS), bytes) ||
           uses(tiff, sub_directory(tiff, second, TAG_INTEROPERABILITY), bytes);
}

static void wipe(const Tiff *tiff, Span bytes)
{
    if (!is_used(tiff, bytes))
        memset(tiff->data + bytes.from, 0, bytes.to - bytes.from);
}

/* The offset of the thumbnail directory's offset, which stands behind the first
 * directory's entries; 0: the block ends before it. */
static size_t find_link(const Tiff *tiff)
{
    Directory first = first_directory(tiff);
    size_t at = first.at + first.count * ENTRY_BYTES;
    return first.at && at + LINK_BYTES <= tiff->size ? at : 0;
}

static void cut_off(Block *exif, Span bytes)
{
    Tiff tiff;
    if (bytes.to == exif->size && tiff_init(&tiff, exif) && !is_used(&tiff, bytes))
        exif->size = bytes.from;
}

void exif_drop_thumbnail(Block *exif)
{
    Tiff tiff;
    size_t link = tiff_init(&tiff, exif) ? find_link(&tiff) : 0;
    if (!link || !get32(&tiff, link))
        return;
    Directory d = directory(&tiff, get32(&tiff, link));
    Span spans[] = {
        span(&tiff, number(&tiff, d, TAG_THUMBNAIL),
             number(&tiff, d, TAG_THUMBNAIL_BYTES)),
        span(&tiff, number(&tiff, d, TAG_STRIPS), number(&tiff, d, TAG_STRIP_BYTES)),
        directory_span(&tiff, d),
    };
    enum { SPANS = sizeof spans / sizeof *spans };
    put32(&tiff, link, 0);
    for (int i = 0; i < SPANS; i++)
        wipe(&tiff, spans[i]);
    for (int i = 0; i < SPANS; i++)
        cut_off(exif, spans[i]);
}
