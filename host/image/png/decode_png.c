#include "image/png/decode_png.h"

#include <string.h>

#include "base/mem.h"
#include "image/disk_image.h"
#include "image/png/png_blocks.h"
#include "image/png/png_chunks.h"
#include "image/png/png_errors.h"

typedef struct Decoder {
    PngErrors errors;
    png_structp png;
    png_infop header;
    ImageInfo info;
    Meta *meta;    /* while the header is read */
    bool enough;   /* all chunks of pixels lie inside the file */
    Image *whole;  /* an interlaced one, once the first row is wanted */
    int next;      /* row */
    uint8_t *rows; /* where the next row goes */
    size_t stride; /* bytes from one to the next */
    int count;     /* how many are asked for */
} Decoder;

/* The layout of the rows that png_set_expand makes. libpng would tell it, too, but only
 * after allocating rows of an unchecked width. */
static ImageInfo expanded(png_structp png, png_infop header)
{
    int type = png_get_color_type(png, header);
    int alpha =
        (type & PNG_COLOR_MASK_ALPHA) || png_get_valid(png, header, PNG_INFO_tRNS) != 0;
    return (ImageInfo){
        .width = (int)png_get_image_width(png, header),
        .height = (int)png_get_image_height(png, header),
        .channels = (type & PNG_COLOR_MASK_COLOR ? 3 : 1) + alpha,
        .depth = png_get_bit_depth(png, header) == 16 ? 16 : 8,
    };
}

/* Deflate packs 1,032 bytes into one at best. */
static void check_claim(Decoder *d)
{
    enum { DEFLATE_MOST = 1032 };
    Err err;
    uint64_t raw = (uint64_t)png_get_rowbytes(d->png, d->header);
    uint64_t height = (uint64_t)d->info.height;
    if (!source_admit(d->errors.source, (uint64_t)d->info.width, height,
                      raw * height / DEFLATE_MOST, &err))
        codec_error_throw(&d->errors.error, err.kind, "%s", err.text);
}

static void read_header(void *state)
{
    Decoder *d = state;
    png_set_read_fn(d->png, &d->errors, png_errors_read);
    png_set_user_limits(d->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_chunk_malloc_max(d->png, d->errors.source->max_metadata);
    png_set_keep_unknown_chunks(d->png, PNG_HANDLE_CHUNK_NEVER, PNG_CHUNKS_TAKEN,
                                PNG_CHUNKS_N_TAKEN);
    /* A wrong checksum is an error in a chunk of pixels, the palette or the header;
     * other chunks are left out. */
    png_set_crc_action(d->png, PNG_CRC_ERROR_QUIT, PNG_CRC_WARN_DISCARD);
    png_read_info(d->png, d->header);
    d->info = expanded(d->png, d->header);
    check_claim(d);
    png_blocks_take(d->png, d->header, d->meta);
}

static bool make_structs(Decoder *d, Err *err)
{
    d->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &d->errors, png_errors_error,
                                    png_errors_warning);
    d->header = d->png ? png_create_info_struct(d->png) : NULL;
    return d->header || err_set(err, ERR_MEMORY, "out of memory");
}

static bool open_decoder(void *decoder, const Source *source, ImageInfo *info,
                         Meta *meta, Err *err)
{
    Decoder *d = decoder;
    d->errors.file = source->file;
    d->errors.source = source;
    d->errors.cancel = source->cancel;
    d->meta = meta;
    if (!png_chunks_read(source, meta, &d->enough, err) || !make_structs(d, err) ||
        !png_errors_run(&d->errors, read_header, d, err))
        return false;
    *info = d->info;
    return true;
}

static bool is_interlaced(const Decoder *d)
{
    return png_get_interlace_type(d->png, d->header) != PNG_INTERLACE_NONE;
}

static uint64_t held(const void *decoder)
{
    const Decoder *d = decoder;
    uint64_t whole = (uint64_t)image_row_bytes(d->info) * (uint64_t)d->info.height;
    return is_interlaced(d) && !d->errors.source->disk ? whole : 0;
}

static const char *inexact(const void *decoder)
{
    const Decoder *d = decoder;
    int bits = png_get_bit_depth(d->png, d->header);
    uint64_t pixels = (uint64_t)d->info.width * (uint64_t)d->info.height;
    bool indexed = png_get_color_type(d->png, d->header) == PNG_COLOR_TYPE_PALETTE;
    return indexed && pixels > 1U << bits ? "has a palette" : NULL;
}

static void start(Decoder *d)
{
    const uint16_t probe = 1;
    png_set_expand(d->png);
    if (d->info.depth == 16 && *(const uint8_t *)&probe == 1)
        png_set_swap(d->png);
    png_set_interlace_handling(d->png);
    png_read_update_info(d->png, d->header);
    REQUIRE(png_get_rowbytes(d->png, d->header) == image_row_bytes(d->info));
}

static void read_whole(void *state)
{
    Decoder *d = state;
    start(d);
    for (int pass = 0; pass < PNG_INTERLACE_ADAM7_PASSES; pass++)
        for (int y = 0, rows; y < d->info.height; y += rows) {
            rows = disk_image_rows(d->whole, y);
            for (int i = 0; i < rows; i++)
                png_read_row(d->png, image_row(d->whole, y + i), NULL);
            disk_image_forget(d->whole, y, rows);
        }
}

static bool hold_whole(Decoder *d, Err *err)
{
    if (d->whole)
        return true;
    d->whole = disk_image_or_memory(d->info, d->errors.source->disk, err);
    return d->whole && png_errors_run(&d->errors, read_whole, d, err);
}

static void stream_rows(void *state)
{
    Decoder *d = state;
    if (d->next == 0)
        start(d);
    for (int i = 0; i < d->count; i++)
        png_read_row(d->png, d->rows + (size_t)i * d->stride, NULL);
}

static void read_end(void *state)
{
    png_read_end(((Decoder *)state)->png, NULL);
}

/* Read the end of the file, with the last checksum. A file that breaks off behind its
 * pixels has them all. */
static bool finish(Decoder *d, Err *err)
{
    if (png_errors_run(&d->errors, read_end, d, err))
        return true;
    if (!d->errors.ended || !d->enough)
        return false;
    notes_damage(d->errors.source->notes, "the end of the file is missing");
    return true;
}

static void copy_rows(Decoder *d)
{
    size_t row_bytes = image_row_bytes(d->info);
    for (int i = 0; i < d->count; i++)
        memcpy(d->rows + (size_t)i * d->stride, image_row(d->whole, d->next + i),
               row_bytes);
    disk_image_forget(d->whole, d->next, d->count);
}

static bool read_rows(void *decoder, uint8_t *rows, size_t stride, int count, Err *err)
{
    Decoder *d = decoder;
    d->rows = rows;
    d->stride = stride;
    d->count = count;
    if (count == 0)
        return true;
    if (is_interlaced(d)) {
        if (!hold_whole(d, err))
            return false;
        copy_rows(d);
    } else if (!png_errors_run(&d->errors, stream_rows, d, err)) {
        return false;
    }
    d->next += count;
    return d->next < d->info.height || finish(d, err);
}

static void close_decoder(void *decoder)
{
    Decoder *d = decoder;
    png_destroy_read_struct(&d->png, &d->header, NULL);
    image_unref(&d->whole);
}

const DecoderCalls decode_png = {sizeof(Decoder), open_decoder, read_rows,
                                 close_decoder,   held,         inexact};
