#include "image/heif/decode_heif.h"

#include <limits.h>
#include <string.h>

#include "image/codec/boxes.h"
#include "image/heif/heif_blocks.h"
#include "image/heif/heif_library.h"

typedef struct Decoder {
    const Source *source;
    const HeifLibrary *lib;
    struct heif_context *context;
    struct heif_image_handle *handle;
    ImageInfo info;
    int bits;                  /* of a stored sample */
    bool premultiplied;        /* its colours, by alpha */
    struct heif_image *pixels; /* once the first row is wanted */
    const uint8_t *plane;      /* row 0 of them */
    size_t stride;
    int next; /* row */
} Decoder;

/* libheif reads the file through these. It may call from threads of its own, one at a
 * time. */
static int64_t tell_position(void *context)
{
    return ftello(((const Source *)context)->file);
}

static int read_bytes(void *bytes, size_t size, void *context)
{
    const Source *source = context;
    return source_go_on(source, NULL) && fread(bytes, 1, size, source->file) == size
               ? 0
               : 1;
}

static int seek_to(int64_t position, void *context)
{
    return fseeko(((const Source *)context)->file, position, SEEK_SET);
}

static enum heif_reader_grow_status wait_for_size(int64_t size, void *context)
{
    const Source *source = context;
    return (uint64_t)size <= source->size ? heif_reader_grow_status_size_reached
                                          : heif_reader_grow_status_size_beyond_eof;
}

static const struct heif_reader reader = {
    .reader_api_version = 1,
    .get_position = tell_position,
    .read = read_bytes,
    .seek = seek_to,
    .wait_for_file_size = wait_for_size,
};

static bool succeeded(const Decoder *d, struct heif_error result, Err *err)
{
    if (result.code == heif_error_Ok)
        return true;
    if (!source_go_on(d->source, err))
        return false;
    if (result.code == heif_error_Memory_allocation_error &&
        result.subcode != heif_suberror_Security_limit_exceeded)
        return err_set(err, ERR_MEMORY, "out of memory");
    if (result.subcode == heif_suberror_Unsupported_codec)
        return err_set(err, ERR_FILE,
                       "libheif has no decoder for this file; one for HEIC is in the "
                       "package libde265-0, one for AVIF in libdav1d6");
    return err_set(err, ERR_FILE, "damaged or unsupported HEIF file: %.*s",
                   (int)strcspn(result.message, "\n"), result.message);
}

static bool open_context(Decoder *d, Err *err)
{
    const HeifLibrary *lib = d->lib;
    d->context = lib->heif_context_alloc();
    if (!d->context)
        return err_set(err, ERR_MEMORY, "out of memory");
    return succeeded(d,
                     lib->heif_context_read_from_reader(d->context, &reader,
                                                        (void *)d->source, NULL),
                     err) &&
           succeeded(d,
                     lib->heif_context_get_primary_image_handle(d->context, &d->handle),
                     err);
}

static bool set_info(Decoder *d, Err *err)
{
    const HeifLibrary *lib = d->lib;
    int width = lib->heif_image_handle_get_width(d->handle);
    int height = lib->heif_image_handle_get_height(d->handle);
    int bits = lib->heif_image_handle_get_luma_bits_per_pixel(d->handle);
    bool alpha = lib->heif_image_handle_has_alpha_channel(d->handle);
    if (width < 0 || height < 0 || bits > 16)
        return err_set(err, ERR_FILE, "damaged HEIF file");
    d->premultiplied =
        alpha && lib->heif_image_handle_is_premultiplied_alpha(d->handle);
    d->info = (ImageInfo){width, height, alpha ? 4 : 3, bits > 8 ? 16 : 8};
    return source_admit(d->source, (uint64_t)width, (uint64_t)height, 0, err);
}

static bool open_decoder(void *decoder, const Source *source, ImageInfo *info,
                         Meta *meta, Err *err)
{
    Decoder *d = decoder;
    d->source = source;
    d->lib = boxes_are_whole(source, "HEIF", err) && source_seek(source, 0, err)
                 ? heif_library(err)
                 : NULL;
    if (!d->lib || !open_context(d, err) || !set_info(d, err) ||
        !heif_blocks_take(d->lib, d->handle, source, meta, err))
        return false;
    int count = d->lib->heif_context_get_number_of_top_level_images(d->context);
    if (count > 1)
        notes_add(source->notes, "the main one of %d pictures is read", count);
    *info = d->info;
    return true;
}

static uint64_t pixel_bytes(const Decoder *d)
{
    return (uint64_t)image_row_bytes(d->info) * (uint64_t)d->info.height;
}

/* The result, the planes that it is made of, and a turned copy of them. */
static uint64_t held_of_heic(const void *decoder)
{
    return 3 * pixel_bytes(decoder);
}

/* dav1d keeps a picture of its own beside them, and more for its threads: 4.5 times the
 * pixels where colours are stored at full size. */
static uint64_t held_of_avif(const void *decoder)
{
    return 5 * pixel_bytes(decoder);
}

