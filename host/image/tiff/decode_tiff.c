#include "image/tiff/decode_tiff.h"

#include <string.h>

#include "base/mem.h"
#include "image/codec/sketch.h"
#include "image/profile/ink_rows.h"
#include "image/tiff/tiff_blocks.h"
#include "image/tiff/tiff_first_ifd.h"
#include "image/tiff/tiff_unpack.h"

/* Strips are decoded whole up to this size, which is faster (up to twice as fast with
 * Deflate); larger ones row by row. */
static const size_t BAND_MAX = 4 << 20;

/* A band is what is decoded at a time: a strip, a row of tiles, or a single row. */
typedef struct Decoder {
    TiffFile tiff;
    TiffLayout layout;
    InkRows ink_rows;      /* by the file's CMYK profile */
    const Source *source;  /* borrowed */
    TIFFRGBAImage display; /* for TIFF_YCBCR; begun with the first band */
    bool has_display;
    bool by_row;      /* a band is a row of a strip */
    size_t row_bytes; /* of a strip or tile, one plane */
    size_t part_size; /* a strip's or tile's bytes in the band, one plane */
    uint8_t *band;    /* part [plane][number from the left], once a row is wanted */
    int band_rows;    /* how many it can hold */
    int band_y;       /* its first row; -1: empty */
    int next;         /* row */
    int step;         /* of a sketch; 0: all is decoded */
    uint8_t *rows[2]; /* decoded ones that a row of it is made of; one allocation */
} Decoder;

/* Without a palette libtiff would show the indices as gray. */
static bool lacks_palette(IfdSource *source, const Ifd *ifd)
{
    IfdField *field = ifd_find(ifd, TIFFTAG_PHOTOMETRIC);
    return field && field->size && ifd_fetch(source, field) &&
           ifd_number(field, 0) == PHOTOMETRIC_PALETTE &&
           !ifd_find(ifd, TIFFTAG_COLORMAP);
}

static bool read_meta(const Source *file, Meta *meta, Err *err)
{
    IfdSource source;
    Ifd *ifd = NULL;
    bool done;
    if (ifd_source_file(&source, file))
        ifd = ifd_read(&source, source.first);
    if (!ifd)
        done = err_set(err, ERR_FILE, "damaged TIFF file");
    else if (lacks_palette(&source, ifd))
        done = err_set(err, ERR_FILE, "damaged TIFF file: no palette");
    else
        done = tiff_blocks_take(&source, ifd, meta, file->notes, err);
    ifd_free(ifd);
    if (!source_go_on(file, err))
        return false;
    return source.starved ? err_set(err, ERR_MEMORY, "out of memory") : done;
}

static bool read_header(Decoder *d, const Source *source, Meta *meta, Err *err)
{
    /* No mapped memory: a file that shrinks meanwhile would kill the process. */
    return tiff_file_open(&d->tiff, source->file, TIFF_HEADER, "rm", err) &&
           tiff_layout_read(&d->tiff, &d->layout, err) &&
           read_meta(source, meta, err) && tiff_file_check(&d->tiff, true, err);
}

static bool is_tiled(const Decoder *d)
{
    return d->tiff.lib->TIFFIsTiled(d->tiff.handle);
}

static void choose_bands(Decoder *d)
{
    const TiffLayout *l = &d->layout;
    d->row_bytes = tiff_layout_row_bytes(l);
    d->by_row = !is_tiled(d) && !l->separate && l->kind != TIFF_YCBCR &&
                l->compression != COMPRESSION_JBIG &&
                d->row_bytes * l->strip_rows > BAND_MAX;
    d->band_rows = d->by_row ? 1 : (int)l->strip_rows;
    d->part_size = d->row_bytes * (size_t)d->band_rows;
    d->band_y = -1;
}

/* The most bytes that one packed byte can become; 0: unknown. */
static uint64_t longest_run(uint16_t compression)
{
    switch (compression) {
    case COMPRESSION_NONE:
        return 1;
    case COMPRESSION_PACKBITS:
        return 64;
    case COMPRESSION_DEFLATE:
    case COMPRESSION_ADOBE_DEFLATE:
        return 1032;
    case COMPRESSION_LZW:
        return 4096;
    default:
        return 0;
    }
}

/* With subsampled colours it is only certain that each pixel has a brightness. */
static bool check_claim(const Source *source, const TiffLayout *l, Err *err)
{
    uint64_t width = (uint64_t)l->info.width, height = (uint64_t)l->info.height;
    uint64_t samples = l->kind == TIFF_YCBCR ? 1 : (uint64_t)l->samples;
    uint64_t row = (width * samples * (uint64_t)l->bits + 7) / 8;
    uint64_t longest = longest_run(l->compression);
    return source_admit(source, width, height, longest ? row * height / longest : 0,
                        err);
}

