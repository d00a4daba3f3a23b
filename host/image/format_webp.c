/* WebP: the picture, or the first frame of an animation on its canvas. The file and the
 * frame are held whole; canvas that the frame does not cover is transparent. */
#include <string.h>

#include <webp/decode.h>
#include <webp/demux.h>

#include "base/mem.h"
#include "image/bytes.h"
#include "image/format.h"

enum { RIFF_BYTES = 12, CHUNK_BYTES = 8, PIECE = 1 << 20 };

typedef struct Decoder {
    const Source *source;
    ImageInfo info; /* of the canvas */
    uint8_t *file;  /* all of it */
    size_t size;
    WebPDemuxer *demux;
    WebPIterator frame;
    bool lossless;
    uint8_t *pixels; /* of the frame, once the first row is wanted */
    int next;        /* row */
} Decoder;

static bool match(const uint8_t *head, size_t size)
{
    return size >= RIFF_BYTES && memcmp(head, "RIFF", 4) == 0 &&
           memcmp(head + 8, "WEBP", 4) == 0;
}

static void close_decoder(void *reader)
{
    Decoder *d = reader;
    if (!d)
        return;
    WebPDemuxReleaseIterator(&d->frame);
    WebPDemuxDelete(d->demux);
    mem_free(d->pixels);
    mem_free(d->file);
    mem_free(d);
}

static bool read_file(Decoder *d, Err *err)
{
    const Source *source = d->source;
    uint8_t head[RIFF_BYTES];
    if (!source_take(source, "WebP", head, sizeof head, err))
        return false;
    uint64_t size = (uint64_t)le32(head + 4) + CHUNK_BYTES;
    if (size > source->size)
        return err_set(err, ERR_FILE, "the WebP file is cut short");
    d->size = (size_t)size;
    d->file = mem_alloc(d->size, err);
    if (!d->file || !source_seek(source, 0, err))
        return false;
    for (size_t done = 0, some; done < d->size; done += some) {
        some = d->size - done < PIECE ? d->size - done : PIECE;
        if (!source_go_on(source, err) ||
            !source_take(source, "WebP", d->file + done, some, err))
            return false;
    }
    return true;
}

/* A key frame of VP8 says more than a bit about each block of 16 × 16 pixels; VP8L
 * may say nothing about a picture of one colour. */
static bool check_claim(const Decoder *d, const WebPBitstreamFeatures *stream, Err *err)
{
    uint64_t width = (uint64_t)stream->width, height = (uint64_t)stream->height;
    uint64_t blocks = ((width + 15) / 16) * ((height + 15) / 16);
    return source_admit(d->source, width, height, d->lossless ? 0 : blocks / 8, err);
}

static bool find_frame(Decoder *d, Err *err)
{
    enum { LOSSLESS = 2 };
    WebPData data = {d->file, d->size};
    WebPBitstreamFeatures stream;
    d->demux = WebPDemux(&data);
    if (!d->demux || !WebPDemuxGetFrame(d->demux, 1, &d->frame) ||
        WebPGetFeatures(d->frame.fragment.bytes, d->frame.fragment.size, &stream) !=
            VP8_STATUS_OK ||
        stream.width != d->frame.width || stream.height != d->frame.height)
        return err_set(err, ERR_FILE, "damaged WebP file");
    d->lossless = stream.format == LOSSLESS;
    uint32_t width = WebPDemuxGetI(d->demux, WEBP_FF_CANVAS_WIDTH);
    uint32_t height = WebPDemuxGetI(d->demux, WEBP_FF_CANVAS_HEIGHT);
    bool covered = (uint32_t)stream.width == width && (uint32_t)stream.height == height;
    d->info =
        (ImageInfo){(int)width, (int)height, stream.has_alpha || !covered ? 4 : 3, 8};
    return source_admit(d->source, width, height, 0, err) &&
           check_claim(d, &stream, err);
}

static void take_block(const Decoder *d, const char *name, Block *block)
{
    static const uint8_t mark[] = "Exif\0"; /* six bytes that some writers put first */
    WebPChunkIterator chunk;
    if (!WebPDemuxGetChunk(d->demux, name, 1, &chunk))
        return;
    const uint8_t *bytes = chunk.chunk.bytes;
    size_t size = chunk.chunk.size;
    bool marked = size > sizeof mark && memcmp(bytes, mark, sizeof mark) == 0;
    size_t skip = marked ? sizeof mark : 0;
    if (size > d->source->max_metadata)
        notes_add(d->source->notes, "%zu bytes of %.4s were left out", size, name);
    else
        meta_set(block, bytes + skip, size - skip, NULL);
    WebPDemuxReleaseChunkIterator(&chunk);
}

