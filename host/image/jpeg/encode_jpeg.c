#include "image/jpeg/encode_jpeg.h"

#include "image/jpeg/jpeg_blocks.h"
#include "image/jpeg/jpeg_coding.h"
#include "image/jpeg/jpeg_errors.h"
#include "image/jpeg/jpeg_planes.h"

typedef struct Encoder {
    struct jpeg_compress_struct cinfo;
    JpegErrors errors;
    struct jpeg_progress_mgr progress;
    Cancel *cancel;
    FILE *file;
    /* while the header is written */
    const ImageInfo *info;
    const Meta *meta;
    XmpParts xmp; /* owned */
    Block texts;  /* owned; PNG's, as comments */
    int quality;
    const PackOptions *pack;
    Notes *notes;
    /* while rows are written */
    JpegPlanes planes;
    const uint8_t *rows;
    size_t stride;
    int count;
} Encoder;

static void set_quality(Encoder *e)
{
    if (e->quality == QUALITY_KEEP && jpeg_coding_put(&e->cinfo, e->meta))
        return;
    jpeg_coding_set(&e->cinfo,
                    e->quality == QUALITY_KEEP ? JPEG_CODING_QUALITY : e->quality);
}

static void set_layout(j_compress_ptr cinfo, const PackOptions *pack)
{
    if (pack->progressive)
        jpeg_simple_progression(cinfo);
    cinfo->optimize_coding = pack->optimize || pack->progressive;
    cinfo->restart_in_rows = pack->restart;
}

/* Called often, also while the coefficients of a whole picture are written. */
static void check_cancel(j_common_ptr common)
{
    Encoder *e = (Encoder *)common->client_data;
    if (cancel_is_set(e->cancel))
        codec_error_throw(&e->errors.error, ERR_CANCELLED, "interrupted");
}

static void start(void *state)
{
    Encoder *e = state;
    j_compress_ptr cinfo = &e->cinfo;
    jpeg_create_compress(cinfo);
    cinfo->client_data = e;
    e->progress.progress_monitor = check_cancel;
    cinfo->progress = &e->progress;
    jpeg_stdio_dest(cinfo, e->file);
    cinfo->image_width = (JDIMENSION)e->info->width;
    cinfo->image_height = (JDIMENSION)e->info->height;
    cinfo->input_components = e->info->channels;
    cinfo->in_color_space = e->info->channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(cinfo);
    set_quality(e);
    set_layout(cinfo, e->pack);
    jpeg_blocks_put_density(cinfo, e->meta);
    jpeg_planes_start(&e->planes, cinfo);
    jpeg_blocks_put(cinfo, e->meta, &e->xmp, &e->texts, e->notes);
}

static bool create(void *encoder, FILE *file, const ImageInfo *info, const Meta *meta,
                   const SaveOptions *options, Err *err)
{
    Encoder *e = encoder;
    REQUIRE(info->depth == 8 && !image_has_alpha(*info));
    int quality = options->quality ? options->quality : JPEG_CODING_QUALITY;
    if (quality != QUALITY_KEEP && (quality < 1 || quality > 100))
        return err_set(err, ERR_USAGE, "JPEG quality %d is not between 1 and 100",
                       quality);
    e->cinfo.err = jpeg_errors_init(&e->errors);
    e->file = file;
    e->info = info;
    e->meta = meta;
    e->quality = quality;
    e->pack = &options->pack;
    e->cancel = options->cancel;
    e->notes = options->notes;
    return jpeg_blocks_divide(meta, &e->xmp, e->cancel, err) &&
           jpeg_blocks_take_texts(meta, &e->texts, e->notes, e->cancel, err) &&
           codec_error_run(&e->errors.error, start, e, err);
}

static void write_rows(void *state)
{
    Encoder *e = state;
    for (int i = 0; i < e->count; i++) {
        JSAMPROW row = (JSAMPROW)e->rows + (size_t)i * e->stride;
        if (e->planes.convert)
            jpeg_planes_put(&e->planes, &e->cinfo, row);
        else
            jpeg_write_scanlines(&e->cinfo, &row, 1);
    }
}

static bool encode_rows(void *encoder, const uint8_t *rows, size_t stride, int count,
                        Err *err)
{
    Encoder *e = encoder;
    e->rows = rows;
    e->stride = stride;
    e->count = count;
    return codec_error_run(&e->errors.error, write_rows, e, err);
}

static void write_end(void *state)
{
    Encoder *e = state;
    jpeg_planes_end(&e->planes, &e->cinfo);
    jpeg_finish_compress(&e->cinfo);
}

static bool finish(void *encoder, Err *err)
{
    Encoder *e = encoder;
    return codec_error_run(&e->errors.error, write_end, e, err);
}

static void discard(void *encoder)
{
    Encoder *e = encoder;
    jpeg_destroy_compress(&e->cinfo);
    xmp_parts_clear(&e->xmp);
    meta_drop(&e->texts);
}

static ImageInfo storable(ImageInfo info)
{
    info.channels = info.channels <= 2 ? 1 : 3;
    info.depth = 8;
    return info;
}

/* The coefficients of all blocks, where they are gone through more than once. */
static uint64_t held(ImageInfo info, const SaveOptions *options)
{
    uint64_t samples = image_row_bytes(storable(info)) * (uint64_t)info.height;
    return options->pack.progressive || options->pack.optimize ? samples * sizeof(JCOEF)
                                                               : 0;
}

const EncoderCalls encode_jpeg = {sizeof(Encoder), create,   encode_rows, finish,
                                  discard,         storable, held};
