#include "image/webp/encode_webp.h"

#include "image/webp/webp_library.h"

enum {
    DEFAULT_QUALITY = 92,
    LOSSLESS_EFFORT = 2, /* of 0 to 9 */
    PIECE = 1 << 20,
};

typedef struct Encoder {
    const WebpLibrary *lib;
    FILE *file;
    const Meta *meta; /* NULL: none */
    Cancel *cancel;
    ImageInfo info;
    WebPConfig config;
    WebPPicture picture;     /* all rows */
    WebPMemoryWriter packed; /* the compressed picture */
    int next;                /* row */
} Encoder;

static bool fail_memory(Err *err)
{
    return err_set(err, ERR_MEMORY, "out of memory");
}

static int go_on(int percent, const WebPPicture *picture)
{
    (void)percent;
    const Encoder *e = picture->user_data;
    return !cancel_is_set(e->cancel);
}

static bool configure(Encoder *e, const SaveOptions *options, Err *err)
{
    int quality = options->quality ? options->quality : DEFAULT_QUALITY;
    WebPConfig *config = &e->config;
    if (quality < 1 || quality > 100)
        return err_set(err, ERR_USAGE, "WebP quality %d is not between 1 and 100",
                       quality);
    REQUIRE(e->lib->WebPConfigInitInternal(config, WEBP_PRESET_PHOTO, (float)quality,
                                           WEBP_ENCODER_ABI_VERSION));
    if (options->lossless)
        REQUIRE(e->lib->WebPConfigLosslessPreset(config, LOSSLESS_EFFORT));
    config->exact = 1; /* colours stay where alpha is 0 */
    return true;
}

static bool make_picture(Encoder *e, Err *err)
{
    WebPPicture *picture = &e->picture;
    if (e->info.width > WEBP_MAX_DIMENSION || e->info.height > WEBP_MAX_DIMENSION)
        return err_set(err, ERR_FILE,
                       "a WebP picture has at most %d pixels a side; write PNG, TIFF "
                       "or JPEG",
                       WEBP_MAX_DIMENSION);
    REQUIRE(e->lib->WebPPictureInitInternal(picture, WEBP_ENCODER_ABI_VERSION));
    picture->use_argb = 1;
    picture->width = e->info.width;
    picture->height = e->info.height;
    picture->writer = e->lib->WebPMemoryWrite;
    picture->custom_ptr = &e->packed;
    picture->progress_hook = go_on;
    picture->user_data = e;
    e->lib->WebPMemoryWriterInit(&e->packed);
    return e->lib->WebPPictureAlloc(picture) || fail_memory(err);
}

static bool create(void *encoder, FILE *file, const ImageInfo *info, const Meta *meta,
                   const SaveOptions *options, Err *err)
{
    Encoder *e = encoder;
    REQUIRE(info->depth == 8 && info->channels >= 3);
    e->file = file;
    e->meta = meta;
    e->cancel = options->cancel;
    e->info = *info;
    e->lib = webp_library(err);
    return e->lib && configure(e, options, err) && make_picture(e, err);
}

static void take_row(Encoder *e, const uint8_t *row)
{
    uint32_t *to = e->picture.argb + (size_t)e->next * (size_t)e->picture.argb_stride;
    bool alpha = e->info.channels == 4;
    for (int x = 0; x < e->info.width; x++, row += e->info.channels)
        to[x] = (alpha ? (uint32_t)row[3] : 255U) << 24 | (uint32_t)row[0] << 16 |
                (uint32_t)row[1] << 8 | row[2];
    e->next++;
}

static bool encode_rows(void *encoder, const uint8_t *rows, size_t stride, int count,
                        Err *err)
{
    (void)err;
    Encoder *e = encoder;
    for (int i = 0; i < count; i++)
        take_row(e, rows + (size_t)i * stride);
    return true;
}

/* The modes of a large picture's blocks need more than the 512 KiB that a file has for
 * them; libwebp then chooses cheaper ones, if it is told how much it may. */
static bool pack(Encoder *e)
{
    static const int limits[] = {0, 50, 100};
    bool packed = false;
    for (size_t i = 0; !packed && i < sizeof limits / sizeof limits[0]; i++) {
        e->lib->WebPMemoryWriterClear(&e->packed);
        e->config.partition_limit = limits[i];
        packed = e->lib->WebPEncode(&e->config, &e->picture);
        if (e->picture.error_code != VP8_ENC_ERROR_PARTITION0_OVERFLOW)
            break;
    }
    return packed;
}

