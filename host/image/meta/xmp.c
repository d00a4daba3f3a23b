#include "image/meta/xmp.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "image/codec/bytes.h"
#include "image/meta/xmp_editor.h"

static const char ITEM[] = "http://ns.google.com/photos/1.0/container/item/";
static const char CAMERA[] = "http://ns.google.com/photos/1.0/camera/";
static const char EXIF[] = "http://ns.adobe.com/exif/1.0/";
static const char TIFF[] = "http://ns.adobe.com/tiff/1.0/";

static const XmpRule ANNOUNCEMENTS[] = {
    {"http://ns.adobe.com/hdr-gain-map/1.0/", NULL, XMP_GAIN_MAP, NULL},
    {"http://ns.apple.com/HDRGainMap/1.0/", NULL, XMP_GAIN_MAP, NULL},
    {"http://ns.apple.com/pixeldatainfo/1.0/", NULL, XMP_GAIN_MAP, NULL},
    {"http://ns.google.com/photos/1.0/container/", NULL, 0, NULL}, /* its items say */
    {ITEM, NULL, 0, NULL},
    {CAMERA, "MotionPhoto", 0, NULL},
    {CAMERA, "MicroVideo", 0, NULL},
    {"http://ns.adobe.com/xmp/note/", "HasExtendedXMP", XMP_EXTENSION, NULL},
    {"http://ns.adobe.com/xap/1.0/", "Thumbnails", 0, NULL},
    {0},
};
/* A packet that cannot be parsed is taken to announce a part if it has one of these
 * words. */
static const char *const SIGNS[] = {"hdr-gain-map", "HDRGainMap",     "GainMap",
                                    "MotionPhoto",  "HasExtendedXMP", "Thumbnails"};

static bool is_named(const char *name, const char *space, const char *local)
{
    size_t size = strlen(space), length = strlen(local);
    return strncmp(name, space, size) == 0 && name[size] == '\n' &&
           strncmp(name + size + 1, local, length) == 0 &&
           (name[size + 1 + length] == '\n' || !name[size + 1 + length]);
}

/* The parts that a property with that value announces. */
static unsigned announced(const XmpRule *rule, const char *name, const char *value)
{
    unsigned lost = rule ? rule->lost : 0;
    if (is_named(name, ITEM, "Semantic") && strcmp(value, "GainMap") == 0)
        lost |= XMP_GAIN_MAP;
    if (is_named(name, ITEM, "Semantic") && strcmp(value, "MotionPhoto") == 0)
        lost |= XMP_MOTION;
    if ((is_named(name, CAMERA, "MotionPhoto") ||
         is_named(name, CAMERA, "MicroVideo")) &&
        strcmp(value, "1") == 0)
        lost |= XMP_MOTION;
    return lost;
}

static bool has_sign(const Block *xmp)
{
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++)
        if (memmem(xmp->data, xmp->size, SIGNS[i], strlen(SIGNS[i])))
            return true;
    return false;
}

bool xmp_drop_announcements(Block *xmp, unsigned *lost, Cancel *cancel, Err *err)
{
    static const XmpEdit edit = {ANNOUNCEMENTS, announced};
    XmpOutcome outcome = {0};
    *lost = 0;
    if (xmp->data && !xmp_editor_run(xmp, &edit, &outcome, cancel, err))
        return false;
    if (!outcome.broken) {
        *lost = outcome.lost;
    } else if (has_sign(xmp)) {
        mem_free(xmp->data);
        *xmp = (Block){0};
        *lost = XMP_BROKEN;
    }
    return true;
}

/* Set properties; a packet that cannot be changed stays as it is. */
static bool set(Block *xmp, const XmpRule *rules, Cancel *cancel, Err *err)
{
    XmpOutcome outcome;
    return !xmp->data ||
           xmp_editor_run(xmp, &(XmpEdit){rules, NULL}, &outcome, cancel, err);
}

