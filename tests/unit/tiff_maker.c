#include "tiff_maker.h"

#include <math.h>
#include <stdlib.h>

#include "test_image.h"

static unsigned maker_max(const Maker *m)
{
    return (1u << m->bits) - 1;
}

/* A stored sample: all values come up, and no two neighbours are alike. A premultiplied
 * colour is no larger than its alpha. */
unsigned maker_sample(const Maker *m, int x, int y, int s)
{
    unsigned spread = (unsigned)(x * 40503 + y * 30011 + s * 12007 + x * y);
    unsigned value = (spread ^ spread >> 7) & maker_max(m);
    bool premultiplied = m->extra && m->meaning == EXTRASAMPLE_ASSOCALPHA;
    int alpha = m->samples - m->extra;
    if (premultiplied && s < alpha)
        value = value * maker_sample(m, x, y, alpha) / maker_max(m);
    return value;
}

/* What an index stands for: 16 bits a colour. */
static unsigned maker_palette(unsigned index, int c)
{
    return (index * 2654435761u >> (3 + 4 * c)) & 0xFFFF;
}

static void maker_set_palette(TIFF *tiff, const Maker *m)
{
    static uint16_t colours[3][65536];
    for (int c = 0; c < 3; c++)
        for (unsigned i = 0; i <= maker_max(m); i++)
            colours[c][i] = (uint16_t)maker_palette(i, c);
    TIFFSetField(tiff, TIFFTAG_COLORMAP, colours[0], colours[1], colours[2]);
}

void maker_set_fields(TIFF *tiff, const Maker *m)
{
    uint16_t meanings[8];
    for (int i = 0; i < m->extra; i++)
        meanings[i] = m->meaning;
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, m->width);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, m->height);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, m->samples);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, m->bits);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, m->photometric);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, m->separate ? 2 : 1);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, m->compression ? m->compression : 1);
    if (m->extra && !m->undeclared)
        TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, m->extra, meanings);
    if (m->predictor)
        TIFFSetField(tiff, TIFFTAG_PREDICTOR, m->predictor);
    if (m->fill_order)
        TIFFSetField(tiff, TIFFTAG_FILLORDER, m->fill_order);
    if (m->orientation)
        TIFFSetField(tiff, TIFFTAG_ORIENTATION, m->orientation);
    if (m->photometric == PHOTOMETRIC_PALETTE)
        maker_set_palette(tiff, m);
    if (m->tile) {
        TIFFSetField(tiff, TIFFTAG_TILEWIDTH, m->tile);
        TIFFSetField(tiff, TIFFTAG_TILELENGTH, m->tile);
    } else {
        TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, m->strip_rows ? m->strip_rows : 1);
    }
}

static void maker_put(uint8_t *row, int bits, size_t index, unsigned value)
{
    uint16_t wide = (uint16_t)value;
    if (bits == 16) {
        memcpy(row + 2 * index, &wide, 2);
        return;
    }
    for (int b = 0; b < bits; b++) {
        size_t bit = index * (size_t)bits + (size_t)b;
        if (value >> (bits - 1 - b) & 1)
            row[bit / 8] |= (uint8_t)(0x80 >> bit % 8);
    }
}

/* `count` pixels from (x, y) on, of one plane or of all. */
static void maker_pack(const Maker *m, int x, int y, int count, int plane, uint8_t *row)
{
    size_t index = 0;
    for (int i = 0; i < count; i++)
        for (int s = 0; s < m->samples; s++)
            if (!m->separate || s == plane)
                maker_put(row, m->bits, index++, maker_sample(m, x + i, y, s));
}

static void maker_write_tile(TIFF *tiff, const Maker *m, int x, int y, int plane)
{
    size_t row_bytes = (size_t)TIFFTileRowSize(tiff);
    uint8_t *tile = mem_new((size_t)TIFFTileSize(tiff), 1);
    for (int i = 0; i < m->tile; i++)
        maker_pack(m, x, y + i, m->tile, plane, tile + (size_t)i * row_bytes);
    assert_true(
        TIFFWriteTile(tiff, tile, (uint32_t)x, (uint32_t)y, 0, (uint16_t)plane) > 0);
    mem_free(tile);
}

