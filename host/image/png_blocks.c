#include "image/png_blocks.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

enum {
    SIGNATURE_BYTES = 8,
    FRAME_BYTES = 12,       /* a chunk's length, type and CRC */
    LATE_MAX = 8000000,     /* libpng's own limit for a chunk it keeps */
    CHUNKS_MAX = 1000000,   /* a file of more is not looked through */
    ITXT_AFTER_KEYWORD = 4, /* two flags and two empty strings */
};

static const double METRES_PER_INCH = 0.0254;
static const char XMP[] = "XML:com.adobe.xmp";

static uint32_t get32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* An uncompressed iTXt whose language and translated keyword are empty. */
static void take_itxt(Block *xmp, const uint8_t *data, size_t size)
{
    static const uint8_t plain[ITXT_AFTER_KEYWORD] = {0};
    size_t head = sizeof XMP + sizeof plain;
    if (size > head && memcmp(data, XMP, sizeof XMP) == 0 &&
        memcmp(data + sizeof XMP, plain, sizeof plain) == 0)
        meta_set(xmp, data + head, size - head);
}

static void take_chunk(int fd, off_t at, const uint8_t *type, size_t size, Meta *meta)
{
    bool exif = memcmp(type, "eXIf", 4) == 0 && !meta->exif.data;
    bool itxt = memcmp(type, "iTXt", 4) == 0 && !meta->xmp.data;
    if ((!exif && !itxt) || size == 0 || size > LATE_MAX)
        return;
    uint8_t *data = mem_new(size, 1);
    if (pread(fd, data, size, at) == (ssize_t)size) {
        if (exif)
            meta_set(&meta->exif, data, size);
        else
            take_itxt(&meta->xmp, data, size);
    }
    mem_free(data);
}

void png_blocks_take_late(FILE *file, Meta *meta)
{
    uint8_t head[8];
    off_t at = SIGNATURE_BYTES;
    bool late = false;
    for (int i = 0; i < CHUNKS_MAX; i++) {
        if (pread(fileno(file), head, sizeof head, at) != (ssize_t)sizeof head)
            return;
        uint32_t size = get32(head);
        late = late || memcmp(head + 4, "IDAT", 4) == 0;
        if (late)
            take_chunk(fileno(file), at + 8, head + 4, size, meta);
        at += (off_t)size + FRAME_BYTES;
    }
}

static void take_xmp(png_structp png, png_infop info, Block *xmp)
{
    png_textp text;
    int count;
    png_get_text(png, info, &text, &count);
    for (int i = 0; i < count; i++)
        if (strcmp(text[i].key, XMP) == 0) {
            size_t size =
                text[i].itxt_length ? text[i].itxt_length : text[i].text_length;
            meta_set(xmp, text[i].text, size);
        }
}

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
    png_bytep data;
    png_uint_32 size, y;
    png_charp name;
    int kind;
    if (png_get_eXIf_1(png, info, &size, &data))
        meta_set(&meta->exif, data, size);
    if (png_get_iCCP(png, info, &name, &kind, &data, &size))
        meta_set(&meta->icc, data, size);
    else
        take_colour_space(png, info, meta);
    take_xmp(png, info, &meta->xmp);
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
    if (c[1])
        png_set_cHRM_fixed(png, info, c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]);
}

static void put_xmp(png_structp png, png_infop info, const Block *xmp)
{
    /* libpng copies the text, which it wants terminated. */
    char *packet = mem_printf("%.*s", (int)xmp->size, (const char *)xmp->data);
    png_text chunk = {
        .compression = PNG_ITXT_COMPRESSION_NONE,
        .key = (char *)XMP,
        .text = packet,
        .itxt_length = strlen(packet),
        .lang = (char *)"",
        .lang_key = (char *)"",
    };
    png_set_text(png, info, &chunk, 1);
    mem_free(packet);
}

void png_blocks_put(png_structp png, png_infop info, const Meta *meta)
{
    if (!meta)
        return;
    if (meta->exif.data)
        png_set_eXIf_1(png, info, (png_uint_32)meta->exif.size, meta->exif.data);
    if (meta_icc_fits(meta, png_get_channels(png, info)))
        png_set_iCCP(png, info, "ICC", PNG_COMPRESSION_TYPE_BASE, meta->icc.data,
                     (png_uint_32)meta->icc.size);
    else
        put_colour_space(png, info, meta);
    if (meta->xmp.data)
        put_xmp(png, info, &meta->xmp);
    if (meta->dpi > 0 && meta->dpi < 1e6) {
        png_uint_32 per_metre = (png_uint_32)lround(meta->dpi / METRES_PER_INCH);
        png_set_pHYs(png, info, per_metre, per_metre, PNG_RESOLUTION_METER);
    }
}
