#include "image/png/encode_png.h"

#include "image/png/png_blocks.h"
#include "image/png/png_errors.h"
#include "image/png/png_packer.h"

typedef struct Encoder {
    PngErrors errors;
    png_structp png;
    png_infop header;
    PngPacker *packer; /* owned */
    /* while the header is written */
    const ImageInfo *info;
    const Meta *meta;
    Notes *notes;
    /* while pixels are written */
    const uint8_t *bytes;
    size_t size;
} Encoder;

static int colour_type(int channels)
{
    static const int types[] = {0, PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA,
                                PNG_COLOR_TYPE_RGB, PNG_COLOR_TYPE_RGB_ALPHA};
    return types[channels];
}

static void start(void *state)
{
    Encoder *e = state;
    png_set_write_fn(e->png, &e->errors, png_errors_write, png_errors_flush);
    png_set_benign_errors(e->png, 1); /* a profile that libpng dislikes is left out */
    png_set_user_limits(e->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_IHDR(e->png, e->header, (png_uint_32)e->info->width,
                 (png_uint_32)e->info->height, e->info->depth,
                 colour_type(e->info->channels), PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_blocks_put(e->png, e->header, e->meta, e->notes);
    png_write_info(e->png, e->header);
    png_blocks_put_texts(e->png, e->meta);
}

static bool make_structs(Encoder *e, Err *err)
{
    e->png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &e->errors,
                                     png_errors_error, png_errors_warning);
    e->header = e->png ? png_create_info_struct(e->png) : NULL;
    return e->header || err_set(err, ERR_MEMORY, "out of memory");
}

static void write_pixels(void *state)
{
    Encoder *e = state;
    png_write_chunk(e->png, (png_const_bytep) "IDAT", e->bytes, e->size);
}

static bool put_pixels(void *encoder, const uint8_t *bytes, size_t size, Err *err)
{
    Encoder *e = encoder;
    for (size_t at = 0; at < size; at += e->size) {
        e->bytes = bytes + at;
        e->size = size - at < PNG_UINT_31_MAX ? size - at : PNG_UINT_31_MAX;
        if (!png_errors_run(&e->errors, write_pixels, e, err))
            return false;
    }
    return true;
}

static bool create(void *encoder, FILE *file, const ImageInfo *info, const Meta *meta,
                   const SaveOptions *options, Err *err)
{
    Encoder *e = encoder;
    e->errors.file = file;
    e->errors.cancel = options->cancel;
    e->info = info;
    e->meta = meta;
    e->notes = options->notes;
    if (!make_structs(e, err) || !png_errors_run(&e->errors, start, e, err))
        return false;
    e->packer =
        png_packer_new(*info, options->pack.level, options->spare, put_pixels, e, err);
    return e->packer;
}

static bool encode_rows(void *encoder, const uint8_t *rows, size_t stride, int count,
                        Err *err)
{
    const Encoder *e = encoder;
    return png_packer_add(e->packer, rows, stride, count, err);
}

/* png_write_end would want to have written the pixels itself. */
static void write_end(void *state)
{
    const Encoder *e = state;
    png_write_chunk(e->png, (png_const_bytep) "IEND", NULL, 0);
}

static bool finish(void *encoder, Err *err)
{
    Encoder *e = encoder;
    return png_errors_run(&e->errors, write_end, e, err);
}

static void discard(void *encoder)
{
    Encoder *e = encoder;
    png_packer_free(e->packer);
    png_destroy_write_struct(&e->png, &e->header);
}

static uint64_t held(ImageInfo info, const SaveOptions *options)
{
    return png_packer_memory(info, options->spare);
}

const EncoderCalls encode_png = {sizeof(Encoder), create, encode_rows, finish,
                                 discard,         NULL,   held};