static enum heif_chroma chroma_of(ImageInfo info)
{
    const uint16_t probe = 1;
    bool little = *(const uint8_t *)&probe, alpha = info.channels == 4;
    if (info.depth == 8)
        return alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB;
    if (little)
        return alpha ? heif_chroma_interleaved_RRGGBBAA_LE
                     : heif_chroma_interleaved_RRGGBB_LE;
    return alpha ? heif_chroma_interleaved_RRGGBBAA_BE
                 : heif_chroma_interleaved_RRGGBB_BE;
}

/* What an overlay's canvas or a grid claims stands in no header, and is allocated at
 * once. It is larger than the picture where that is cut out of it. */
static void limit_parts(const Decoder *d)
{
    enum { USUAL_SIDE = 4096 };
    int longer = d->info.width > d->info.height ? d->info.width : d->info.height;
    int most = longer < INT_MAX / 2 ? 2 * longer : longer;
    d->lib->heif_context_set_maximum_image_size_limit(
        d->context, most > USUAL_SIDE ? most : USUAL_SIDE);
}

static bool decode(Decoder *d, Err *err)
{
    const HeifLibrary *lib = d->lib;
    limit_parts(d);
    struct heif_decoding_options *options = lib->heif_decoding_options_alloc();
    if (!options)
        return err_set(err, ERR_MEMORY, "out of memory");
    options->strict_decoding = 1; /* lost pixels are an error */
    struct heif_error result = lib->heif_decode_image(
        d->handle, &d->pixels, heif_colorspace_RGB, chroma_of(d->info), options);
    lib->heif_decoding_options_free(options);
    return succeeded(d, result, err);
}

static bool hold_whole(Decoder *d, Err *err)
{
    const HeifLibrary *lib = d->lib;
    const enum heif_channel channel = heif_channel_interleaved;
    int stride = 0;
    if (d->plane)
        return true;
    if (!decode(d, err))
        return false;
    d->bits = lib->heif_image_get_bits_per_pixel_range(d->pixels, channel);
    const uint8_t *plane =
        lib->heif_image_get_plane_readonly(d->pixels, channel, &stride);
    if (!plane || lib->heif_image_get_width(d->pixels, channel) != d->info.width ||
        lib->heif_image_get_height(d->pixels, channel) != d->info.height ||
        (d->bits > 8) != (d->info.depth > 8) || d->bits < 8 || d->bits > 16)
        return err_set(err, ERR_FILE, "damaged HEIF file");
    d->plane = plane;
    d->stride = (size_t)stride;
    return true;
}

static uint32_t get_sample(const uint8_t *row, size_t i, int depth)
{
    uint16_t value;
    if (depth == 8)
        return row[i];
    memcpy(&value, row + 2 * i, sizeof value);
    return value;
}

static void set_sample(uint8_t *row, size_t i, int depth, uint32_t value)
{
    uint16_t two = (uint16_t)value;
    if (depth == 8)
        row[i] = (uint8_t)value;
    else
        memcpy(row + 2 * i, &two, sizeof two);
}

/* Stored bits to all of 16. */
static void widen(const Decoder *d, uint8_t *row)
{
    uint32_t most = (1U << d->bits) - 1;
    size_t samples = (size_t)d->info.width * (size_t)d->info.channels;
    for (size_t i = 0; i < samples; i++) {
        uint32_t value = get_sample(row, i, 16);
        value = value > most ? most : value;
        set_sample(row, i, 16, (value * UINT16_MAX + most / 2) / most);
    }
}

/* Colours that alpha has been multiplied into, as they were before. */
static void divide_by_alpha(const Decoder *d, uint8_t *row)
{
    int depth = d->info.depth;
    uint64_t most = depth == 8 ? UINT8_MAX : UINT16_MAX;
    for (size_t x = 0; x < (size_t)d->info.width; x++) {
        uint64_t alpha = get_sample(row, 4 * x + 3, depth);
        for (size_t c = 0; alpha && c < 3; c++) {
            uint64_t value = get_sample(row, 4 * x + c, depth);
            value = (value * most + alpha / 2) / alpha;
            set_sample(row, 4 * x + c, depth, (uint32_t)(value < most ? value : most));
        }
    }
}

static void put_row(const Decoder *d, int y, uint8_t *row)
{
    memcpy(row, d->plane + (size_t)y * d->stride, image_row_bytes(d->info));
    if (d->bits > 8 && d->bits < 16)
        widen(d, row);
    if (d->premultiplied)
        divide_by_alpha(d, row);
}

static bool read_rows(void *decoder, uint8_t *rows, size_t stride, int count, Err *err)
{
    Decoder *d = decoder;
    if (!hold_whole(d, err))
        return false;
    for (int i = 0; i < count; i++)
        put_row(d, d->next++, rows + (size_t)i * stride);
    return true;
}

static void close_decoder(void *decoder)
{
    Decoder *d = decoder;
    if (!d->lib)
        return;
    if (d->pixels)
        d->lib->heif_image_release(d->pixels);
    if (d->handle)
        d->lib->heif_image_handle_release(d->handle);
    if (d->context)
        d->lib->heif_context_free(d->context);
}

const DecoderCalls decode_heic = {sizeof(Decoder), open_decoder, read_rows,
                                  close_decoder, held_of_heic};
const DecoderCalls decode_avif = {sizeof(Decoder), open_decoder, read_rows,
                                  close_decoder, held_of_avif};
