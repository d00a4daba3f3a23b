#include "image/tiff/tiff_layout.h"

#include <inttypes.h>

/* Tiles may stick out of the image: by this many pixels, or three times the image. */
static const uint64_t TILE_SPARE = (uint64_t)4096 * 4096;

static bool refuse(Err *err, const char *what)
{
    return err_set(err, ERR_FILE,
                   "a TIFF file of %s is not supported; save it as 8 or 16 bits of "
                   "gray or RGB",
                   what);
}

static int get16(const TiffFile *tiff, uint32_t tag, int otherwise)
{
    uint16_t value;
    return tiff->lib->TIFFGetFieldDefaulted(tiff->handle, tag, &value) ? value
                                                                       : otherwise;
}

static uint32_t get32(const TiffFile *tiff, uint32_t tag, uint32_t otherwise)
{
    uint32_t value;
    return tiff->lib->TIFFGetFieldDefaulted(tiff->handle, tag, &value) ? value
                                                                       : otherwise;
}

static bool check_page(const TiffFile *tiff, Err *err)
{
    return get32(tiff, TIFFTAG_IMAGEDEPTH, 1) <= 1 ||
           refuse(err, "a volume of several layers");
}

static bool check_compression(const TiffFile *tiff, TiffLayout *l, Err *err)
{
    l->compression = (uint16_t)get16(tiff, TIFFTAG_COMPRESSION, COMPRESSION_NONE);
    if (l->compression == COMPRESSION_OJPEG)
        return refuse(err, "old-style JPEG data");
    if (tiff->lib->TIFFIsCODECConfigured(l->compression))
        return true;
    const TIFFCodec *codec = tiff->lib->TIFFFindCODEC(l->compression);
    return err_set(err, ERR_FILE, "the TIFF compression %d%s%s is not supported",
                   l->compression, codec ? ", " : "", codec ? codec->name : "");
}

static bool check_samples(const TiffFile *tiff, TiffLayout *l, Err *err)
{
    char text[64];
    switch (get16(tiff, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT)) {
    case SAMPLEFORMAT_UINT:
    case SAMPLEFORMAT_VOID:
        break;
    case SAMPLEFORMAT_INT:
        return refuse(err, "signed samples");
    case SAMPLEFORMAT_IEEEFP:
        snprintf(text, sizeof text, "%d-bit floating-point samples", l->bits);
        return refuse(err, text);
    default:
        return refuse(err, "complex samples");
    }
    snprintf(text, sizeof text, "%d-bit samples", l->bits);
    if (l->bits < 1 || l->bits > 16)
        return refuse(err, text);
    snprintf(text, sizeof text, "%d samples a pixel", l->samples);
    return (l->samples >= 1 && l->samples <= TIFF_SAMPLES_MAX) || refuse(err, text);
}

/* libtiff turns YCbCr into RGB while it decodes JPEG. Other compressions need its
 * display reader, which knows 8 bits only. */
