#include "image/png/png_blocks.h"
#include "base/text/printable.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <zlib.h>

#include "image/codec/bytes.h"
#include "image/meta/icc_header.h"
#include "image/meta/photoshop.h"
#include "image/png/png_chunk.h"
#include "image/png/png_text.h"

static const double METRES_PER_INCH = 0.0254;

enum { BYTES_A_LINE = 36 };

static void take_colour_space(png_structp png, png_infop info, Meta *meta)
{
    int intent;
    png_fixed_point gamma, c[8];
    if (png_get_sRGB(png, info, &intent)) {
        meta->srgb_intent = intent + 1;
        return;
    }
    if (png_get_gAMA_fixed(png, info, &gamma))
        meta->gamma = gamma;
    if (png_get_cHRM_fixed(png, info, &c[0], &c[1], &c[2], &c[3], &c[4], &c[5], &c[6],
                           &c[7]))
        for (int i = 0; i < 8; i++)
            meta->chroma[i] = c[i];
}

void png_blocks_take(png_structp png, png_infop info, Meta *meta)
{
    png_uint_32 size, y;
    int kind;
    if (!meta->icc.data)
        take_colour_space(png, info, meta);
    if (png_get_pHYs(png, info, &size, &y, &kind) && kind == PNG_RESOLUTION_METER)
        meta->dpi = size * METRES_PER_INCH;
}

static void put_colour_space(png_structp png, png_infop info, const Meta *meta)
{
    const int32_t *c = meta->chroma;
    if (meta->srgb_intent) {
        png_set_sRGB_gAMA_and_cHRM(png, info, meta->srgb_intent - 1);
        return;
    }
    if (meta->gamma)
        png_set_gAMA_fixed(png, info, meta->gamma);
    if (c[1] && c[3])
        png_set_cHRM_fixed(png, info, c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]);
}

/* The chunk of a profile that libpng refuses: readers ignore it at worst. */
static void put_damaged_profile(png_structp png, png_infop info, const Block *icc)
{
    static const char head[] = "ICC\0"; /* a name, and the number of the compression */
    uLongf size = compressBound((uLong)icc->size);
    png_unknown_chunk chunk = {.name = "iCCP", .location = PNG_HAVE_IHDR};
    png_unknown_chunkp ignored;
    /* It may throw: before there is something to free. */
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_ALWAYS, chunk.name, 1);
    chunk.data = png_malloc(png, sizeof head + size);
    if (compress2(chunk.data + sizeof head, &size, icc->data, (uLong)icc->size,
                  Z_BEST_COMPRESSION) != Z_OK) {
        png_free(png, chunk.data);
        png_error(png, "out of memory");
    }
    memcpy(chunk.data, head, sizeof head);
    chunk.size = sizeof head + size;
    int before = png_get_unknown_chunks(png, info, &ignored);
    png_set_unknown_chunks(png, info, &chunk, 1); /* copies it */
    png_free(png, chunk.data);
    if (png_get_unknown_chunks(png, info, &ignored) == before)
        png_error(png, "out of memory");
}

/* libpng refuses what it takes for damaged, and a profile of RGB in a gray file. */
static void put_profile(png_structp png, png_infop info, const Block *icc, Notes *notes)
{
    enum { SPACE_AT = 16 };
    bool gray = png_get_channels(png, info) <= 2;
    png_set_iCCP(png, info, "ICC", PNG_COMPRESSION_TYPE_BASE, icc->data,
                 (png_uint_32)icc->size);
    if (png_get_valid(png, info, PNG_INFO_iCCP))
        return;
    if (gray && icc_header_is_there(icc) &&
        memcmp(icc->data + SPACE_AT, "GRAY", 4) != 0)
        notes_add(notes, "its ICC profile is left out: "
                         "a gray PNG file can only have one of gray");
    else
        put_damaged_profile(png, info, icc);
}

/* The longest data that a chunk has room for. */
static bool fits(size_t size)
{
    return size <= PNG_UINT_31_MAX;
}

/* Of UTF-8 in an iTXt, of Latin-1 in a tEXt. The text ends at the first zero, which no
 * chunk may have; some writers append zeros to a packet or a comment. */