static bool open_decoder(void *decoder, const Source *source, ImageInfo *info,
                         Meta *meta, Err *err)
{
    Decoder *d = decoder;
    if (!tiff_first_ifd(source, err) || !read_header(d, source, meta, err) ||
        !check_claim(source, &d->layout, err))
        return false;
    choose_bands(d);
    d->source = source;
    if (d->layout.kind == TIFF_INKS &&
        !ink_rows_begin(&d->ink_rows, meta, source->notes, err))
        return false;
    if (!d->tiff.lib->TIFFLastDirectory(d->tiff.handle))
        notes_add(source->notes, "the first of several pages is read");
    *info = d->layout.info;
    return true;
}

/* libtiff's reader for display gives four bytes a pixel. */
static size_t band_size(const Decoder *d)
{
    const TiffLayout *l = &d->layout;
    size_t size, parts = (size_t)l->strips * (size_t)tiff_layout_planes(l);
    if (l->kind == TIFF_YCBCR)
        return sizeof(uint32_t) * (size_t)l->info.width * l->strip_rows;
    return __builtin_mul_overflow(d->part_size, parts, &size) ? SIZE_MAX : size;
}

/* libtiff holds the packed strip or tile, too. */
static uint64_t held(const void *decoder)
{
    static const uint64_t most = (uint64_t)1 << 60;
    const Decoder *d = decoder;
    uint64_t band = band_size(d),
             packed = d->tiff.lib->TIFFGetStrileByteCount(d->tiff.handle, 0);
    return (band < most ? band : most) + (packed < most ? packed : most) +
           ink_rows_held(&d->ink_rows);
}

static const char *inexact_kind(const TiffLayout *l)
{
    uint64_t width = (uint64_t)l->info.width, height = (uint64_t)l->info.height;
    switch (l->kind) {
    case TIFF_PALETTE:
        return width * height > 1U << l->bits ? "has a palette" : NULL;
    case TIFF_INKS:
        return "has CMYK inks";
    case TIFF_YCBCR:
        return "has YCbCr colours";
    default:
        return l->bits < 8 ? "has fewer than 8 bits a sample" : NULL;
    }
}

/* WebP and LERC may be without loss, but no tag says so. */
static const char *inexact(const void *decoder)
{
    const TiffLayout *l = &((const Decoder *)decoder)->layout;
    switch (l->compression) {
    case COMPRESSION_OJPEG:
    case COMPRESSION_JPEG:
        return "is compressed as JPEG";
    case COMPRESSION_WEBP:
        return "is compressed as WebP";
    case COMPRESSION_LERC:
        return "is compressed as LERC";
    case COMPRESSION_PIXARLOG:
        return "is compressed as PixarLog";
    default:
        return inexact_kind(l);
    }
}

static bool make_band(Decoder *d, Err *err)
{
    if (d->band)
        return true;
    if (!ink_rows_transform(&d->ink_rows, d->source->notes, &d->layout.inks, err))
        return false;
    d->band = mem_alloc(band_size(d), err);
    return d->band;
}

static int rows_in_band(const Decoder *d, int y)
{
    int left = d->layout.info.height - y;
    return left < d->band_rows ? left : d->band_rows;
}

/* libtiff reads the bytes that it expects even where the file declares fewer: then a
 * neighbour's, or the header's. */
static bool is_all_there(const Decoder *d, uint32_t part, uint64_t size)
{
    return d->layout.compression != COMPRESSION_NONE ||
           d->tiff.lib->TIFFGetStrileByteCount(d->tiff.handle, part) >= size;
}

/* libtiff's number of the strip or tile that begins at row `y`. */
static uint32_t part_at(const Decoder *d, int y, int plane, uint32_t number)
{
    uint32_t x = number * d->layout.strip_pixels;
    return is_tiled(d) ? d->tiff.lib->TIFFComputeTile(d->tiff.handle, x, (uint32_t)y, 0,
                                                      (uint16_t)plane)
                       : d->tiff.lib->TIFFComputeStrip(d->tiff.handle, (uint32_t)y,
                                                       (uint16_t)plane);
}

