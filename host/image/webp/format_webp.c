/* WebP: the picture, or the first frame of an animation on its canvas. The frame is
 * held whole, its chunks are read with the first row; canvas that the frame does not
 * cover is transparent. */
#include <string.h>

#include <webp/decode.h>

#include "base/mem.h"
#include "image/codec/bytes.h"
#include "image/codec/format.h"
#include "image/meta/exif.h"

enum { RIFF_BYTES = 12, CHUNK_BYTES = 8, PIECE = 1 << 20 };

/* A chunk's place in the file, from its name on. */
typedef struct Chunk {
    char name[4];
    uint64_t at;
    uint32_t size; /* of its data */
} Chunk;

typedef struct Decoder {
    const Source *source;
    ImageInfo info;            /* of the canvas */
    int left, top, wide, high; /* the frame on it */
    int frames;                /* 0: no animation */
    uint64_t at,
        size;        /* of the frame's chunks in the file, alpha first; size 0: none */
    bool alpha;      /* the frame has it */
    bool lossless;   /* VP8L */
    uint8_t *packed; /* those chunks, while they are decoded */
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
    mem_free(d->packed);
    mem_free(d->pixels);
    mem_free(d);
}

static bool fail_damaged(Err *err)
{
    return err_set(err, ERR_FILE, "damaged WebP file");
}

static bool is_named(const Chunk *chunk, const char *name)
{
    return memcmp(chunk->name, name, 4) == 0;
}

/* The first bytes of a chunk, from its data on. */
static bool peek(const Decoder *d, const Chunk *chunk, uint8_t *bytes, size_t size,
                 Err *err)
{
    if (chunk->size < size)
        return fail_damaged(err);
    return source_seek(d->source, chunk->at + CHUNK_BYTES, err) &&
           source_take(d->source, "WebP", bytes, size, err);
}

/* The chunk at *at, which moves behind it. */
static bool next_chunk(const Decoder *d, uint64_t *at, uint64_t end, Chunk *chunk,
                       Err *err)
{
    uint8_t head[CHUNK_BYTES];
    if (!source_go_on(d->source, err) || !source_seek(d->source, *at, err) ||
        !source_take(d->source, "WebP", head, sizeof head, err))
        return false;
    memcpy(chunk->name, head, sizeof chunk->name);
    chunk->at = *at;
    chunk->size = le32(head + 4);
    *at += CHUNK_BYTES + (uint64_t)chunk->size;
    if (*at > end)
        return fail_damaged(err);
    *at += chunk->size & 1;
    return true;
}

/* The chunk with the frame's pixels; one with alpha may have come before. */
static bool take_pixels(Decoder *d, const Chunk *chunk, Err *err)
{
    enum { LOSSLESS = 2, STREAM_BYTES = 32 };
    uint8_t head[CHUNK_BYTES + STREAM_BYTES];
    size_t size = chunk->size < STREAM_BYTES ? chunk->size : STREAM_BYTES;
    WebPBitstreamFeatures stream;
    if (!source_seek(d->source, chunk->at, err) ||
        !source_take(d->source, "WebP", head, CHUNK_BYTES + size, err))
        return false;
    if (WebPGetFeatures(head, CHUNK_BYTES + size, &stream) != VP8_STATUS_OK)
        return fail_damaged(err);
    d->lossless = stream.format == LOSSLESS;
    if (d->lossless || !d->alpha) {
        d->at = chunk->at;
        d->alpha = stream.has_alpha;
    }
    d->size = chunk->at + CHUNK_BYTES + chunk->size - d->at;
    if (d->frames && (stream.width != d->wide || stream.height != d->high))
        return fail_damaged(err);
    d->wide = stream.width;
    d->high = stream.height;
    return true;
}

/* One of the chunks that make a frame; the first frame counts. */
static bool take_part(Decoder *d, const Chunk *chunk, Err *err)
{
    if (d->size)
        return true;
    if (is_named(chunk, "VP8 ") || is_named(chunk, "VP8L"))
        return take_pixels(d, chunk, err);
    if (is_named(chunk, "ALPH") && !d->alpha) {
        d->alpha = true;
        d->at = chunk->at;
    }
    return true;
}