bool xmp_set_size(Block *xmp, int width, int height, Cancel *cancel, Err *err)
{
    char wide[16], high[16];
    const XmpRule rules[] = {
        {TIFF, "ImageWidth", 0, wide},
        {TIFF, "ImageLength", 0, high},
        {EXIF, "PixelXDimension", 0, wide},
        {EXIF, "PixelYDimension", 0, high},
        {0},
    };
    snprintf(wide, sizeof wide, "%d", width);
    snprintf(high, sizeof high, "%d", height);
    return set(xmp, rules, cancel, err);
}

bool xmp_set_upright(Block *xmp, Cancel *cancel, Err *err)
{
    static const XmpRule rules[] = {{TIFF, "Orientation", 0, "1"}, {0}};
    return set(xmp, rules, cancel, err);
}

enum { MOST_BYTES = 3 }; /* of UTF-8 for two of UTF-16 */

static const uint32_t REPLACEMENT = 0xFFFD;

/* The mark of the byte order, or a tag's first letter. *high: the higher byte of two
 * comes first. */
static bool is_wide(const Block *xmp, bool *high)
{
    if (xmp->size < 4)
        return false;
    const uint8_t *p = xmp->data;
    bool marked = p[0] == 0xFE && p[1] == 0xFF;
    *high = marked || (p[0] == 0 && p[1] == '<' && p[2] == 0 && p[3]);
    return *high || (p[0] == 0xFF && p[1] == 0xFE && (p[2] || p[3])) ||
           (p[0] == '<' && p[1] == 0 && p[2] && p[3] == 0);
}

static bool is_half(uint32_t unit, uint32_t first)
{
    return unit >= first && unit < first + 0x400;
}

static uint32_t unit_at(const uint8_t *p, bool high)
{
    return high ? be16(p) : le16(p);
}

/* The character at *p, which goes on behind it. */
static uint32_t next_letter(const uint8_t **p, const uint8_t *end, bool high)
{
    uint32_t unit = unit_at(*p, high);
    *p += 2;
    if (!is_half(unit, 0xD800))
        return is_half(unit, 0xDC00) ? REPLACEMENT : unit;
    uint32_t other = end - *p >= 2 ? unit_at(*p, high) : 0;
    if (!is_half(other, 0xDC00))
        return REPLACEMENT;
    *p += 2;
    return 0x10000 + ((unit - 0xD800) << 10) + (other - 0xDC00);
}

static uint8_t *put_letter(uint8_t *to, uint32_t letter)
{
    static const uint8_t marks[] = {0, 0, 0xC0, 0xE0, 0xF0};
    int count = letter < 0x80 ? 1 : letter < 0x800 ? 2 : letter < 0x10000 ? 3 : 4;
    for (int i = count - 1; i > 0; i--, letter >>= 6)
        to[i] = (uint8_t)(0x80 | (letter & 0x3F));
    to[0] = (uint8_t)((count == 1 ? 0 : marks[count]) | letter);
    return to + count;
}

static void drop_declaration(Block *xmp)
{
    static const char opening[] = "<?xml ", closing[] = "?>";
    if (xmp->size < sizeof opening || memcmp(xmp->data, opening, strlen(opening)) != 0)
        return;
    const uint8_t *end = memmem(xmp->data, xmp->size, closing, strlen(closing));
    if (!end)
        return;
    size_t cut = (size_t)(end - xmp->data) + strlen(closing);
    xmp->size -= cut;
    memmove(xmp->data, xmp->data + cut, xmp->size);
}

bool xmp_narrow(Block *xmp, Err *err)
{
    bool high;
    if (!is_wide(xmp, &high))
        return true;
    const uint8_t *p = xmp->data, *end = p + xmp->size / 2 * 2;
    uint8_t *data = mem_try(xmp->size / 2, MOST_BYTES, err), *to = data;
    if (!data)
        return false;
    if (*p != '<' && *p != 0)
        p += 2; /* the mark */
    while (p < end)
        to = put_letter(to, next_letter(&p, end, high));
    mem_free(xmp->data);
    *xmp = (Block){data, (size_t)(to - data)};
    drop_declaration(xmp);
    return true;
}
