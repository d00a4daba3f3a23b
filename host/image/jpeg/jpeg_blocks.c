#include "image/jpeg/jpeg_blocks.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "image/codec/bytes.h"
#include "image/jpeg/jpeg_source.h"
#include "image/meta/icc_header.h"
#include "image/meta/photoshop.h"
#include "image/png/png_text.h"

enum {
    APP1 = JPEG_APP0 + 1,
    APP2 = JPEG_APP0 + 2,
    APP13 = JPEG_APP0 + 13,
    SEGMENT_MAX = 65533,
    SEGMENTS_MAX = 65536,
    PROFILE_MAX = 255 * 65519,         /* 255 segments */
    EXTENSION_HEAD = XMP_NAME + 4 + 4, /* name, size of the whole, place of the piece */
};

/* The first bytes of a segment, including the terminating zero. */
static const char EXIF[] = "Exif\0"; /* and one more zero: sizeof is 6 */
static const char XMP[] = "http://ns.adobe.com/xap/1.0/";
static const char EXTENSION[] = "http://ns.adobe.com/xmp/extension/";
static const char GAIN_MAP[] = "urn:iso:std:iso:ts:21496:-1";
static const char PROFILE[] = "ICC_PROFILE";

static JpegBlocks *blocks_of(j_decompress_ptr cinfo)
{
    return cinfo->client_data;
}

static bool starts_with(const uint8_t *data, size_t size, const char *head, size_t n)
{
    return size > n && memcmp(data, head, n) == 0;
}

/* The first of several blocks counts, as in other readers. */
static bool take_first(Block *block, const uint8_t *data, size_t size, Err *err)
{
    return block->data || meta_set(block, data, size, err);
}

/* Photoshop's data may go over several segments, each with the same head. */
static bool take_photoshop(Block *block, const uint8_t *data, size_t size, Err *err)
{
    size_t head = block->data ? PHOTOSHOP_HEAD_BYTES : 0;
    return meta_append(block, data + head, size - head, err);
}

static bool take_profile(JpegProfile *profile, const uint8_t *data, size_t size,
                         Err *err)
{
    int number = data[0], count = size > 2 ? data[1] : 0;
    Block *part = &profile->parts[number];
    if (!profile->any)
        profile->count = count;
    profile->any = true;
    if (number < 1 || number > count || count != profile->count || part->data)
        profile->mixed = true;
    return size <= 2 || take_first(part, data + 2, size - 2, err);
}

/* Another extension than the first one is passed over. */
static bool take_extension(const Source *source, JpegExtension *extension,
                           const uint8_t *data, size_t size, Err *err)
{
    if (size < EXTENSION_HEAD)
        return true;
    size_t whole = be32(data + XMP_NAME), at = be32(data + XMP_NAME + 4);
    Block *block = &extension->whole;
    data += EXTENSION_HEAD;
    size -= EXTENSION_HEAD;
    if (!block->data && whole && whole <= source->size &&
        source_keeps(source, whole, NULL)) {
        *block = (Block){mem_try(whole, 1, err), whole};
        memcpy(extension->name, data - EXTENSION_HEAD, XMP_NAME);
        if (!block->data)
            return false;
    }
    if (!block->data || memcmp(extension->name, data - EXTENSION_HEAD, XMP_NAME) != 0)
        return true;
    if (whole != block->size || at > whole || size > whole - at) {
        extension->odd = true;
        return true;
    }
    memcpy(block->data + at, data, size);
    extension->got += size;
    return true;
}

static bool take_segment(JpegBlocks *blocks, int code, const uint8_t *data, size_t size,
                         Err *err)
{
    Meta *meta = blocks->meta;
    if (code == APP1 && starts_with(data, size, EXIF, sizeof EXIF))
        return take_first(&meta->exif, data + sizeof EXIF, size - sizeof EXIF, err);
    if (code == APP1 && starts_with(data, size, XMP, sizeof XMP))
        return take_first(&meta->xmp, data + sizeof XMP, size - sizeof XMP, err);
    if (code == APP1 && starts_with(data, size, EXTENSION, sizeof EXTENSION))
        return take_extension(blocks->source, &blocks->extension,
                              data + sizeof EXTENSION, size - sizeof EXTENSION, err);
    if (code == APP2 && starts_with(data, size, PROFILE, sizeof PROFILE))
        return take_profile(&blocks->profile, data + sizeof PROFILE,
                            size - sizeof PROFILE, err);
    if (code == APP13 && starts_with(data, size, PHOTOSHOP_HEAD, PHOTOSHOP_HEAD_BYTES))
        return take_photoshop(&meta->iptc, data, size, err);
    if (code == JPEG_COM)
        return meta_add_comment(&meta->comments, data, size, err);
    if (code == APP2 && starts_with(data, size, GAIN_MAP, sizeof GAIN_MAP))
        notes_add(blocks->source->notes, NOTES_NO_GAIN_MAP);
    return true;
}

static CodecError *codec_error_of(j_decompress_ptr cinfo)
{
    return &((JpegErrors *)cinfo->err)->error;
}