static int le24(const uint8_t *p)
{
    return (int)(le16(p) | (uint32_t)p[2] << 16);
}

static bool take_frame(Decoder *d, const Chunk *chunk, Err *err)
{
    enum { FRAME_BYTES = 16 };
    uint8_t head[FRAME_BYTES] = {0};
    if (d->frames++)
        return true;
    if (!peek(d, chunk, head, sizeof head, err))
        return false;
    d->left = 2 * le24(head);
    d->top = 2 * le24(head + 3);
    d->wide = 1 + le24(head + 6);
    d->high = 1 + le24(head + 9);
    uint64_t at = chunk->at + CHUNK_BYTES, end = at + chunk->size;
    Chunk part;
    for (at += FRAME_BYTES; at + CHUNK_BYTES <= end;)
        if (!next_chunk(d, &at, end, &part, err) || !take_part(d, &part, err))
            return false;
    return true;
}

static bool take_canvas(Decoder *d, const Chunk *chunk, Err *err)
{
    uint8_t head[10] = {0};
    if (!peek(d, chunk, head, sizeof head, err))
        return false;
    d->info.width = 1 + le24(head + 4);
    d->info.height = 1 + le24(head + 7);
    return true;
}

static bool take_block(const Decoder *d, const Chunk *chunk, Block *block, Err *err)
{
    Block whole = {NULL, chunk->size};
    if (block->data)
        return true;
    if (whole.size > d->source->max_metadata) {
        notes_add(d->source->notes, "%zu bytes of %.4s were left out", whole.size,
                  chunk->name);
        return true;
    }
    whole.data = mem_try(whole.size, 1, err);
    if (!whole.data)
        return false;
    bool good = peek(d, chunk, whole.data, whole.size, err);
    Block plain = whole;
    if (good && is_named(chunk, "EXIF"))
        plain = exif_behind_mark(whole.data, whole.size);
    good = good && meta_set(block, plain.data, plain.size, err);
    mem_free(whole.data);
    return good;
}

static bool take_chunk(Decoder *d, const Chunk *chunk, Meta *meta, Err *err)
{
    if (is_named(chunk, "VP8X"))
        return take_canvas(d, chunk, err);
    if (is_named(chunk, "ANMF"))
        return take_frame(d, chunk, err);
    if (is_named(chunk, "EXIF"))
        return take_block(d, chunk, &meta->exif, err);
    if (is_named(chunk, "ICCP"))
        return take_block(d, chunk, &meta->icc, err);
    if (is_named(chunk, "XMP "))
        return take_block(d, chunk, &meta->xmp, err);
    return take_part(d, chunk, err);
}

static bool read_chunks(Decoder *d, Meta *meta, Err *err)
{
    const Source *source = d->source;
    uint8_t head[RIFF_BYTES];
    Chunk chunk;
    if (!source_take(source, "WebP", head, sizeof head, err))
        return false;
    uint64_t at = RIFF_BYTES, end = (uint64_t)le32(head + 4) + CHUNK_BYTES;
    if (end > source->size)
        return err_set(err, ERR_FILE, "the WebP file is cut short");
    while (at + CHUNK_BYTES <= end)
        if (!next_chunk(d, &at, end, &chunk, err) || !take_chunk(d, &chunk, meta, err))
            return false;
    return d->size || fail_damaged(err);
}

/* A key frame of VP8 says more than a bit about each block of 16 × 16 pixels; VP8L
 * may say nothing about a picture of one colour. */
static bool check_claim(const Decoder *d, Err *err)
{
    uint64_t width = (uint64_t)d->wide, height = (uint64_t)d->high;
    uint64_t blocks = ((width + 15) / 16) * ((height + 15) / 16);
    return source_admit(d->source, width, height, d->lossless ? 0 : blocks / 8, err);
}