static bool read_strip(Decoder *d, int y, int plane)
{
    uint32_t strip = part_at(d, y, plane, 0);
    tmsize_t size = (tmsize_t)(d->row_bytes * (size_t)rows_in_band(d, y));
    return is_all_there(d, strip, (uint64_t)size) &&
           d->tiff.lib->TIFFReadEncodedStrip(d->tiff.handle, strip,
                                             d->band + (size_t)plane * d->part_size,
                                             size) == size;
}

static bool read_tile(Decoder *d, int y, int plane, uint32_t number)
{
    uint32_t tile = part_at(d, y, plane, number);
    size_t at = ((size_t)plane * d->layout.strips + number) * d->part_size;
    tmsize_t size = (tmsize_t)d->part_size;
    return is_all_there(d, tile, (uint64_t)size) &&
           d->tiff.lib->TIFFReadEncodedTile(d->tiff.handle, tile, d->band + at, size) ==
               size;
}

static bool read_parts(Decoder *d, int y)
{
    bool tiled = is_tiled(d);
    for (int plane = 0; plane < tiff_layout_planes(&d->layout); plane++)
        for (uint32_t i = 0; i < d->layout.strips; i++)
            if (!(tiled ? read_tile(d, y, plane, i) : read_strip(d, y, plane)))
                return false;
    return true;
}

static bool read_ycbcr(Decoder *d, int y)
{
    char why[1024];
    bool tiled = is_tiled(d);
    uint64_t size = tiled ? d->tiff.lib->TIFFTileSize64(d->tiff.handle)
                          : d->tiff.lib->TIFFVStripSize64(d->tiff.handle,
                                                          (uint32_t)rows_in_band(d, y));
    for (uint32_t i = 0; i < d->layout.strips; i++)
        if (!is_all_there(d, part_at(d, y, 0, i), size))
            return false;
    if (!d->has_display &&
        !d->tiff.lib->TIFFRGBAImageBegin(&d->display, d->tiff.handle, 1, why))
        return false;
    d->has_display = true;
    /* Rows come as stored: reader.c applies the orientation. */
    d->display.orientation = d->display.req_orientation = ORIENTATION_TOPLEFT;
    d->display.row_offset = y;
    return d->tiff.lib->TIFFRGBAImageGet(&d->display, (uint32_t *)(void *)d->band,
                                         (uint32_t)d->layout.info.width,
                                         (uint32_t)rows_in_band(d, y));
}

static bool read_band(Decoder *d, int y, Err *err)
{
    bool done;
    d->tiff.stage = TIFF_PIXELS;
    if (d->layout.kind == TIFF_YCBCR)
        done = read_ycbcr(d, y);
    else if (d->by_row)
        done =
            d->tiff.lib->TIFFReadScanline(d->tiff.handle, d->band, (uint32_t)y, 0) == 1;
    else
        done = read_parts(d, y);
    d->band_y = done ? y : -1;
    return tiff_file_check(&d->tiff, done, err);
}

static void put_ycbcr(const Decoder *d, size_t row, uint8_t *dst)
{
    size_t width = (size_t)d->layout.info.width;
    const uint8_t *from = d->band + row * width * sizeof(uint32_t);
    for (size_t x = 0; x < width; x++, dst += 3) {
        uint32_t pixel;
        memcpy(&pixel, from + x * sizeof pixel, sizeof pixel);
        dst[0] = (uint8_t)TIFFGetR(pixel);
        dst[1] = (uint8_t)TIFFGetG(pixel);
        dst[2] = (uint8_t)TIFFGetB(pixel);
    }
}

static void put_row(const Decoder *d, size_t row, uint8_t *dst)
{
    const TiffLayout *l = &d->layout;
    const uint8_t *planes[TIFF_SAMPLES_MAX];
    size_t pixel = (size_t)l->info.channels * (size_t)l->info.depth / 8;
    for (uint32_t i = 0; i < l->strips; i++) {
        uint32_t x = i * l->strip_pixels, left = (uint32_t)l->info.width - x;
        for (int p = 0; p < tiff_layout_planes(l); p++)
            planes[p] = d->band + ((size_t)p * l->strips + i) * d->part_size +
                        row * d->row_bytes;
        tiff_unpack_row(l, planes,
                        (int)(left < l->strip_pixels ? left : l->strip_pixels),
                        dst + x * pixel);
    }
}

static bool read_row(Decoder *d, uint8_t *dst, Err *err)
{
    int band_y = d->next - d->next % d->band_rows;
    if (band_y != d->band_y && !read_band(d, band_y, err))
        return false;
    size_t row = (size_t)(d->next - band_y);
    if (d->layout.kind == TIFF_YCBCR)
        put_ycbcr(d, row, dst);
    else
        put_row(d, row, dst);
    d->next++;
    return true;
}