static void count_segment(j_decompress_ptr cinfo, size_t size)
{
    Err err;
    JpegBlocks *blocks = blocks_of(cinfo);
    CodecError *error = codec_error_of(cinfo);
    blocks->segments++;
    blocks->bytes += size;
    if (blocks->segments > SEGMENTS_MAX)
        codec_error_throw(error, ERR_FILE, "more than %d JPEG segments", SEGMENTS_MAX);
    if (!source_keeps(blocks->source, blocks->bytes, &err))
        codec_error_throw(error, err.kind, "%s", err.text);
}

/* libjpeg's marker processor, called behind the marker's code. Segments behind the
 * header are ignored. */
static boolean process_segment(j_decompress_ptr cinfo)
{
    Err err;
    uint8_t length[2], data[UINT16_MAX];
    jpeg_source_read(cinfo, length, sizeof length);
    size_t size = (size_t)(length[0] << 8 | length[1]);
    int code = cinfo->unread_marker;
    size -= size < sizeof length ? size : sizeof length;
    count_segment(cinfo, size);
    if (cinfo->input_scan_number > 0 ||
        (code != APP1 && code != APP2 && code != APP13 && code != JPEG_COM)) {
        jpeg_source_skip(cinfo, size);
        return TRUE;
    }
    jpeg_source_read(cinfo, data, size);
    if (!take_segment(blocks_of(cinfo), code, data, size, &err))
        codec_error_throw(codec_error_of(cinfo), err.kind, "%s", err.text);
    return TRUE;
}

/* JFIF's and Adobe's segments stay libjpeg's. */
void jpeg_blocks_watch(j_decompress_ptr cinfo)
{
    enum { JFIF = JPEG_APP0, ADOBE = JPEG_APP0 + 14, LAST = JPEG_APP0 + 15 };
    for (int code = JFIF + 1; code <= LAST; code++)
        if (code != ADOBE)
            jpeg_set_marker_processor(cinfo, code, process_segment);
    jpeg_set_marker_processor(cinfo, JPEG_COM, process_segment);
}

/* The parts until the first one that is missing, and their size. */
static int first_parts(const JpegProfile *profile, size_t *size)
{
    int i = 1;
    for (*size = 0; i < 256 && profile->parts[i].data; i++)
        *size += profile->parts[i].size;
    return i - 1;
}

/* Where the numbers of parts are wrong, the length that the profile itself names may
 * still tell that nothing is missing. */
static bool is_whole(const JpegProfile *profile, int parts, size_t size)
{
    const Block *first = &profile->parts[1];
    return (!profile->mixed && parts == profile->count) ||
           (icc_header_is_there(first) && be32(first->data) <= size);
}

static void note_loss(const JpegProfile *profile, int parts, Notes *notes)
{
    static const char lost[] = "its ICC profile is left out";
    if (profile->mixed)
        notes_damage(notes, "%s: its parts contradict each other", lost);
    else
        notes_damage(notes, "%s: part %d of %d is missing", lost, parts + 1,
                     profile->count);
}

/* A part of a profile is of no use, so it is left out. */
static bool join_profile(const JpegProfile *profile, Block *icc, Notes *notes, Err *err)
{
    size_t size;
    int parts = first_parts(profile, &size);
    if (!profile->any)
        return true;
    if (!is_whole(profile, parts, size)) {
        note_loss(profile, parts, notes);
        return true;
    }
    *icc = (Block){mem_try(size, 1, err), 0};
    for (int i = 1; icc->data && i <= parts; i++) {
        memcpy(icc->data + icc->size, profile->parts[i].data, profile->parts[i].size);
        icc->size += profile->parts[i].size;
    }
    return icc->data;
}

static double density(j_decompress_ptr cinfo)
{
    double per_inch = cinfo->density_unit == 1   ? 1.0
                      : cinfo->density_unit == 2 ? 2.54
                                                 : 0.0;
    return cinfo->saw_JFIF_marker ? cinfo->X_density * per_inch : 0;
}

void jpeg_blocks_end(j_decompress_ptr cinfo)
{
    Err err;
    JpegBlocks *blocks = blocks_of(cinfo);
    if (!join_profile(&blocks->profile, &blocks->meta->icc, blocks->source->notes,
                      &err))
        codec_error_throw(codec_error_of(cinfo), err.kind, "%s", err.text);
    blocks->meta->dpi = density(cinfo);
}

bool jpeg_blocks_join(const JpegBlocks *blocks, Err *err)
{
    const JpegExtension *extension = &blocks->extension;
    Block *xmp = &blocks->meta->xmp;
    bool joined, whole = !extension->odd && extension->got == extension->whole.size;
    if (!extension->whole.data || !whole || !xmp->data ||
        !memmem(xmp->data, xmp->size, extension->name, XMP_NAME))
        return true;
    return xmp_extension_join(xmp, &extension->whole, &joined, blocks->source->cancel,
                              err);
}

