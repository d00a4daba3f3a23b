#include "image/webp/decode_webp.h"

#include <string.h>

#include "base/mem.h"
#include "image/webp/webp_chunks.h"

enum { PIECE = 1 << 20 };

typedef struct Decoder {
    const Source *source;
    const WebpLibrary *lib;
    WebpPicture picture;
    ImageInfo info;  /* of the canvas */
    uint8_t *packed; /* the frame's chunks, while they are decoded */
    uint8_t *pixels; /* of the frame, once the first row is wanted */
    int next;        /* row */
} Decoder;

static bool fail_damaged(Err *err)
{
    return err_set(err, ERR_FILE, "damaged WebP file");
}

/* A key frame of VP8 has more than a bit for each block of 16 × 16 pixels; VP8L may
 * have none for a picture of one colour. */
static bool check_claim(const Decoder *d, Err *err)
{
    uint64_t width = (uint64_t)d->picture.wide, height = (uint64_t)d->picture.high;
    uint64_t blocks = ((width + 15) / 16) * ((height + 15) / 16);
    return source_admit(d->source, width, height, d->picture.lossless ? 0 : blocks / 8,
                        err);
}

/* A still picture fills its canvas, a frame lies on it. */
static bool place_frame(Decoder *d, Err *err)
{
    const WebpPicture *p = &d->picture;
    int width = p->width ? p->width : p->wide;
    int height = p->height ? p->height : p->high;
    bool covered = p->wide == width && p->high == height;
    if (p->left + p->wide > width || p->top + p->high > height ||
        (!p->frames && !covered))
        return fail_damaged(err);
    d->info = (ImageInfo){width, height, p->alpha || !covered ? 4 : 3, 8};
    return source_admit(d->source, (uint64_t)width, (uint64_t)height, 0, err) &&
           check_claim(d, err);
}

static bool open_decoder(void *decoder, const Source *source, ImageInfo *info,
                         Meta *meta, Err *err)
{
    Decoder *d = decoder;
    d->source = source;
    d->lib = webp_library(err);
    if (!d->lib || !webp_chunks_read(source, d->lib, &d->picture, meta, err) ||
        !place_frame(d, err))
        return false;
    if (d->picture.frames > 1)
        notes_add(source->notes, "the first of %d frames is read", d->picture.frames);
    *info = d->info;
    return true;
}

static size_t frame_row_bytes(const Decoder *d)
{
    return (size_t)d->picture.wide * (size_t)d->info.channels;
}

/* libwebp holds all pixels of a lossless frame once more, and alpha by itself. */
static uint64_t held(const void *decoder)
{
    const Decoder *d = decoder;
    uint64_t pixels = (uint64_t)d->picture.wide * (uint64_t)d->picture.high;
    uint64_t alpha = d->info.channels == 4 ? pixels : 0;
    return d->picture.size + pixels * (uint64_t)d->info.channels +
           (d->picture.lossless ? 4 * pixels : alpha);
}

static bool read_packed(Decoder *d, Err *err)
{
    const Source *source = d->source;
    size_t size = (size_t)d->picture.size;
    d->packed = mem_alloc(size, err);
    if (!d->packed || !source_seek(source, d->picture.at, err))
        return false;
    for (size_t done = 0, some; done < size; done += some) {
        some = size - done < PIECE ? size - done : PIECE;
        if (!source_go_on(source, err) ||
            !source_take(source, "WebP", d->packed + done, some, err))
            return false;
    }
    return true;
}

/* Data go in piece by piece, with a look at the cancel between. */
static bool unpack(Decoder *d, WebPIDecoder *unpacker, Err *err)
{
    size_t size = (size_t)d->picture.size, piece = size / 64 + (16 << 10);
    VP8StatusCode status = VP8_STATUS_SUSPENDED;
    for (size_t at = 0; status == VP8_STATUS_SUSPENDED && at < size;) {
        if (!source_go_on(d->source, err))
            return false;
        at = size - at < piece ? size : at + piece;
        status = d->lib->WebPIUpdate(unpacker, d->packed, at);
    }
    if (status == VP8_STATUS_OUT_OF_MEMORY)
        return err_set(err, ERR_MEMORY, "out of memory");
    return status == VP8_STATUS_OK || fail_damaged(err);
}

static bool hold_frame(Decoder *d, Err *err)
{
    WebPDecoderConfig config;
    size_t row_bytes = frame_row_bytes(d), size = row_bytes * (size_t)d->picture.high;
    if (d->pixels)
        return true;
    d->pixels = mem_alloc(size, err);
    /* libwebp takes as much again, and crashes where it gets no memory for a small
     * table. */
    if (!d->pixels || !read_packed(d, err) || !mem_expect((size_t)held(d), err))
        return false;
    REQUIRE(d->lib->WebPInitDecoderConfigInternal(&config, WEBP_DECODER_ABI_VERSION));
    config.output.colorspace = d->info.channels == 4 ? MODE_RGBA : MODE_RGB;
    config.output.is_external_memory = 1;
    config.output.u.RGBA = (WebPRGBABuffer){d->pixels, (int)row_bytes, size};
    WebPIDecoder *unpacker = d->lib->WebPINewDecoder(&config.output);
    if (!unpacker)
        return err_set(err, ERR_MEMORY, "out of memory");
    bool done = unpack(d, unpacker, err);
    d->lib->WebPIDelete(unpacker);
    mem_free(d->packed);
    d->packed = NULL;
    return done;
}

static void put_row(const Decoder *d, int y, uint8_t *row)
{
    int from = y - d->picture.top;
    bool bare = d->picture.wide < d->info.width || from < 0 || from >= d->picture.high;
    if (bare)
        memset(row, 0, image_row_bytes(d->info));
    if (from >= 0 && from < d->picture.high)
        memcpy(row + (size_t)d->picture.left * (size_t)d->info.channels,
               d->pixels + (size_t)from * frame_row_bytes(d), frame_row_bytes(d));
}

static bool read_rows(void *decoder, uint8_t *rows, size_t stride, int count, Err *err)
{
    Decoder *d = decoder;
    if (!hold_frame(d, err))
        return false;
    for (int i = 0; i < count; i++)
        put_row(d, d->next++, rows + (size_t)i * stride);
    return true;
}

static void close_decoder(void *decoder)
{
    Decoder *d = decoder;
    mem_free(d->packed);
    mem_free(d->pixels);
}

const DecoderCalls decode_webp = {sizeof(Decoder), open_decoder, read_rows,
                                  close_decoder, held};