static void maker_write_plane(TIFF *tiff, const Maker *m, int plane)
{
    for (int y = 0; m->tile && y < m->height; y += m->tile)
        for (int x = 0; x < m->width; x += m->tile)
            maker_write_tile(tiff, m, x, y, plane);
    size_t size = (size_t)TIFFScanlineSize(tiff);
    uint8_t *row = mem_new(size, 1);
    for (int y = 0; !m->tile && y < m->height; y++) {
        memset(row, 0, size);
        maker_pack(m, 0, y, m->width, plane, row);
        assert_int_equal(TIFFWriteScanline(tiff, row, (uint32_t)y, (uint16_t)plane), 1);
    }
    mem_free(row);
}

void maker_write_pixels(TIFF *tiff, const Maker *m)
{
    for (int plane = 0; plane < (m->separate ? m->samples : 1); plane++)
        maker_write_plane(tiff, m, plane);
}

void make_tiff(const char *path, const Maker *m)
{
    TIFF *tiff = TIFFOpen(path, m->mode ? m->mode : "wl");
    assert_non_null(tiff);
    maker_set_fields(tiff, m);
    maker_write_pixels(tiff, m);
    TIFFClose(tiff);
}

static bool maker_has_alpha(const Maker *m)
{
    return m->extra && (m->undeclared ? m->extra == 1 : m->meaning != 0);
}

static ImageInfo maker_info(const Maker *m)
{
    bool gray = m->photometric <= PHOTOMETRIC_MINISBLACK;
    bool deep = m->bits > 8 || m->photometric == PHOTOMETRIC_PALETTE;
    return (ImageInfo){m->width, m->height, (gray ? 1 : 3) + maker_has_alpha(m),
                       deep ? 16 : 8};
}

static double maker_colour(const Maker *m, int x, int y, int c, double top)
{
    double max = maker_max(m), value = maker_sample(m, x, y, c) / max * top;
    if (m->photometric == PHOTOMETRIC_PALETTE)
        return maker_palette(maker_sample(m, x, y, 0), c);
    if (m->photometric != PHOTOMETRIC_SEPARATED)
        return value;
    double black = maker_sample(m, x, y, 3) / max * top;
    return (top - floor(value + 0.5)) * (top - floor(black + 0.5)) / top;
}

/* The sample that must come out, by the definition in double precision. */
unsigned maker_expected(const Maker *m, int x, int y, int c)
{
    ImageInfo info = maker_info(m);
    double top = info.depth == 16 ? 65535 : 255;
    int at = m->samples - m->extra;
    double alpha = m->extra ? maker_sample(m, x, y, at) / (double)maker_max(m) : 1;
    if (maker_has_alpha(m) && c == info.channels - 1)
        return (unsigned)floor(alpha * top + 0.5);
    double value = floor(maker_colour(m, x, y, c, top) + 0.5);
    if (m->extra && m->meaning == EXTRASAMPLE_ASSOCALPHA && !m->undeclared)
        value = alpha > 0 ? floor(value / floor(alpha * top + 0.5) * top + 0.5) : 0;
    value = value < top ? value : top;
    return (unsigned)(m->photometric == PHOTOMETRIC_MINISWHITE ? top - value : value);
}

unsigned sample_of(const Image *image, int x, int y, int c)
{
    const uint8_t *row = image_row(image, y);
    int index = x * image->info.channels + c;
    return image->info.depth == 16 ? ((const uint16_t *)(const void *)row)[index]
                                   : row[index];
}

/* The file gives what its maker meant. */
void assert_made(const char *path, const Maker *m)
{
    Image *image = load_good(path);
    ImageInfo info = maker_info(m);
    assert_memory_equal(&image->info, &info, sizeof info);
    for (int y = 0; y < m->height; y++)
        for (int x = 0; x < m->width; x++)
            for (int c = 0; c < info.channels; c++) {
                unsigned found = sample_of(image, x, y, c);
                unsigned wanted = maker_expected(m, x, y, c);
                if (found != wanted)
                    fail_msg("%d bits, photometric %d, extra %d×%d, separate %d, tile "
                             "%d, mode %s: (%d, %d) %d is %u and not %u",
                             m->bits, m->photometric, m->extra, m->meaning, m->separate,
                             m->tile, m->mode ? m->mode : "wl", x, y, c, found, wanted);
            }
    image_unref(&image);
}
