#include "image/meta.h"

#include <string.h>

#include "base/mem.h"

enum { TAG_ORIENTATION = 0x0112, TYPE_SHORT = 3, TYPE_LONG = 4, ENTRY_BYTES = 12 };

Meta *meta_new(void)
{
    return mem_new(1, sizeof(Meta));
}

void meta_set(Block *block, const void *data, size_t size)
{
    uint8_t *copy = NULL;
    if (size) {
        copy = mem_new(size, 1);
        memcpy(copy, data, size);
    }
    mem_free(block->data);
    *block = (Block){copy, size};
}

static void block_copy(Block *to, const Block *from)
{
    *to = (Block){0};
    meta_set(to, from->data, from->size);
}

Meta *meta_copy(const Meta *meta)
{
    if (!meta)
        return NULL;
    Meta *copy = meta_new();
    *copy = *meta;
    block_copy(&copy->exif, &meta->exif);
    block_copy(&copy->icc, &meta->icc);
    block_copy(&copy->xmp, &meta->xmp);
    block_copy(&copy->iptc, &meta->iptc);
    return copy;
}

void meta_free(Meta *meta)
{
    if (!meta)
        return;
    mem_free(meta->exif.data);
    mem_free(meta->icc.data);
    mem_free(meta->xmp.data);
    mem_free(meta->iptc.data);
    mem_free(meta);
}

bool meta_icc_fits(const Meta *meta, int channels)
{
    enum { SPACE_AT = 16, HEADER_BYTES = 128 };
    if (!meta || meta->icc.size < HEADER_BYTES)
        return false;
    const uint8_t *space = meta->icc.data + SPACE_AT;
    if (memcmp(space, "GRAY", 4) == 0)
        return channels <= 2;
    /* An RGB profile on gray rows still says how bright they are. */
    return memcmp(space, "RGB ", 4) == 0;
}

/* EXIF is a TIFF structure: its first two bytes tell the byte order. Offsets come from
 * the file and may say anything; every access is checked against the block's size. */
typedef struct Tiff {
    uint8_t *data;
    size_t size;
    bool big;
} Tiff;

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

/* Where in the block the orientation's value stands, and how wide it is; 0: nowhere. */
static size_t find_orientation(const Tiff *tiff, uint32_t *type)
{
    size_t at = get32(tiff, 4);
    if (at > tiff->size - 2)
        return 0;
    size_t count = get16(tiff, at);
    for (at += 2; count > 0 && at + ENTRY_BYTES <= tiff->size; count--) {
        *type = get16(tiff, at + 2);
        bool number = *type == TYPE_SHORT || *type == TYPE_LONG;
        if (get16(tiff, at) == TAG_ORIENTATION && number && get32(tiff, at + 4) == 1)
            return at + 8;
        at += ENTRY_BYTES;
    }
    return 0;
}

int meta_orientation(const Meta *meta)
{
    Tiff tiff;
    uint32_t type, value = 1;
    if (!meta || !tiff_init(&tiff, &meta->exif))
        return 1;
    size_t at = find_orientation(&tiff, &type);
    if (at)
        value = type == TYPE_SHORT ? get16(&tiff, at) : get32(&tiff, at);
    return value >= 1 && value <= 8 ? (int)value : 1;
}

/* Lightroom and others repeat the orientation in the XMP packet, as an attribute
 * (="6") or an element (>6<), and some viewers believe that one. A packet that alone
 * declares an orientation is left as it is: it was not applied either. */
static void set_xmp_upright(Block *xmp)
{
    static const char name[] = "tiff:Orientation";
    const size_t length = sizeof name - 1, value = 4; /* the shortest: ="6" */
    for (size_t at = 0; at + length + value <= xmp->size; at++) {
        uint8_t *after = xmp->data + at + length;
        uint8_t *digit = after + (after[0] == '=' ? 2 : 1);
        bool is_value = after[0] == '=' || after[0] == '>';
        if (memcmp(xmp->data + at, name, length) == 0 && is_value && *digit >= '1' &&
            *digit <= '8')
            *digit = '1';
    }
}

void meta_set_upright(Meta *meta)
{
    Tiff tiff;
    uint32_t type;
    size_t at = tiff_init(&tiff, &meta->exif) ? find_orientation(&tiff, &type) : 0;
    if (!at)
        return;
    set_xmp_upright(&meta->xmp);
    size_t bytes = type == TYPE_SHORT ? 2 : 4;
    memset(tiff.data + at, 0, bytes);
    tiff.data[tiff.big ? at + bytes - 1 : at] = 1;
}