static void *open_decoder(const Format *self, const Source *source, ImageInfo *info,
                          Meta *meta, Err *err)
{
    (void)self;
    Decoder *d = mem_new(1, sizeof *d);
    d->source = source;
    if (!read_file(d, err) || !find_frame(d, err)) {
        close_decoder(d);
        return NULL;
    }
    take_block(d, "EXIF", &meta->exif);
    take_block(d, "ICCP", &meta->icc);
    take_block(d, "XMP ", &meta->xmp);
    if (d->frame.num_frames > 1)
        notes_add(source->notes, "the first of %d frames is read", d->frame.num_frames);
    *info = d->info;
    return d;
}

static size_t frame_row_bytes(const Decoder *d)
{
    return (size_t)d->frame.width * (size_t)d->info.channels;
}

/* libwebp has all pixels of a lossless frame twice, and alpha of its own. */
static uint64_t held(const void *reader)
{
    const Decoder *d = reader;
    uint64_t pixels = (uint64_t)d->frame.width * (uint64_t)d->frame.height;
    uint64_t alpha = d->info.channels == 4 ? pixels : 0;
    return d->size + pixels * (uint64_t)d->info.channels +
           (d->lossless ? 4 * pixels : alpha);
}

/* Data go in piece by piece, so that a cancel is heard between. */
static bool decode(Decoder *d, WebPIDecoder *decoder, Err *err)
{
    size_t size = d->frame.fragment.size, piece = size / 64 + (16 << 10);
    VP8StatusCode status = VP8_STATUS_SUSPENDED;
    for (size_t at = 0; status == VP8_STATUS_SUSPENDED && at < size;) {
        if (!source_go_on(d->source, err))
            return false;
        at = size - at < piece ? size : at + piece;
        status = WebPIUpdate(decoder, d->frame.fragment.bytes, at);
    }
    if (status == VP8_STATUS_OUT_OF_MEMORY)
        return err_set(err, ERR_MEMORY, "out of memory");
    return status == VP8_STATUS_OK || err_set(err, ERR_FILE, "damaged WebP file");
}

static bool hold_frame(Decoder *d, Err *err)
{
    WebPDecoderConfig config;
    size_t row_bytes = frame_row_bytes(d), size = row_bytes * (size_t)d->frame.height;
    if (d->pixels)
        return true;
    d->pixels = mem_alloc(size, err);
    /* libwebp, which takes as much again, goes astray without its small tables. */
    if (!d->pixels || !mem_expect((size_t)held(d), err))
        return false;
    REQUIRE(WebPInitDecoderConfig(&config));
    config.output.colorspace = d->info.channels == 4 ? MODE_RGBA : MODE_RGB;
    config.output.is_external_memory = 1;
    config.output.u.RGBA = (WebPRGBABuffer){d->pixels, (int)row_bytes, size};
    WebPIDecoder *decoder = WebPINewDecoder(&config.output);
    if (!decoder)
        return err_set(err, ERR_MEMORY, "out of memory");
    bool done = decode(d, decoder, err);
    WebPIDelete(decoder);
    return done;
}

static void put_row(const Decoder *d, int y, uint8_t *row)
{
    int from = y - d->frame.y_offset;
    bool bare = d->frame.width < d->info.width || from < 0 || from >= d->frame.height;
    if (bare)
        memset(row, 0, image_row_bytes(d->info));
    if (from >= 0 && from < d->frame.height)
        memcpy(row + (size_t)d->frame.x_offset * (size_t)d->info.channels,
               d->pixels + (size_t)from * frame_row_bytes(d), frame_row_bytes(d));
}

static bool read_rows(void *reader, uint8_t *rows, size_t stride, int count, Err *err)
{
    Decoder *d = reader;
    if (!hold_frame(d, err))
        return false;
    for (int i = 0; i < count; i++)
        put_row(d, d->next++, rows + (size_t)i * stride);
    return true;
}

static const char *const extensions[] = {"webp", NULL};

const Format format_webp = {
    .name = "webp",
    .extensions = extensions,
    .match = match,
    .open = open_decoder,
    .read = read_rows,
    .close = close_decoder,
    .held = held,
};