static bool fail_packing(const Encoder *e, Err *err)
{
    WebPEncodingError why = e->picture.error_code;
    if (why == VP8_ENC_ERROR_USER_ABORT)
        return err_set(err, ERR_CANCELLED, "interrupted");
    if (why == VP8_ENC_ERROR_OUT_OF_MEMORY ||
        why == VP8_ENC_ERROR_BITSTREAM_OUT_OF_MEMORY || why == VP8_ENC_ERROR_BAD_WRITE)
        return fail_memory(err);
    return err_set(err, ERR_FILE,
                   "the picture does not fit into a WebP file (libwebp's error %d); "
                   "write it with a lower quality, or as another format",
                   (int)why);
}

static bool put(const Encoder *e, const uint8_t *bytes, size_t size, Err *err)
{
    for (size_t done = 0, some; done < size; done += some) {
        some = size - done < PIECE ? size - done : PIECE;
        if (cancel_is_set(e->cancel))
            return err_set(err, ERR_CANCELLED, "interrupted");
        if (fwrite(bytes + done, 1, some, e->file) != some)
            return err_set(err, ERR_FILE, "cannot be written");
    }
    return true;
}

static bool set_chunk(const WebpMuxLibrary *lib, WebPMux *mux, const char *name,
                      const Block *block)
{
    WebPData data = {block->data, block->size};
    return !block->size || lib->WebPMuxSetChunk(mux, name, &data, 0) == WEBP_MUX_OK;
}

/* The file of the packed picture and the metadata. */
static bool put_joined(const Encoder *e, const WebpMuxLibrary *lib, WebPMux *mux,
                       Err *err)
{
    WebPData picture = {e->packed.mem, e->packed.size}, whole = {NULL, 0};
    bool joined = lib->WebPMuxSetImage(mux, &picture, 0) == WEBP_MUX_OK &&
                  set_chunk(lib, mux, "ICCP", &e->meta->icc) &&
                  set_chunk(lib, mux, "EXIF", &e->meta->exif) &&
                  set_chunk(lib, mux, "XMP ", &e->meta->xmp) &&
                  lib->WebPMuxAssemble(mux, &whole) == WEBP_MUX_OK;
    bool done = joined ? put(e, whole.bytes, whole.size, err) : fail_memory(err);
    e->lib->WebPFree((void *)whole.bytes);
    return done;
}

static bool put_with_metadata(const Encoder *e, Err *err)
{
    const WebpMuxLibrary *lib = webp_mux_library(err);
    if (!lib)
        return false;
    WebPMux *mux = lib->WebPNewInternal(WEBP_MUX_ABI_VERSION);
    bool done = mux ? put_joined(e, lib, mux, err) : fail_memory(err);
    lib->WebPMuxDelete(mux);
    return done;
}

static bool finish(void *encoder, Err *err)
{
    Encoder *e = encoder;
    const Meta *meta = e->meta;
    if (!pack(e))
        return fail_packing(e, err);
    e->lib->WebPPictureFree(&e->picture);
    return meta && (meta->icc.size || meta->exif.size || meta->xmp.size)
               ? put_with_metadata(e, err)
               : put(e, e->packed.mem, e->packed.size, err);
}

static void discard(void *encoder)
{
    Encoder *e = encoder;
    if (!e->lib)
        return;
    e->lib->WebPPictureFree(&e->picture); /* zeros are fine */
    e->lib->WebPMemoryWriterClear(&e->packed);
}

static ImageInfo storable(ImageInfo info)
{
    info.channels = image_has_alpha(info) ? 4 : 3;
    info.depth = 8;
    return info;
}

/* Of each pixel four bytes, and what libwebp takes: planes of luma and chroma with
 * their coded blocks, of which noise at quality 100 has most, or without loss the
 * predicted pixels, a table of matches and the references. */
static uint64_t held(ImageInfo info, const SaveOptions *options)
{
    uint64_t pixels = (uint64_t)info.width * (uint64_t)info.height;
    return pixels * (options->lossless ? 40 : 33);
}

const EncoderCalls encode_webp = {sizeof(Encoder), create,   encode_rows, finish,
                                  discard,         storable, held};