/* Sketches. */

/* Of a strip that is not compressed a row is read without the others, which libtiff
 * would read, too. */
static bool can_sketch(const Decoder *d)
{
    const TiffLayout *l = &d->layout;
    uint16_t fill = 0;
    d->tiff.lib->TIFFGetFieldDefaulted(d->tiff.handle, TIFFTAG_FILLORDER, &fill);
    return l->compression == COMPRESSION_NONE && !is_tiled(d) && !l->separate &&
           l->kind != TIFF_YCBCR && l->kind != TIFF_INKS && fill == FILLORDER_MSB2LSB;
}

static void swap_samples(uint8_t *row, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint8_t first = row[2 * i];
        row[2 * i] = row[2 * i + 1];
        row[2 * i + 1] = first;
    }
}

/* Row `y` of the file, decoded. */
static bool read_alone(Decoder *d, int y, uint8_t *dst, Err *err)
{
    const TiffLayout *l = &d->layout;
    size_t size = d->row_bytes, row = (size_t)y % l->strip_rows;
    uint32_t strip = part_at(d, y, 0, 0);
    uint64_t at = d->tiff.lib->TIFFGetStrileOffset(d->tiff.handle, strip) + row * size;
    if (!is_all_there(d, strip, (row + 1) * size))
        return err_set(err, ERR_FILE, "damaged TIFF file");
    if (!source_go_on(d->source, err) || !source_seek(d->source, at, err) ||
        !source_take(d->source, "TIFF", d->band, size, err))
        return false;
    if (l->bits == 16 && d->tiff.lib->TIFFIsByteSwapped(d->tiff.handle))
        swap_samples(d->band, size / 2);
    tiff_unpack_row(l, (const uint8_t *const[]){d->band}, l->info.width, dst);
    return true;
}

static bool make_rows(Decoder *d, Err *err)
{
    size_t size = image_row_bytes(d->layout.info);
    if (d->rows[0])
        return true;
    if (!d->band)
        d->band = mem_alloc(d->row_bytes, err);
    d->rows[0] = d->band ? mem_alloc(2 * size, err) : NULL;
    if (!d->rows[0])
        return false;
    d->rows[1] = d->rows[0] + size;
    return true;
}

static bool sketch_next(Decoder *d, uint8_t *dst, Err *err)
{
    ImageInfo full = d->layout.info;
    for (int i = 0; i < 2; i++)
        if (!read_alone(d, sketch_row(full, d->step, d->next, i), d->rows[i], err))
            return false;
    sketch_mean(full, d->step, (const uint8_t *const *)d->rows, dst);
    d->next++;
    return true;
}

static bool sketch_rows(Decoder *d, uint8_t *rows, size_t stride, int count, Err *err)
{
    if (!make_rows(d, err))
        return false;
    for (int i = 0; i < count; i++)
        if (!sketch_next(d, rows + (size_t)i * stride, err))
            return false;
    return true;
}

static bool sketch(void *decoder, int least, ImageInfo *info)
{
    Decoder *d = decoder;
    int step = can_sketch(d) ? sketch_step(d->layout.info, least) : 0;
    if (step)
        *info = sketch_info(d->layout.info, step);
    d->step = step;
    return step;
}

static bool read_rows(void *decoder, uint8_t *rows, size_t stride, int count, Err *err)
{
    Decoder *d = decoder;
    if (d->step)
        return sketch_rows(d, rows, stride, count, err);
    if (!make_band(d, err))
        return false;
    for (int i = 0; i < count; i++)
        if (!read_row(d, rows + (size_t)i * stride, err))
            return false;
    return true;
}

/* A level of a pyramid. It has fewer pixels than the picture, which was admitted. */
static bool reduce(void *decoder, int least, ImageInfo *info)
{
    Decoder *d = decoder;
    if (!tiff_level_choose(&d->tiff, least, &d->layout))
        return false;
    choose_bands(d);
    *info = d->layout.info;
    return true;
}

static void close_decoder(void *decoder)
{
    Decoder *d = decoder;
    if (d->has_display)
        d->tiff.lib->TIFFRGBAImageEnd(&d->display);
    tiff_file_close(&d->tiff);
    ink_rows_term(&d->ink_rows);
    mem_free(d->band);
    mem_free(d->rows[0]);
}

const DecoderCalls decode_tiff = {sizeof(Decoder), open_decoder, read_rows,
                                  close_decoder,   held,         inexact,
                                  reduce,          NULL,         sketch};
