#include "image/bitmap/bmp_header.h"

#include <string.h>

#include "base/mem.h"
#include "image/codec/bytes.h"

enum {
    FILE_BYTES = 14, /* the file's header; the image's follows */
    OLD_BYTES = 12,  /* OS/2's first and Windows' second */
    HEAD_MAX = 124,  /* the newest */
    HEAD_BYTES = FILE_BYTES + HEAD_MAX,
};

/* How pixels are stored. */
enum {
    PLAIN = 0,
    RUNS_8 = 1,
    RUNS_4 = 2,
    MASKS = 3,
    JPEG = 4,
    PNG = 5,
    ALPHA_MASKS = 6
};

/* The header's bytes; a shorter header is filled up with zeros. */
typedef struct Head {
    uint8_t bytes[HEAD_BYTES];
    uint32_t size; /* of the image's header */
    uint32_t compression;
} Head;

static bool refuse(Err *err, const char *what)
{
    return err_set(err, ERR_FILE,
                   "a BMP file of %s is not supported; save it as 24 or 32 bits", what);
}

static bool fail_damaged(Err *err)
{
    return err_set(err, ERR_FILE, "damaged BMP header");
}

static bool read_head(const Source *source, Head *head, Err *err)
{
    uint8_t *b = head->bytes;
    if (!source_take(source, "BMP", b, FILE_BYTES + 4, err))
        return false;
    head->size = le32(b + FILE_BYTES);
    if (head->size < OLD_BYTES || (head->size > OLD_BYTES && head->size < 16) ||
        head->size > HEAD_MAX)
        return fail_damaged(err);
    if (!source_take(source, "BMP", b + FILE_BYTES + 4, head->size - 4, err))
        return false;
    head->compression = head->size > OLD_BYTES ? le32(b + 30) : PLAIN;
    return true;
}

/* A negative height means rows from the top. */
static bool take_size(const Source *source, const Head *head, BmpHeader *h, Err *err)
{
    const uint8_t *b = head->bytes;
    bool old = head->size == OLD_BYTES;
    uint32_t width = old ? le16(b + 18) : le32(b + 18);
    uint32_t height = old ? le16(b + 20) : le32(b + 22);
    h->bits = (int)le16(old ? b + 24 : b + 28);
    h->from_top = height >> 31;
    height = h->from_top ? 0 - height : height;
    h->at = le32(b + 10);
    h->info = (ImageInfo){(int)width, (int)height, 3, 8};
    return source_admit(source, width, height, 0, err) &&
           (h->at >= FILE_BYTES + (uint64_t)head->size || fail_damaged(err));
}

static bool check_storage(const Head *head, BmpHeader *h, Err *err)
{
    uint32_t how = head->compression;
    bool os2 = head->size == 16 || head->size == 64;
    static const int known[] = {1, 2, 4, 8, 16, 24, 32};
    if (how == JPEG || how == PNG)
        return refuse(err, os2 ? "OS/2's run lengths" : "an embedded JPEG or PNG");
    if (how > ALPHA_MASKS || (os2 && how > RUNS_4))
        return refuse(err, "an unknown compression");
    h->runs = how == RUNS_8 || how == RUNS_4;
    if (h->runs && (h->bits != (how == RUNS_8 ? 8 : 4) || h->from_top))
        return fail_damaged(err);
    if ((how == MASKS || how == ALPHA_MASKS) && h->bits != 16 && h->bits != 32)
        return fail_damaged(err);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (h->bits == known[i])
            return true;
    return err_set(err, ERR_FILE, "a BMP file of %d bits a pixel is not supported",
                   h->bits);
}

static bool set_mask(BmpMask *mask, uint32_t bits)
{
    *mask = (BmpMask){0, bits};
    for (; bits && !(mask->max & 1); mask->shift++)
        mask->max >>= 1;
    return (mask->max & (mask->max + 1)) == 0; /* in one piece */
}