static bool use_ycbcr(const TiffFile *tiff, TiffLayout *l, Err *err)
{
    char why[1024], text[80];
    if (l->compression == COMPRESSION_JPEG && !l->separate) {
        l->kind = TIFF_RGB;
        tiff->lib->TIFFSetField(tiff->handle, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
        return true;
    }
    l->kind = TIFF_YCBCR;
    snprintf(text, sizeof text, "%d-bit YCbCr%s", l->bits,
             l->separate ? " in planes" : "");
    return (l->bits == 8 && !l->separate &&
            tiff->lib->TIFFRGBAImageOK(tiff->handle, why)) ||
           refuse(err, text);
}

/* Choose the kind of colour samples. A file without the tag is read as other readers
 * do. */
static bool choose_kind(const TiffFile *tiff, TiffLayout *l, Err *err)
{
    uint16_t photometric;
    if (!tiff->lib->TIFFGetField(tiff->handle, TIFFTAG_PHOTOMETRIC, &photometric))
        photometric = l->samples >= 3 ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK;
    l->inverted = photometric == PHOTOMETRIC_MINISWHITE;
    switch (photometric) {
    case PHOTOMETRIC_MINISWHITE:
    case PHOTOMETRIC_MINISBLACK:
        l->kind = TIFF_GRAY;
        return true;
    case PHOTOMETRIC_RGB:
        l->kind = TIFF_RGB;
        return true;
    case PHOTOMETRIC_PALETTE:
        l->kind = TIFF_PALETTE;
        return tiff->lib->TIFFGetField(tiff->handle, TIFFTAG_COLORMAP, &l->palette[0],
                                       &l->palette[1], &l->palette[2]) ||
               err_set(err, ERR_FILE, "damaged TIFF file: no palette");
    case PHOTOMETRIC_SEPARATED:
        l->kind = TIFF_INKS;
        return get16(tiff, TIFFTAG_INKSET, INKSET_CMYK) == INKSET_CMYK ||
               refuse(err, "inks other than CMYK");
    case PHOTOMETRIC_YCBCR:
        return use_ycbcr(tiff, l, err);
    case PHOTOMETRIC_CIELAB:
    case PHOTOMETRIC_ICCLAB:
    case PHOTOMETRIC_ITULAB: /* libtiff's conversion gives grays a cast */
        return refuse(err, "Lab colours");
    case PHOTOMETRIC_LOGL:
    case PHOTOMETRIC_LOGLUV:
        return refuse(err, "LogLuv data");
    case PHOTOMETRIC_CFA:
        return refuse(err, "raw sensor data");
    default:
        return refuse(err, "an unknown meaning of its samples");
    }
}

static int colour_samples(TiffKind kind)
{
    static const int samples[] = {
        [TIFF_GRAY] = 1, [TIFF_RGB] = 3,   [TIFF_PALETTE] = 1,
        [TIFF_INKS] = 4, [TIFF_YCBCR] = 3,
    };
    return samples[kind];
}

/* Alpha is the first extra sample that is declared so. An undeclared one is alpha, too:
 * only programs older than the tag leave it out. */
static void choose_alpha(const TiffFile *tiff, TiffLayout *l)
{
    uint16_t count = 0, *meaning = NULL;
    int colours = colour_samples(l->kind);
    tiff->lib->TIFFGetField(tiff->handle, TIFFTAG_EXTRASAMPLES, &count, &meaning);
    for (int i = 0; i < count && !l->alpha && colours + i < l->samples; i++) {
        if (meaning[i] != EXTRASAMPLE_UNSPECIFIED)
            l->alpha = colours + i;
        l->premultiplied = meaning[i] == EXTRASAMPLE_ASSOCALPHA;
    }
    if (count == 0 && l->samples == colours + 1)
        l->alpha = colours;
}

/* Old programs wrote palettes of 8 bits; others spread 8 bits over 16. */
static int palette_bits(TiffLayout *l)
{
    int all = 0, low = 0, count = 1 << l->bits;
    for (int c = 0; c < 3; c++)
        for (int i = 0; i < count; i++) {
            int value = l->palette[c][i];
            all |= value;
            low |= value % 257 && (value & 0xFF);
        }
    l->palette_shift = all > 0xFF && !low ? 8 : 0;
    return all > 0xFF && low ? 16 : 8;
}

static void settle_info(const TiffFile *tiff, TiffLayout *l)
{
    bool gray = l->kind == TIFF_GRAY;
    l->info.width = (int)get32(tiff, TIFFTAG_IMAGEWIDTH, 0);
    l->info.height = (int)get32(tiff, TIFFTAG_IMAGELENGTH, 0);
    l->info.channels = (gray ? 1 : 3) + (l->alpha != 0);
    l->info.depth = l->kind == TIFF_PALETTE ? palette_bits(l) : l->bits > 8 ? 16 : 8;
}

size_t tiff_layout_row_bytes(const TiffLayout *layout)
{
    size_t samples = layout->separate ? 1 : (size_t)layout->samples;
    return (layout->strip_pixels * samples * (size_t)layout->bits + 7) / 8;
}

static bool settle_strips(const TiffFile *tiff, TiffLayout *l, Err *err)
{
    uint32_t width = (uint32_t)l->info.width, height = (uint32_t)l->info.height;
    bool tiled = tiff->lib->TIFFIsTiled(tiff->handle);
    l->strip_pixels = tiled ? get32(tiff, TIFFTAG_TILEWIDTH, 0) : width;
    l->strip_rows =
        get32(tiff, tiled ? TIFFTAG_TILELENGTH : TIFFTAG_ROWSPERSTRIP, height);
    if (l->strip_pixels == 0 || l->strip_rows == 0)
        return err_set(err, ERR_FILE, "damaged TIFF file: strips or tiles of no size");
    if (!tiled && l->strip_rows > height)
        l->strip_rows = height;
    l->strips = (width - 1) / l->strip_pixels + 1;
    uint64_t across = (uint64_t)l->strips * l->strip_pixels;
    if (l->strip_rows > INT32_MAX || across > UINT64_MAX / l->strip_rows ||
        across * l->strip_rows / 4 > (uint64_t)width * height + TILE_SPARE / 4)
        return err_set(err, ERR_FILE,
                       "damaged TIFF file: tiles of %" PRIu32 " × %" PRIu32 " pixels",
                       l->strip_pixels, l->strip_rows);
    if (l->kind == TIFF_YCBCR)
        return true;
    uint64_t bytes = tiled ? tiff->lib->TIFFTileRowSize64(tiff->handle)
                           : tiff->lib->TIFFScanlineSize64(tiff->handle);
    return bytes == tiff_layout_row_bytes(l) ||
           err_set(err, ERR_FILE, "damaged TIFF file: rows of an unknown form");
}

bool tiff_layout_read(const TiffFile *tiff, TiffLayout *layout, Err *err)
{
    TiffLayout *l = layout;
    *l = (TiffLayout){0};
    l->bits = get16(tiff, TIFFTAG_BITSPERSAMPLE, 1);
    l->samples = get16(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    l->separate = get16(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) ==
                      PLANARCONFIG_SEPARATE &&
                  l->samples > 1;
    if (!check_page(tiff, err) || !check_compression(tiff, l, err) ||
        !choose_kind(tiff, l, err) || !check_samples(tiff, l, err))
        return false;
    if (l->samples < colour_samples(l->kind))
        return err_set(err, ERR_FILE, "damaged TIFF file: %d samples make no colour",
                       l->samples);
    if (l->kind != TIFF_YCBCR)
        choose_alpha(tiff, l);
    settle_info(tiff, l);
    return l->info.width < 1 || l->info.height < 1
               ? err_set(err, ERR_FILE, "an image without pixels")
               : settle_strips(tiff, l, err);
}