static void put_text(png_structp png, const char *keyword, const Block *text, bool wide)
{
    /* the keyword's end; and in an iTXt: not packed, no language, no translation */
    static const uint8_t plain[5] = {0};
    size_t letters = strlen(keyword), head = wide ? sizeof plain : 1;
    size_t size = strnlen((const char *)text->data, text->size);
    if (!size || !fits(letters + head + size))
        return;
    png_write_chunk_start(png, (png_const_bytep)(wide ? "iTXt" : "tEXt"),
                          (png_uint_32)(letters + head + size));
    png_write_chunk_data(png, (png_const_bytep)keyword, letters);
    png_write_chunk_data(png, plain, head);
    png_write_chunk_data(png, text->data, size);
    png_write_chunk_end(png);
}

/* A zero stands behind the text. */
static bool is_wide(const Block *text)
{
    bool wide = false;
    int length;
    for (const uint8_t *p = text->data; *p; p += length) {
        length = printable_sequence(p);
        wide = wide || length > 1;
        if (!length)
            return false;
    }
    return wide;
}

static void put_comments(png_structp png, Block rest)
{
    Block comment;
    while (meta_next_comment(&rest, &comment))
        put_text(png, PNG_TEXT_COMMENT, &comment, is_wide(&comment));
}

/* A line of hex digits. */
static void put_digits(png_structp png, const uint8_t *data, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    uint8_t line[2 * BYTES_A_LINE + 1];
    for (size_t i = 0; i < size; i++) {
        line[2 * i] = (uint8_t)digits[data[i] >> 4];
        line[2 * i + 1] = (uint8_t)digits[data[i] & 15];
    }
    line[2 * size] = '\n';
    png_write_chunk_data(png, line, 2 * size + 1);
}

/* A raw profile as ImageMagick has it: its length, and digits in lines. JPEG's head is
 * left out, as exiftool and exiv2 want it. */
static void put_iptc(png_structp png, const Block *block)
{
    char head[64];
    Block iptc = photoshop_resources(block);
    size_t keyword = strlen(PNG_TEXT_IPTC) + 1;
    int length = snprintf(head, sizeof head, "\niptc\n%8zu\n", iptc.size);
    size_t lines = (iptc.size + BYTES_A_LINE - 1) / BYTES_A_LINE;
    size_t size = keyword + (size_t)length + 2 * iptc.size + lines;
    if (!iptc.size || !fits(size))
        return;
    png_write_chunk_start(png, (png_const_bytep) "tEXt", (png_uint_32)size);
    png_write_chunk_data(png, (png_const_bytep)PNG_TEXT_IPTC, keyword);
    png_write_chunk_data(png, (png_const_bytep)head, (size_t)length);
    for (size_t at = 0; at < iptc.size; at += BYTES_A_LINE) {
        size_t left = iptc.size - at;
        put_digits(png, iptc.data + at, left < BYTES_A_LINE ? left : BYTES_A_LINE);
    }
    png_write_chunk_end(png);
}

void png_blocks_put_texts(png_structp png, const Meta *meta)
{
    if (!meta)
        return;
    if (meta->cicp[0] && !meta->icc.data)
        png_write_chunk(png, (png_const_bytep) "cICP", meta->cicp, sizeof meta->cicp);
    Block rest = meta->texts;
    if (meta->xmp.data)
        put_text(png, PNG_TEXT_XMP, &meta->xmp, true);
    if (meta->iptc.data)
        put_iptc(png, &meta->iptc);
    put_comments(png, meta->comments);
    while (rest.size >= PNG_CHUNK_FRAME) {
        uint32_t size = be32(rest.data);
        png_write_chunk(png, rest.data + 4, rest.data + PNG_CHUNK_HEAD, size);
        rest.data += size + PNG_CHUNK_FRAME;
        rest.size -= size + PNG_CHUNK_FRAME;
    }
}

void png_blocks_put(png_structp png, png_infop info, const Meta *meta, Notes *notes)
{
    if (!meta)
        return;
    if (meta->exif.data)
        png_set_eXIf_1(png, info, (png_uint_32)meta->exif.size, meta->exif.data);
    if (meta->icc.size)
        put_profile(png, info, &meta->icc, notes);
    else
        put_colour_space(png, info, meta);
    if (meta->dpi > 0 && meta->dpi < 1e6) {
        png_uint_32 per_metre = (png_uint_32)lround(meta->dpi / METRES_PER_INCH);
        png_set_pHYs(png, info, per_metre, per_metre, PNG_RESOLUTION_METER);
    }
}