/* A still picture fills its canvas, a frame lies on it. */
static bool place_frame(Decoder *d, Err *err)
{
    if (!d->info.width) {
        d->info.width = d->wide;
        d->info.height = d->high;
    }
    bool covered = d->wide == d->info.width && d->high == d->info.height;
    if (d->left + d->wide > d->info.width || d->top + d->high > d->info.height ||
        (!d->frames && !covered))
        return fail_damaged(err);
    d->info.channels = d->alpha || !covered ? 4 : 3;
    d->info.depth = 8;
    return source_admit(d->source, (uint64_t)d->info.width, (uint64_t)d->info.height, 0,
                        err) &&
           check_claim(d, err);
}

static void *open_decoder(const Format *self, const Source *source, ImageInfo *info,
                          Meta *meta, Err *err)
{
    (void)self;
    Decoder *d = mem_new(1, sizeof *d);
    d->source = source;
    if (!read_chunks(d, meta, err) || !place_frame(d, err)) {
        close_decoder(d);
        return NULL;
    }
    if (d->frames > 1)
        notes_add(source->notes, "the first of %d frames is read", d->frames);
    *info = d->info;
    return d;
}

static size_t frame_row_bytes(const Decoder *d)
{
    return (size_t)d->wide * (size_t)d->info.channels;
}

/* libwebp has all pixels of a lossless frame twice, and alpha of its own. */
static uint64_t held(const void *reader)
{
    const Decoder *d = reader;
    uint64_t pixels = (uint64_t)d->wide * (uint64_t)d->high;
    uint64_t alpha = d->info.channels == 4 ? pixels : 0;
    return d->size + pixels * (uint64_t)d->info.channels +
           (d->lossless ? 4 * pixels : alpha);
}

static bool read_packed(Decoder *d, Err *err)
{
    const Source *source = d->source;
    size_t size = (size_t)d->size;
    d->packed = mem_alloc(size, err);
    if (!d->packed || !source_seek(source, d->at, err))
        return false;
    for (size_t done = 0, some; done < size; done += some) {
        some = size - done < PIECE ? size - done : PIECE;
        if (!source_go_on(source, err) ||
            !source_take(source, "WebP", d->packed + done, some, err))
            return false;
    }
    return true;
}

/* Data go in piece by piece, so that a cancel is heard between. */
static bool decode(Decoder *d, WebPIDecoder *decoder, Err *err)
{
    size_t size = (size_t)d->size, piece = size / 64 + (16 << 10);
    VP8StatusCode status = VP8_STATUS_SUSPENDED;
    for (size_t at = 0; status == VP8_STATUS_SUSPENDED && at < size;) {
        if (!source_go_on(d->source, err))
            return false;
        at = size - at < piece ? size : at + piece;
        status = WebPIUpdate(decoder, d->packed, at);
    }
    if (status == VP8_STATUS_OUT_OF_MEMORY)
        return err_set(err, ERR_MEMORY, "out of memory");
    return status == VP8_STATUS_OK || fail_damaged(err);
}

static bool hold_frame(Decoder *d, Err *err)
{
    WebPDecoderConfig config;
    size_t row_bytes = frame_row_bytes(d), size = row_bytes * (size_t)d->high;
    if (d->pixels)
        return true;
    d->pixels = mem_alloc(size, err);
    /* libwebp, which takes as much again, goes astray without its small tables. */
    if (!d->pixels || !read_packed(d, err) || !mem_expect((size_t)held(d), err))
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
    mem_free(d->packed);
    d->packed = NULL;
    return done;
}

static void put_row(const Decoder *d, int y, uint8_t *row)
{
    int from = y - d->top;
    bool bare = d->wide < d->info.width || from < 0 || from >= d->high;
    if (bare)
        memset(row, 0, image_row_bytes(d->info));
    if (from >= 0 && from < d->high)
        memcpy(row + (size_t)d->left * (size_t)d->info.channels,
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

static bool describe(char *text, size_t size, Err *err)
{
    (void)err;
    int version = WebPGetDecoderVersion();
    snprintf(text, size, "libwebp %d.%d.%d", version >> 16, version >> 8 & 255,
             version & 255);
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
    .library = describe,
};