/* Masks that a short header has no room for stand behind it. */
static bool read_masks(const Source *source, const Head *head, uint32_t masks[4],
                       Err *err)
{
    enum { PLAIN_BYTES = 40, RGB_BYTES = 52 };
    size_t count = head->compression == ALPHA_MASKS || head->size > RGB_BYTES ? 4 : 3;
    uint8_t bytes[16];
    memcpy(bytes, head->bytes + FILE_BYTES + PLAIN_BYTES, sizeof bytes);
    if (head->size < PLAIN_BYTES + 4 * count &&
        !(source_seek(source, FILE_BYTES + PLAIN_BYTES, err) &&
          source_take(source, "BMP", bytes, 4 * count, err)))
        return false;
    for (size_t i = 0; i < count; i++)
        masks[i] = le32(bytes + 4 * i);
    return true;
}

/* Uncompressed pixels of 32 bits have padding and no alpha, also where the header has
 * masks. */
static bool choose_masks(const Source *source, const Head *head, BmpHeader *h, Err *err)
{
    uint32_t masks[4] = {0xFF0000, 0xFF00, 0xFF, 0};
    if (h->bits == 16) {
        masks[0] = 31 << 10;
        masks[1] = 31 << 5;
        masks[2] = 31;
    }
    if (head->compression != PLAIN && !read_masks(source, head, masks, err))
        return false;
    for (int c = 0; c < 4; c++) {
        if (!set_mask(&h->masks[c], masks[c]))
            return fail_damaged(err);
        if (h->masks[c].max > 255)
            h->info.depth = 16;
    }
    h->info.channels = h->masks[3].max ? 4 : 3;
    return true;
}

/* The claimed number of colours, limited by the room between header and pixels. */
static bool read_palette(const Source *source, const Head *head, BmpHeader *h, Err *err)
{
    uint32_t entry = head->size == OLD_BYTES ? 3 : 4, most = 1u << h->bits;
    uint64_t start = FILE_BYTES + (uint64_t)head->size;
    uint64_t room = h->at > start ? (h->at - start) / entry : 0;
    uint32_t count = le32(head->bytes + 46);
    uint8_t colour[4];
    if (head->size < 40 || count == 0 || count > most)
        count = most;
    if (count > room)
        count = (uint32_t)room;
    if (count == 0)
        return err_set(err, ERR_FILE, "damaged BMP file: no palette");
    if (!source_seek(source, start, err))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        if (!source_take(source, "BMP", colour, entry, err))
            return false;
        for (int c = 0; c < 3; c++)
            h->palette.colours[i][c] = colour[2 - c];
    }
    h->palette.count = (int)count;
    h->info.channels = palette_channels(&h->palette);
    return true;
}

/* A newer header may hold the offset of a profile. A profile outside of the file is
 * left out. */
static bool take_profile(const Source *source, const Head *head, Meta *meta, Err *err)
{
    static const char embedded[] = "DEBM";
    const uint8_t *b = head->bytes;
    uint64_t at = FILE_BYTES + (uint64_t)le32(b + FILE_BYTES + 112);
    uint64_t size = le32(b + FILE_BYTES + 116);
    if (head->size < HEAD_MAX || memcmp(b + FILE_BYTES + 56, embedded, 4) != 0 ||
        size == 0 || size > source->max_metadata || at + size > source->size)
        return true;
    meta->icc = (Block){mem_try(size, 1, err), size};
    return meta->icc.data && source_seek(source, at, err) &&
           source_take(source, "BMP", meta->icc.data, size, err);
}

/* Two bytes make at most 255 pixels of a run. */
static uint64_t least_bytes(const BmpHeader *h)
{
    uint64_t rows = (uint64_t)h->info.height;
    return h->at + (h->runs ? (uint64_t)h->info.width * rows / 255 * 2
                            : bmp_header_row_bytes(h) * rows);
}

bool bmp_header_read(const Source *source, BmpHeader *header, Meta *meta, Err *err)
{
    BmpHeader *h = header;
    Head head = {0};
    *h = (BmpHeader){0};
    if (!read_head(source, &head, err) || !take_size(source, &head, h, err) ||
        !check_storage(&head, h, err))
        return false;
    bool done = h->bits <= 8 ? read_palette(source, &head, h, err)
                             : h->bits == 24 || choose_masks(source, &head, h, err);
    if (!done || !source_admit(source, (uint64_t)h->info.width,
                               (uint64_t)h->info.height, least_bytes(h), err))
        return false;
    return take_profile(source, &head, meta, err) && source_seek(source, h->at, err);
}
