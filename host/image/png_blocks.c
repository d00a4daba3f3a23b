#include "image/png_blocks.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "image/bytes.h"
#include "image/png_chunks.h"
#include "image/png_text.h"

static const double METRES_PER_INCH = 0.0254;

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
    if (png_get_iCCP(png, info, &name, &kind, &data, &size))
        meta_set(&meta->icc, data, size);
    else
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
    if (c[1])
        png_set_cHRM_fixed(png, info, c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]);
}

static void put_xmp(png_structp png, png_infop info, const Block *xmp)
{
    /* libpng copies the text, which it wants terminated. */
    char *packet = mem_printf("%.*s", (int)xmp->size, (const char *)xmp->data);
    png_text chunk = {
        .compression = PNG_ITXT_COMPRESSION_NONE,
        .key = (char *)PNG_TEXT_XMP,
        .text = packet,
        .itxt_length = strlen(packet),
        .lang = (char *)"",
        .lang_key = (char *)"",
    };
    png_set_text(png, info, &chunk, 1);
    mem_free(packet);
}

static void put_iptc(png_structp png, png_infop info, const Block *iptc)
{
    char *text = png_text_of_profile("iptc", iptc);
    png_text chunk = {
        .compression = PNG_TEXT_COMPRESSION_zTXt,
        .key = (char *)PNG_TEXT_IPTC,
        .text = text,
        .text_length = strlen(text),
    };
    png_set_text(png, info, &chunk, 1);
    mem_free(text);
}

void png_blocks_put_texts(png_structp png, const Meta *meta)
{
    Block rest = meta ? meta->texts : (Block){0};
    while (rest.size >= PNG_CHUNK_FRAME) {
        uint32_t size = be32(rest.data);
        png_write_chunk(png, rest.data + 4, rest.data + PNG_CHUNK_HEAD, size);
        rest.data += size + PNG_CHUNK_FRAME;
        rest.size -= size + PNG_CHUNK_FRAME;
    }
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
    if (meta->iptc.data)
        put_iptc(png, info, &meta->iptc);
    if (meta->dpi > 0 && meta->dpi < 1e6) {
        png_uint_32 per_metre = (png_uint_32)lround(meta->dpi / METRES_PER_INCH);
        png_set_pHYs(png, info, per_metre, per_metre, PNG_RESOLUTION_METER);
    }
}
