#include "image/webp/webp_chunks.h"

#include <string.h>

#include "base/mem.h"
#include "image/codec/bytes.h"
#include "image/meta/exif.h"

enum { RIFF_BYTES = 12, CHUNK_BYTES = 8 };

/* A chunk's place in the file, from its name on. */
typedef struct Chunk {
    char name[4];
    uint64_t at;
    uint32_t size; /* of its data */
} Chunk;

typedef struct Container {
    const Source *source;
    const WebpLibrary *lib;
    WebpPicture *picture;
} Container;

static bool fail_damaged(Err *err)
{
    return err_set(err, ERR_FILE, "damaged WebP file");
}

static bool is_named(const Chunk *chunk, const char *name)
{
    return memcmp(chunk->name, name, 4) == 0;
}

/* The first bytes of a chunk, from its data on. */
static bool read_data(const Container *c, const Chunk *chunk, uint8_t *bytes,
                      size_t size, Err *err)
{
    if (chunk->size < size)
        return fail_damaged(err);
    return source_seek(c->source, chunk->at + CHUNK_BYTES, err) &&
           source_take(c->source, "WebP", bytes, size, err);
}

/* The chunk at *at, which moves behind it. */
static bool next_chunk(const Container *c, uint64_t *at, uint64_t end, Chunk *chunk,
                       Err *err)
{
    uint8_t head[CHUNK_BYTES];
    if (!source_go_on(c->source, err) || !source_seek(c->source, *at, err) ||
        !source_take(c->source, "WebP", head, sizeof head, err))
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
static bool take_pixels(Container *c, const Chunk *chunk, Err *err)
{
    WebpPicture *p = c->picture;
    enum { LOSSLESS = 2, STREAM_BYTES = 32 };
    uint8_t head[CHUNK_BYTES + STREAM_BYTES];
    size_t size = chunk->size < STREAM_BYTES ? chunk->size : STREAM_BYTES;
    WebPBitstreamFeatures stream;
    if (!source_seek(c->source, chunk->at, err) ||
        !source_take(c->source, "WebP", head, CHUNK_BYTES + size, err))
        return false;
    if (c->lib->WebPGetFeaturesInternal(head, CHUNK_BYTES + size, &stream,
                                        WEBP_DECODER_ABI_VERSION) != VP8_STATUS_OK)
        return fail_damaged(err);
    p->lossless = stream.format == LOSSLESS;
    if (p->lossless || !p->alpha) {
        p->at = chunk->at;
        p->alpha = stream.has_alpha;
    }
    p->size = chunk->at + CHUNK_BYTES + chunk->size - p->at;
    if (p->frames && (stream.width != p->wide || stream.height != p->high))
        return fail_damaged(err);
    p->wide = stream.width;
    p->high = stream.height;
    return true;
}

/* One of the chunks that make a frame; the first frame counts. */
static bool take_part(Container *c, const Chunk *chunk, Err *err)
{
    WebpPicture *p = c->picture;
    if (p->size)
        return true;
    if (is_named(chunk, "VP8 ") || is_named(chunk, "VP8L"))
        return take_pixels(c, chunk, err);
    if (is_named(chunk, "ALPH") && !p->alpha) {
        p->alpha = true;
        p->at = chunk->at;
    }
    return true;
}

static int le24(const uint8_t *p)
{
    return (int)(le16(p) | (uint32_t)p[2] << 16);
}

static bool take_frame(Container *c, const Chunk *chunk, Err *err)
{
    WebpPicture *p = c->picture;
    enum { FRAME_BYTES = 16 };
    uint8_t head[FRAME_BYTES] = {0};
    if (p->frames++)
        return true;
    if (!read_data(c, chunk, head, sizeof head, err))
        return false;
    p->left = 2 * le24(head);
    p->top = 2 * le24(head + 3);
    p->wide = 1 + le24(head + 6);
    p->high = 1 + le24(head + 9);
    uint64_t at = chunk->at + CHUNK_BYTES, end = at + chunk->size;
    Chunk part;
    for (at += FRAME_BYTES; at + CHUNK_BYTES <= end;)
        if (!next_chunk(c, &at, end, &part, err) || !take_part(c, &part, err))
            return false;
    return true;
}

static bool take_canvas(Container *c, const Chunk *chunk, Err *err)
{
    uint8_t head[10] = {0};
    if (!read_data(c, chunk, head, sizeof head, err))
        return false;
    c->picture->width = 1 + le24(head + 4);
    c->picture->height = 1 + le24(head + 7);
    return true;
}

static bool take_block(const Container *c, const Chunk *chunk, Block *block, Err *err)
{
    Block whole = {NULL, chunk->size};
    if (block->data)
        return true;
    if (whole.size > c->source->max_metadata) {
        notes_add(c->source->notes, "%zu bytes of %.4s were left out", whole.size,
                  chunk->name);
        return true;
    }
    whole.data = mem_try(whole.size, 1, err);
    if (!whole.data)
        return false;
    bool good = read_data(c, chunk, whole.data, whole.size, err);
    Block plain = whole;
    if (good && is_named(chunk, "EXIF"))
        plain = exif_behind_mark(whole.data, whole.size);
    good = good && meta_set(block, plain.data, plain.size, err);
    mem_free(whole.data);
    return good;
}

static bool take_chunk(Container *c, const Chunk *chunk, Meta *meta, Err *err)
{
    if (is_named(chunk, "VP8X"))
        return take_canvas(c, chunk, err);
    if (is_named(chunk, "ANMF"))
        return take_frame(c, chunk, err);
    if (is_named(chunk, "EXIF"))
        return take_block(c, chunk, &meta->exif, err);
    if (is_named(chunk, "ICCP"))
        return take_block(c, chunk, &meta->icc, err);
    if (is_named(chunk, "XMP "))
        return take_block(c, chunk, &meta->xmp, err);
    return take_part(c, chunk, err);
}

bool webp_chunks_read(const Source *source, const WebpLibrary *lib,
                      WebpPicture *picture, Meta *meta, Err *err)
{
    Container container = {source, lib, picture}, *c = &container;
    *picture = (WebpPicture){0};
    uint8_t head[RIFF_BYTES];
    Chunk chunk;
    if (!source_take(source, "WebP", head, sizeof head, err))
        return false;
    uint64_t at = RIFF_BYTES, end = (uint64_t)le32(head + 4) + CHUNK_BYTES;
    if (end > source->size)
        return err_set(err, ERR_FILE, "the WebP file is cut short");
    while (at + CHUNK_BYTES <= end)
        if (!next_chunk(c, &at, end, &chunk, err) || !take_chunk(c, &chunk, meta, err))
            return false;
    return picture->size || fail_damaged(err);
}
