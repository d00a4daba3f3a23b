#include "image/jpeg2000/jp2_boxes.h"

#include <string.h>

#include "image/codec/boxes.h"
#include "image/codec/bytes.h"
#include "image/tiff/tiff_iptc.h"

enum { UUID = 16, COLOUR_HEAD = 3, PALETTE_HEAD = 3, CHANNELS_MAX = 4 };

/* A colour space by its number, or a profile. The first counts. */
static bool take_colour(const Boxes *boxes, const FileBox *box, Jp2Header *header,
                        Meta *meta, Err *err)
{
    enum { BY_NUMBER = 1 };
    uint8_t head[COLOUR_HEAD + 4] = {0};
    size_t size = box->size < sizeof head ? (size_t)box->size : sizeof head;
    if (header->space || meta->icc.data)
        return true;
    if (size < sizeof head || !boxes_take(boxes, box, head, size, err))
        return size < sizeof head;
    if (head[0] != BY_NUMBER)
        return boxes_keep(boxes, box, COLOUR_HEAD, &meta->icc, err);
    header->space = (int)(be32(head + COLOUR_HEAD) & INT32_MAX);
    return true;
}

/* Two bytes count the entries, one the channels, and one a channel has its bits. */
static bool take_palette(const Boxes *boxes, const FileBox *box, Jp2Header *header,
                         Err *err)
{
    uint8_t head[PALETTE_HEAD + CHANNELS_MAX] = {0};
    size_t size = box->size < sizeof head ? (size_t)box->size : sizeof head;
    if (!boxes_take(boxes, box, head, size, err))
        return false;
    header->palette = head[2];
    for (int i = 0; i < CHANNELS_MAX && i < head[2]; i++) {
        int bits = (head[PALETTE_HEAD + i] & 127) + 1;
        header->palette_bits =
            bits > header->palette_bits ? bits : header->palette_bits;
    }
    return true;
}

/* Of each channel a number, its kind and what it belongs to. */
static bool take_channels(const Boxes *boxes, const FileBox *box, Jp2Header *header,
                          Err *err)
{
    enum { HEAD = 2, ENTRY = 6, OPACITY = 1, MOST = 16 };
    uint8_t bytes[HEAD + MOST * ENTRY] = {0};
    size_t size = box->size < sizeof bytes ? (size_t)box->size : sizeof bytes;
    if (!boxes_take(boxes, box, bytes, size, err))
        return false;
    for (size_t at = HEAD; at + ENTRY <= size; at += ENTRY)
        header->has_alpha = header->has_alpha || be16(bytes + at + 2) == OPACITY;
    return true;
}

static bool take_header(const Boxes *outer, const FileBox *box, Jp2Header *header,
                        Meta *meta, Err *err)
{
    Boxes boxes = boxes_inside(outer, box);
    FileBox part;
    bool good = true;
    while (good && boxes_next(&boxes, &part, err)) {
        if (boxes_is_named(&part, "colr"))
            good = take_colour(&boxes, &part, header, meta, err);
        else if (boxes_is_named(&part, "pclr"))
            good = take_palette(&boxes, &part, header, err);
        else if (boxes_is_named(&part, "cdef"))
            good = take_channels(&boxes, &part, header, err);
    }
    return good && !boxes.failed;
}

/* The first of several counts. */
static bool keep_photoshop(const Boxes *boxes, const FileBox *box, bool bare,
                           Meta *meta, Err *err)
{
    Block block = {0};
    const Block none = {0};
    if (meta->iptc.data)
        return true;
    bool good =
        boxes_keep(boxes, box, UUID, &block, err) &&
        tiff_iptc_join(&meta->iptc, bare ? &none : &block, bare ? &block : &none, err);
    meta_drop(&block);
    return good;
}

static bool take_uuid(const Boxes *boxes, const FileBox *box, Meta *meta, Err *err)
{
    static const uint8_t xmp[UUID] = {0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8,
                                      0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC};
    static const uint8_t iptc[UUID] = {0x33, 0xC7, 0xA4, 0xD2, 0xB8, 0x1D, 0x47, 0x23,
                                       0xA0, 0xBA, 0xF1, 0xA3, 0xE0, 0x97, 0xAD, 0x38};
    static const uint8_t photoshop[UUID] = {0x2C, 0x4C, 0x01, 0x00, 0x85, 0x04,
                                            0x40, 0xB9, 0xA0, 0x3E, 0x56, 0x21,
                                            0x48, 0xD6, 0xDF, 0xEB};
    uint8_t uuid[UUID];
    if (box->size < UUID)
        return true;
    if (!boxes_take(boxes, box, uuid, sizeof uuid, err))
        return false;
    if (memcmp(uuid, xmp, UUID) == 0)
        return boxes_keep(boxes, box, UUID, &meta->xmp, err);
    bool bare = memcmp(uuid, iptc, UUID) == 0;
    if (bare || memcmp(uuid, photoshop, UUID) == 0)
        return keep_photoshop(boxes, box, bare, meta, err);
    return memcmp(uuid, "JpgTiffExif->JP2", UUID) != 0 ||
           boxes_keep(boxes, box, UUID, &meta->exif, err);
}

bool jp2_boxes_read(const Source *source, Jp2Header *header, Meta *meta, Err *err)
{
    Boxes boxes = boxes_of_file(source, "JPEG 2000");
    FileBox box;
    bool good = true;
    *header = (Jp2Header){0};
    while (good && boxes_next(&boxes, &box, err)) {
        if (boxes_is_named(&box, "jp2h"))
            good = take_header(&boxes, &box, header, meta, err);
        else if (boxes_is_named(&box, "uuid"))
            good = take_uuid(&boxes, &box, meta, err);
    }
    return good && !boxes.failed;
}