void jpeg_blocks_term(JpegBlocks *blocks)
{
    mem_free(blocks->extension.whole.data);
    for (int i = 0; i < 256; i++)
        mem_free(blocks->profile.parts[i].data);
}

void jpeg_blocks_put_density(j_compress_ptr cinfo, const Meta *meta)
{
    if (!meta || meta->dpi < 1 || meta->dpi > UINT16_MAX)
        return;
    cinfo->density_unit = 1;
    cinfo->X_density = cinfo->Y_density = (UINT16)lround(meta->dpi);
}

/* One segment: a head and what follows it. */
static void put_segment(j_compress_ptr cinfo, int code, const char *head,
                        size_t head_size, const uint8_t *data, size_t size)
{
    jpeg_write_m_header(cinfo, code, (unsigned)(head_size + size));
    for (size_t i = 0; i < head_size; i++)
        jpeg_write_m_byte(cinfo, (uint8_t)head[i]);
    for (size_t i = 0; i < size; i++)
        jpeg_write_m_byte(cinfo, data[i]);
}

/* Put data into one segment; false: they do not fit. */
static bool put_single(j_compress_ptr cinfo, const char *head, size_t head_size,
                       const Block *block)
{
    if (!block->data)
        return true;
    if (block->size > SEGMENT_MAX - head_size)
        return false;
    put_segment(cinfo, APP1, head, head_size, block->data, block->size);
    return true;
}

static void put_photoshop(j_compress_ptr cinfo, const Block *block)
{
    size_t at = PHOTOSHOP_HEAD_BYTES; /* the block brings the first head itself */
    while (at < block->size) {
        size_t room = SEGMENT_MAX - PHOTOSHOP_HEAD_BYTES;
        size_t size = block->size - at < room ? block->size - at : room;
        put_segment(cinfo, APP13, PHOTOSHOP_HEAD, PHOTOSHOP_HEAD_BYTES,
                    block->data + at, size);
        at += size;
    }
}

static void put_extension(j_compress_ptr cinfo, const XmpParts *parts)
{
    enum { HEAD = sizeof EXTENSION + EXTENSION_HEAD };
    const Block *block = &parts->extension;
    char head[HEAD];
    memcpy(head, EXTENSION, sizeof EXTENSION);
    memcpy(head + sizeof EXTENSION, parts->name, XMP_NAME);
    for (size_t at = 0, size; at < block->size; at += size) {
        uint8_t *numbers = (uint8_t *)head + sizeof EXTENSION + XMP_NAME;
        size = block->size - at < SEGMENT_MAX - HEAD ? block->size - at
                                                     : SEGMENT_MAX - HEAD;
        for (int i = 0; i < 4; i++) {
            numbers[i] = (uint8_t)(block->size >> (24 - 8 * i));
            numbers[4 + i] = (uint8_t)(at >> (24 - 8 * i));
        }
        put_segment(cinfo, APP1, head, HEAD, block->data + at, size);
    }
}

#define TOO_MUCH "%zu bytes of %s data do not fit into a JPEG file and are left out"

static void put_comments(j_compress_ptr cinfo, Block rest, Notes *notes)
{
    Block comment;
    while (meta_next_comment(&rest, &comment))
        if (comment.size <= SEGMENT_MAX)
            put_segment(cinfo, JPEG_COM, "", 0, comment.data, comment.size);
        else
            notes_add(notes, TOO_MUCH, comment.size, "comment");
}

bool jpeg_blocks_take_texts(const Meta *meta, Block *comments, Notes *notes,
                            Cancel *cancel, Err *err)
{
    return !meta ||
           png_text_comments(meta->texts, SEGMENT_MAX, comments, notes, cancel, err);
}

bool jpeg_blocks_divide(const Meta *meta, XmpParts *parts, Cancel *cancel, Err *err)
{
    size_t most = SEGMENT_MAX - sizeof XMP;
    return !meta || meta->xmp.size <= most || meta->xmp.size > UINT32_MAX ||
           xmp_extension_divide(&meta->xmp, most, parts, cancel, err);
}

void jpeg_blocks_put(j_compress_ptr cinfo, const Meta *meta, const XmpParts *parts,
                     const Block *texts, Notes *notes)
{
    if (!meta)
        return;
    if (!put_single(cinfo, EXIF, sizeof EXIF, &meta->exif))
        notes_add(notes, TOO_MUCH, meta->exif.size, "EXIF");
    if (!put_single(cinfo, XMP, sizeof XMP,
                    parts->first.data ? &parts->first : &meta->xmp))
        notes_add(notes, TOO_MUCH, meta->xmp.size, "XMP");
    put_extension(cinfo, parts);
    put_photoshop(cinfo, &meta->iptc);
    put_comments(cinfo, meta->comments, notes);
    put_comments(cinfo, *texts, notes);
    if (meta->icc.size > PROFILE_MAX)
        notes_add(notes, TOO_MUCH, meta->icc.size, "ICC");
    else if (meta->icc.size)
        jpeg_write_icc_profile(cinfo, meta->icc.data, (unsigned)meta->icc.size);
}
